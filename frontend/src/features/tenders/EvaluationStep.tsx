import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { serverNow } from "@/lib/clock";
import { isoDate, time } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { actionsOf, type Lot, type NextAction, type Tender, type Workbench } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { ActionButton, LinkButton } from "@/ui/Button";
import { DateTimeField, shanghai, TextArea } from "@/ui/fields";
import { NextStep } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { Deadline } from "@/ui/values";
import { QualificationForm } from "./QualificationForm";

interface Props {
  tender: Tender;
  lot: Lot;
  bench: Workbench;
}

/** The one thing the buyer does next in the evaluation of a lot. */
export function EvaluationStep({ tender, lot, bench }: Props) {
  const { t } = useTranslation("tenders");
  const { t: verb } = useTranslation("action");
  const actions = actionsOf(bench.actions, lot.id);
  const find = (name: string) => actions.find((a) => a.action === name);
  const open = find("open_prices");
  return (
    <NextStep
      title={t("next.title")}
      who={
        <>
          {t(`evaluation.next.${lot.status}`)}
          {lot.status === "evaluation" && lot.finalDeadlineAt && !lot.priceOpenedAt && (
            <Deadline at={lot.finalDeadlineAt} />
          )}
          {lot.status === "candidates" && lot.confirmBy && <Deadline at={lot.confirmBy} />}
          {lot.status === "confirmed" && lot.announceBy && <Deadline at={lot.announceBy} />}
        </>
      }
    >
      {find("check_qualification") && (
        <QualificationForm tender={tender} bench={bench} action={find("check_qualification") as NextAction} />
      )}
      {find("invite_final") && (
        <InviteForm tender={tender} lot={lot} action={find("invite_final") as NextAction} />
      )}
      {open &&
        (open.permitted ? (
          <LinkButton kind="primary" block to={paths.workOpening(tender.id, lot.id, "price")}>
            {verb("tender.open_prices")}
          </LinkButton>
        ) : (
          <ActionButton block {...actionProps([open], "open_prices")}>
            {verb("tender.open_prices")}
          </ActionButton>
        ))}
      {(["nominate", "confirm", "announce"] as const).map((name) => {
        const action = find(name);
        return action && <LotMove key={name} tender={tender} lot={lot} action={action} />;
      })}
    </NextStep>
  );
}

/** Ranking, confirming and announcing: one click, with an optional word at the confirmation. */
function LotMove({ tender, lot, action }: { tender: Tender; lot: Lot; action: NextAction }) {
  const { t } = useTranslation("tenders");
  const { t: verb } = useTranslation("action");
  const [reason, setReason] = useState("");
  const name = action.action;
  const move = useWrite(
    (body: { reason: string }, key) => {
      const params = { path: { lotId: lot.id }, header: { ...ifMatch(tender.version), ...key } };
      if (name === "nominate")
        return ask(api.POST("/api/v1/lots/{lotId}/nominate", { params })).then(() => null);
      if (name === "confirm")
        return ask(api.POST("/api/v1/lots/{lotId}/confirm", { params, body })).then(() => null);
      return ask(api.POST("/api/v1/lots/{lotId}/announce", { params })).then(() => null);
    },
    { refresh: [["tenders"], ["todos"], ["announcements"]] },
  );
  const props = actionProps([action], name);
  return (
    <>
      {name === "confirm" && !props.disabled && (
        <TextArea
          label={t("evaluation.word")}
          optional
          rows={2}
          maxLength={500}
          value={reason}
          onChange={setReason}
        />
      )}
      <ActionButton
        {...props}
        block
        kind={props.disabled ? "plain" : "primary"}
        busy={move.isPending}
        onClick={() => move.mutate({ reason })}
      >
        {verb(`tender.${name}`)}
      </ActionButton>
      <ProblemNotice problem={move.error} />
    </>
  );
}

/** Half an hour from now, as the field holds it. */
function inHalfAnHour(): string {
  const at = new Date(serverNow().getTime() + 30 * 60_000);
  return `${isoDate(at)}T${time(at, "en")}`;
}

function InviteForm({ tender, lot, action }: { tender: Tender; lot: Lot; action: NextAction }) {
  const { t } = useTranslation("tenders");
  const { t: verb } = useTranslation("action");
  const [until, setUntil] = useState(inHalfAnHour);
  const invite = useWrite(
    (deadlineAt: string, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/invite-final", {
          params: { path: { lotId: lot.id }, header: { ...ifMatch(tender.version), ...key } },
          body: { deadlineAt },
        }),
      ),
    { refresh: [["tenders"], ["todos"]] },
  );
  const props = actionProps([action], "invite_final");
  return (
    <>
      {!props.disabled && (
        <DateTimeField
          label={t("evaluation.until")}
          help={t("evaluation.untilHelp")}
          value={until}
          onChange={setUntil}
        />
      )}
      <ActionButton
        {...props}
        block
        kind={props.disabled ? "plain" : "primary"}
        busy={invite.isPending}
        onClick={() => invite.mutate(shanghai(until))}
      >
        {verb("tender.invite_final")}
      </ActionButton>
      <ProblemNotice problem={invite.error} />
    </>
  );
}
