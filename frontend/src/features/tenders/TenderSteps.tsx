import { useTranslation } from "@/lib/i18n";
import { reached, stages, type Tender } from "@/lib/procurement";
import { type Step, StepBar } from "@/ui/StepBar";
import { Day } from "@/ui/values";

/** All stages of a purchase in order, with the day each was reached. */
export function TenderSteps({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const ended = tender.status === "failed" || tender.status === "cancelled" || tender.status === "suspended";
  const last = tender.history.at(-1);
  const at = ended ? (tender.history.filter((h) => !isEnd(h.to)).at(-1)?.to ?? "intention") : tender.status;
  const steps = stages.map(([name, states]): Step => {
    const current = states.includes(at);
    const when = name === "intention" ? tender.intention.announcedAt : dayOf(tender, states);
    const here = ended ? "failed" : tender.status === "done" ? "done" : "current";
    const state = current ? here : reached(at, states[0] ?? "") ? "done" : "todo";
    return { label: t(`stage.${name}`), note: when ? <Day at={when} /> : undefined, state };
  });
  return (
    <>
      <StepBar label={t("stage.label")} steps={steps} />
      {ended && last?.reason && <p className="notice bad">{last.reason}</p>}
    </>
  );
}

const isEnd = (state: string) => state === "failed" || state === "cancelled" || state === "suspended";

const dayOf = (tender: Tender, states: string[]): string | undefined =>
  tender.history.find((h) => states.includes(h.to))?.at;
