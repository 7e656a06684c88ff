import { useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { OwnBid, Receipt } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Notice } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { keptHashes } from "./hashes";

/** What the platform holds of us, envelope by envelope, and whether it is what we sealed. */
export function Receipts({ bid }: { bid: OwnBid }) {
  const { t } = useTranslation("bids");
  const mine = keptHashes(bid.lotId);
  const force = bid.receipts.filter((r) => r.inForce);
  const older = bid.receipts.length - force.length;
  return (
    <Card title={t("receipts.title")} aside={older > 0 ? t("receipts.older", { count: older }) : undefined}>
      <div className="stack">
        <DataTable
          caption={t("receipts.title")}
          rows={force}
          rowKey={(r) => r.envelopeId}
          columns={[
            {
              id: "kind",
              head: t("receipts.kind"),
              title: true,
              shrink: true,
              cell: (r) => t(`kind.${r.kind}`),
            },
            { id: "at", head: t("receipts.at"), shrink: true, cell: (r) => <DateTime at={r.receivedAt} /> },
            { id: "hash", head: t("receipts.hash"), cell: (r) => <code className="hash">{r.hash}</code> },
            {
              id: "same",
              head: t("receipts.check"),
              shrink: true,
              cell: (r) => <Compared receipt={r} mine={mine} />,
            },
          ]}
        />
        <FileCheck receipts={bid.receipts} />
      </div>
    </Card>
  );
}

function Compared({ receipt, mine }: { receipt: Receipt; mine: string[] }) {
  const { t } = useTranslation("bids");
  if (mine.length === 0) return <span className="small muted">{t("receipts.elsewhere")}</span>;
  const same = mine.includes(receipt.hash);
  return <Tag tone={same ? "ok" : "bad"}>{t(same ? "receipts.same" : "receipts.differs")}</Tag>;
}

/** Anybody who kept a sealed file can compare it with the receipts. */
function FileCheck({ receipts }: { receipts: Receipt[] }) {
  const { t } = useTranslation("bids");
  const id = useId();
  const [found, setFound] = useState<Receipt | null>();
  async function compare(file: File | undefined) {
    if (!file) return;
    const { hashOf } = await import("@/lib/seal");
    const hash = await hashOf(new Uint8Array(await file.arrayBuffer()));
    setFound(receipts.find((r) => r.hash === hash) ?? null);
  }
  return (
    <details>
      <summary>{t("receipts.compare")}</summary>
      <div className="stack tight">
        <label htmlFor={id} className="small">
          {t("receipts.compareText")}
        </label>
        <input id={id} type="file" onChange={(e) => void compare(e.target.files?.[0])} />
        {found === null && (
          <Notice tone="bad" live>
            {t("receipts.noMatch")}
          </Notice>
        )}
        {found && (
          <Notice tone="ok" live>
            {t("receipts.match", { kind: t(`kind.${found.kind}`), no: found.number })}
          </Notice>
        )}
      </div>
    </details>
  );
}
