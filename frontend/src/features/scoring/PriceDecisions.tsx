import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Workbench, WorkbenchBid } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Deadline, Money } from "@/ui/values";

/** After the scores: final offers are sealed until their ceremony; questioned prices are decided here. */
export function PriceDecisions({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("scoring");
  if (!w.priceOpenedAt) {
    return (
      <Notice>
        {t("prices.sealed")} <Deadline at={w.finalDeadlineAt} />
      </Notice>
    );
  }
  const open = w.bids.filter((b) => b.review && b.review.accepted === undefined);
  if (open.length === 0) return <Notice tone="ok">{t("prices.none")}</Notice>;
  return (
    <div className="stack">
      {open.map((b) => (
        <Decision key={b.id} bench={w} bid={b} />
      ))}
    </div>
  );
}

function Decision({ bench: w, bid: b }: { bench: Workbench; bid: WorkbenchBid }) {
  const { t } = useTranslation("scoring");
  const [accept, setAccept] = useState("");
  const [reason, setReason] = useState("");
  const decide = useWrite(
    (body: { bidId: string; accept: boolean; reason: string }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/prices/decide", {
          params: { path: { lotId: w.lotId }, header: key },
          body,
        }),
      ),
    { refresh: [["tenders"], ["reviews"], ["todos"]] },
  );
  const r = b.review;
  if (!r) return null;
  return (
    <Card title={t("prices.title", { name: b.supplier })} aside={<Money fen={b.finalFen} />}>
      <div className="stack measure">
        <Notice tone="wait">
          {t("prices.why", { why: r.triggers.map((x) => t(`prices.trigger.${x}`)).join(" · ") })}
        </Notice>
        {r.proof ? (
          <p className="evidencetext">{r.proof}</p>
        ) : (
          <p className="small">
            {t("prices.waiting")} <Deadline at={r.proofBy} />
          </p>
        )}
        {w.member?.chair ? (
          <>
            <RadioGroup
              label={t("prices.decision")}
              value={accept}
              onChange={setAccept}
              options={[
                { value: "yes", label: t("prices.accept"), disabled: !r.proof },
                { value: "no", label: t("prices.reject") },
              ]}
            />
            <TextArea
              label={t("prices.reason")}
              rows={3}
              maxLength={1000}
              value={reason}
              onChange={setReason}
            />
            <ProblemNotice problem={decide.error} />
            <div>
              <Button
                kind="primary"
                busy={decide.isPending}
                disabled={!accept || !reason.trim()}
                onClick={() => decide.mutate({ bidId: b.id, accept: accept === "yes", reason })}
              >
                {t("prices.submit")}
              </Button>
            </div>
          </>
        ) : (
          <p className="small muted">{t("prices.chair")}</p>
        )}
      </div>
    </Card>
  );
}
