import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Workbench } from "@/lib/procurement";
import { Notice } from "@/ui/states";
import { Evidence } from "./Evidence";
import { Sheet } from "./Sheet";
import { SignCard } from "./SignCard";

/** One screen per bidder: criteria left, evidence right; below, what is missing and the signature. */
export function Sheets({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("scoring");
  const open = w.bids.filter((b) => b.status === "responsive");
  const [chosen, setChosen] = useState(open[0]?.id ?? "");
  const bid = open.find((b) => b.id === chosen) ?? open[0];
  if (!bid) return <Notice>{t("sheets.none")}</Notice>;
  return (
    <div className="stack">
      <div className="bidders" role="tablist" aria-label={t("sheets.bidders")}>
        {open.map((b) => {
          const missing = b.sheet ? b.sheet.missing : w.criteria.length;
          return (
            <button
              key={b.id}
              type="button"
              role="tab"
              aria-selected={b.id === bid.id}
              className="bidder"
              onClick={() => setChosen(b.id)}
            >
              <b>{b.supplier}</b>
              <span className="small muted">
                {b.sheet?.signedAt
                  ? t("sheets.signed")
                  : missing === 0
                    ? t("sheets.complete")
                    : t("sheets.missing", { missing, of: w.criteria.length })}
              </span>
            </button>
          );
        })}
      </div>
      {/* Every sheet stays: what was typed is not lost by looking at another bidder. */}
      {open.map((b) => (
        <div key={b.id} className="judge" hidden={b.id !== bid.id}>
          <Sheet bench={w} bid={b} />
          <Evidence bench={w} bid={b} />
        </div>
      ))}
      <SignCard bench={w} bids={open} />
    </div>
  );
}
