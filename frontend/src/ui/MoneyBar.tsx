import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { Button } from "./Button";
import { Link } from "./Link";
import { Money } from "./values";
import "./moneybar.css";

export interface MoneyBarItem {
  id: string;
  label: string;
  fen: number;
  /** `plan` grey for what was only planned, `voice` for what came back to neighbours. */
  tone?: "plan" | "voice";
  /** The lines that add up to the figure. */
  to?: string;
}

/** Amounts to scale, bars starting at zero, with a table for readers who want figures. */
export function MoneyBar({ label, items, note }: { label: string; items: MoneyBarItem[]; note?: string }) {
  const { t } = useTranslation("ui");
  const [table, setTable] = useState(false);
  const most = Math.max(1, ...items.map((i) => i.fen));
  if (table) {
    return (
      <div className="stack tight">
        <table>
          <caption className="visually-hidden">{label}</caption>
          <thead>
            <tr>
              <th scope="col">{t("moneybar.item")}</th>
              <th scope="col" className="r">
                {t("moneybar.yuan")}
              </th>
            </tr>
          </thead>
          <tbody>
            {items.map((i) => (
              <tr key={i.id}>
                <td>{i.to ? <Link to={i.to}>{i.label}</Link> : i.label}</td>
                <td className="r">
                  <Money fen={i.fen} bare />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <Button small kind="quiet" onClick={() => setTable(false)}>
          {t("moneybar.bars")}
        </Button>
      </div>
    );
  }
  return (
    <figure aria-label={label} className="moneybars">
      {items.map((i) => (
        <div key={i.id} className="moneybar">
          <div className="names">
            <span>{i.to ? <Link to={i.to}>{i.label}</Link> : i.label}</span>
            <b>
              <Money fen={i.fen} bare />
            </b>
          </div>
          <svg className={i.tone} width="100%" height="12" aria-hidden="true">
            <rect className="track" width="100%" height="12" rx="3" />
            <rect className="value" width={`${(i.fen / most) * 100}%`} height="12" rx="3" />
          </svg>
        </div>
      ))}
      <figcaption className="small muted">
        {note} {t("moneybar.unit")}
      </figcaption>
      <Button small kind="quiet" className="no-print" onClick={() => setTable(true)}>
        {t("moneybar.table")}
      </Button>
    </figure>
  );
}
