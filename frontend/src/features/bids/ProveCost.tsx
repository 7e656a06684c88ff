import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { OwnBid } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Deadline } from "@/ui/values";

/** Our price is under review: explain the cost, or confirm the corrected price, in time. */
export function ProveCost({ bid }: { bid: OwnBid }) {
  const { t } = useTranslation("bids");
  const [text, setText] = useState("");
  const prove = useWrite(
    (body: { text: string }, key) =>
      ask(
        api.POST("/api/v1/bids/{bidId}/prove-cost", {
          params: { path: { bidId: bid.id }, header: key },
          body,
        }),
      ),
    { refresh: [["bids"], ["todos"]] },
  );
  const r = bid.review;
  if (!r) return null;
  if (r.accepted !== undefined)
    return (
      <Notice tone={r.accepted ? "ok" : "bad"}>
        {t(r.accepted ? "prove.accepted" : "prove.rejected", { reason: r.reason ?? "" })}
      </Notice>
    );
  return (
    <Card title={t("prove.title")} aside={<Deadline at={r.proofBy} />}>
      <div className="stack measure">
        <Notice tone="wait">
          {t("prove.why", { why: r.triggers.map((x) => t(`prove.trigger.${x}`)).join(" · ") })}
        </Notice>
        {r.proof && <p className="prewrap">{r.proof}</p>}
        <TextArea
          label={t("prove.text")}
          help={t("prove.help")}
          rows={6}
          maxLength={20000}
          value={text}
          onChange={setText}
        />
        <ProblemNotice problem={prove.error} />
        <div>
          <Button
            kind="primary"
            busy={prove.isPending}
            disabled={!text.trim()}
            onClick={() => prove.mutate({ text })}
          >
            {t("prove.submit")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
