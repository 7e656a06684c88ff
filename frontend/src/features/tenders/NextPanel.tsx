import { useState } from "react";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { actionsOf, type Lot, type NextAction, type Tender } from "@/lib/procurement";
import { ActionButton, LinkButton } from "@/ui/Button";
import { NextStep } from "@/ui/layout";
import { Day, Deadline } from "@/ui/values";
import { CaseDialogs, type Opened } from "./CaseDialogs";
import { PlainMove } from "./PlainMove";

/** Actions that only need a click. */
const plain = ["draft", "submit", "close"];
/** Actions that open a page of their own. */
const pages: Record<string, (tenderId: string, lotId: string) => string> = {
  unseal: (id, lot) => paths.workOpening(id, lot, "opening"),
  open_prices: (id, lot) => paths.workOpening(id, lot, "price"),
  check_qualification: paths.workEvaluation,
  check_conformity: paths.workEvaluation,
  invite_final: paths.workEvaluation,
  nominate: paths.workEvaluation,
  confirm: paths.workEvaluation,
  announce: paths.workEvaluation,
};
/** What ends or holds a purchase stands apart. */
const stops = ["suspend", "resume", "fail", "cancel", "next_candidate"];

/** The right column of a case: the next step, who does it by when, and why a button is disabled. */
export function NextPanel({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const [opened, setOpened] = useState<Opened>();
  const documents = tender.actions.filter((a) => !a.lotId);
  return (
    <>
      <NextStep title={t("next.title")} who={<Who tender={tender} />}>
        {documents.map((a) => (
          <DocumentAction key={a.action} tender={tender} action={a} onOpen={setOpened} />
        ))}
        {tender.lots.map((lot) => (
          <LotActions key={lot.id} tender={tender} lot={lot} onOpen={setOpened} />
        ))}
        {tender.actions.length === 0 && <p className="small muted">{t("next.nothing")}</p>}
      </NextStep>
      <CaseDialogs tender={tender} opened={opened} onClose={() => setOpened(undefined)} />
    </>
  );
}

function Who({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const lot = tender.lots[0];
  return (
    <>
      {t(`next.${tender.status}`)}
      {tender.status === "open" && <Deadline at={tender.deadlineAt} />}
      {(tender.status === "intention" || tender.status === "drafting" || tender.status === "reviewed") &&
        tender.publishFrom && (
          <span className="block">
            {t("next.publishFrom")} <Day at={tender.publishFrom} />
          </span>
        )}
      {lot?.confirmBy && tender.status === "candidates" && <Deadline at={lot.confirmBy} />}
      {lot?.announceBy && tender.status === "confirmed" && <Deadline at={lot.announceBy} />}
    </>
  );
}

interface ActionOf {
  tender: Tender;
  action: NextAction;
  onOpen: (o: Opened) => void;
}

function DocumentAction({ tender, action, onOpen }: ActionOf) {
  const { t } = useTranslation("action");
  if (plain.includes(action.action)) return <PlainMove tender={tender} action={action} />;
  const props = actionProps([action], action.action);
  if (action.action === "save") {
    return props.disabled ? null : (
      <LinkButton kind="primary" block to={paths.workTenderEdit(tender.id)}>
        {t("tender.save")}
      </LinkButton>
    );
  }
  const main =
    action.action === "publish" || action.action === "review" || action.action === "draw_committee";
  return (
    <ActionButton
      {...props}
      block
      kind={main && !props.disabled ? "primary" : "plain"}
      onClick={() => onOpen({ action: action.action })}
    >
      {t(`tender.${action.action}`)}
    </ActionButton>
  );
}

function LotActions({ tender, lot, onOpen }: { tender: Tender; lot: Lot; onOpen: (o: Opened) => void }) {
  const { t } = useTranslation("tenders");
  const all = actionsOf(tender.actions, lot.id);
  const forward = all.filter((a) => !stops.includes(a.action));
  const hold = all.filter((a) => stops.includes(a.action) && a.permitted);
  return (
    <>
      {tender.lots.length > 1 && all.length > 0 && (
        <h3>{t("lot.title", { no: lot.no, title: lot.title })}</h3>
      )}
      {forward.map((a) => (
        <LotAction key={a.action} tender={tender} action={a} onOpen={onOpen} />
      ))}
      {hold.length > 0 && (
        <details className="small">
          <summary>{t("next.stops")}</summary>
          <div className="stack tight">
            {hold.map((a) => (
              <LotAction key={a.action} tender={tender} action={a} onOpen={onOpen} />
            ))}
          </div>
        </details>
      )}
    </>
  );
}

function LotAction({ tender, action, onOpen }: ActionOf) {
  const { t } = useTranslation("action");
  const props = actionProps([action], action.action);
  const lotId = action.lotId ?? "";
  const page = pages[action.action];
  if (page && !props.disabled) {
    return (
      <LinkButton kind="primary" block to={page(tender.id, lotId)}>
        {t(`tender.${action.action}`)}
      </LinkButton>
    );
  }
  return (
    <ActionButton
      {...props}
      block
      kind={stops.includes(action.action) && action.action !== "resume" ? "danger" : "plain"}
      onClick={() => onOpen({ action: action.action, lotId })}
    >
      {t(`tender.${action.action}`)}
    </ActionButton>
  );
}
