import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useNow } from "@/lib/clock";
import { useTranslation } from "@/lib/i18n";
import type { Lot, OwnBid } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { DateTime, Deadline } from "@/ui/values";
import { kept } from "./hashes";
import { PriceFields } from "./PriceFields";
import { emptyLine, type PriceLine, pricePaper, totalOf } from "./papers";

interface Envelope {
  kind: "final";
  cipherText: string;
  hash: string;
}

/** The last round: one sealed price, replaceable until the round ends. */
export function FinalOffer({ lot, bid }: { lot: Lot; bid: OwnBid }) {
  const { t } = useTranslation("bids");
  const now = useNow();
  const [lines, setLines] = useState<PriceLine[]>([emptyLine()]);
  const [sealing, setSealing] = useState(false);
  const offer = useWrite(
    (body: { docVersion: number; envelopes: Envelope[] }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/final-offer", {
          params: { path: { lotId: lot.id }, header: key },
          body,
        }),
      ).then(kept(lot.id, body.envelopes)),
    { refresh: [["bids"], ["todos"]] },
  );
  const over = lot.finalDeadlineAt !== undefined && new Date(lot.finalDeadlineAt) < now;
  async function seal() {
    setSealing(true);
    try {
      const { sealPaper } = await import("@/lib/seal");
      const recipient = lot.recipients.find((r) => r.kind === "final")?.recipient ?? "";
      const { cipherText, hash } = await sealPaper(
        recipient,
        "final",
        pricePaper({ lotId: lot.id, supplierId: bid.supplierId }, "final", lines),
      );
      offer.mutate({ docVersion: 0, envelopes: [{ kind: "final", cipherText, hash }] });
    } finally {
      setSealing(false);
    }
  }
  const total = totalOf(lines);
  return (
    <Card title={t("final.title")} aside={<Deadline at={lot.finalDeadlineAt} done={over} />}>
      <div className="stack">
        {bid.finalAt && (
          <Notice tone="ok">
            {t("final.have")} <DateTime at={bid.finalAt} />
          </Notice>
        )}
        {over ? (
          <Notice>{t("final.over")}</Notice>
        ) : (
          <>
            <p className="small">{t("final.text")}</p>
            <PriceFields
              ceilingFen={lot.ceilingFen}
              lines={lines}
              error={total > lot.ceilingFen ? t("error.ceiling") : undefined}
              onChange={setLines}
            />
            <ProblemNotice problem={offer.error} />
            <div>
              <Button
                kind="primary"
                icon="lock"
                busy={sealing || offer.isPending}
                disabled={total <= 0 || total > lot.ceilingFen}
                onClick={() => void seal()}
              >
                {t(bid.finalAt ? "final.replace" : "final.submit")}
              </Button>
            </div>
          </>
        )}
      </div>
    </Card>
  );
}
