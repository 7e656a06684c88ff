import { useNavigate } from "@tanstack/react-router";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { NextAction, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { ActionButton } from "@/ui/Button";
import { ProblemNotice } from "@/ui/states";

type Verb = "draft" | "submit" | "close";

/** A move of the documents that asks for nothing but a click. */
export function PlainMove({ tender, action }: { tender: Tender; action: NextAction }) {
  const { t } = useTranslation("action");
  const navigate = useNavigate();
  const verb = action.action as Verb;
  const move = useWrite(
    (version: number, key) => {
      const params = { path: { id: tender.id }, header: { ...ifMatch(version), ...key } };
      if (verb === "draft") return ask(api.POST("/api/v1/tenders/{id}/draft", { params }));
      if (verb === "submit") return ask(api.POST("/api/v1/tenders/{id}/submit", { params }));
      return ask(api.POST("/api/v1/tenders/{id}/close", { params }));
    },
    {
      refresh: [["tenders"], ["todos"]],
      onDone: () => verb === "draft" && void navigate({ to: paths.workTenderEdit(tender.id) }),
    },
  );
  const props = actionProps([action], verb);
  return (
    <>
      <ActionButton
        {...props}
        block
        kind={props.disabled ? "plain" : "primary"}
        busy={move.isPending}
        onClick={() => move.mutate(tender.version)}
      >
        {t(`tender.${verb}`)}
      </ActionButton>
      <ProblemNotice problem={move.error} />
    </>
  );
}
