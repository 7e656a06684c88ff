import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Lot, OwnBid, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Deadline } from "@/ui/values";
import { BidForm } from "./BidForm";

/** A sealed bid before the deadline: replace it, take it back, or confirm it after a correction. */
export function SealedBid({ tender, lot, bid }: { tender: Tender; lot: Lot; bid: OwnBid }) {
  const { t } = useTranslation("bids");
  const [replacing, setReplacing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const refresh = [["bids"], ["todos"]];
  const params = { path: { lotId: lot.id } };
  const withdraw = useWrite(
    (_: string, key) =>
      ask(api.POST("/api/v1/lots/{lotId}/bid/withdraw", { params: { ...params, header: key } })),
    {
      refresh,
      onDone: () => setLeaving(false),
    },
  );
  const reconfirm = useWrite(
    (_: number, key) =>
      ask(api.POST("/api/v1/lots/{lotId}/bid/reconfirm", { params: { ...params, header: key } })),
    { refresh },
  );
  return (
    <>
      <Card title={t("sealed.title")}>
        <div className="stack">
          <Notice tone="ok">
            {t("sealed.text")} <Deadline at={tender.deadlineAt} />
          </Notice>
          {bid.needsConfirming && (
            <Notice tone="wait">
              <p>{t("sealed.moved")}</p>
              <Button
                small
                kind="primary"
                busy={reconfirm.isPending}
                onClick={() => reconfirm.mutate(tender.docVersion)}
              >
                {t("sealed.reconfirm")}
              </Button>
            </Notice>
          )}
          <ProblemNotice problem={reconfirm.error} />
          <div className="row">
            <Button onClick={() => setReplacing(!replacing)}>
              {t(replacing ? "sealed.keep" : "sealed.replace")}
            </Button>
            <Button kind="quiet" onClick={() => setLeaving(true)}>
              {t("sealed.withdraw")}
            </Button>
          </div>
        </div>
      </Card>
      {replacing && <BidForm tender={tender} lot={lot} onDone={() => setReplacing(false)} />}
      {leaving && (
        <ActDialog
          title={t("sealed.withdraw")}
          text={t("sealed.withdrawText")}
          danger
          write={withdraw}
          onClose={() => setLeaving(false)}
          onSubmit={() => withdraw.mutate(bid.id)}
        />
      )}
    </>
  );
}
