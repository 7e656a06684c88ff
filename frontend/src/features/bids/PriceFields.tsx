import { useTranslation } from "@/lib/i18n";
import { Button } from "@/ui/Button";
import { Capitals } from "@/ui/Capitals";
import { TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { Money } from "@/ui/values";
import { emptyLine, type PriceLine, totalOf } from "./papers";

interface Props {
  ceilingFen: number;
  lines: PriceLine[];
  error?: string;
  onChange: (lines: PriceLine[]) => void;
}

const maxLines = 40;

/** The quote: its lines, the sum of them, and the sum in capitals. */
export function PriceFields({ ceilingFen, lines, error, onChange }: Props) {
  const { t } = useTranslation("bids");
  const total = totalOf(lines);
  const change = (at: number, patch: Partial<PriceLine>) =>
    onChange(lines.map((l, i) => (i === at ? { ...l, ...patch } : l)));
  return (
    <div className="stack">
      <p className="small">
        {t("form.ceilingIs")} <Money fen={ceilingFen} />
      </p>
      {lines.map((l, i) => (
        <fieldset key={i} className="priceline">
          <legend className="visually-hidden">{t("form.line", { no: i + 1 })}</legend>
          <TextField
            label={t("form.lineName")}
            maxLength={100}
            value={l.name}
            onChange={(name) => change(i, { name })}
          />
          <TextField
            label={t("form.unit")}
            maxLength={20}
            value={l.unit}
            onChange={(unit) => change(i, { unit })}
          />
          <TextField
            label={t("form.quantity")}
            inputMode="numeric"
            value={l.quantity ? String(l.quantity) : ""}
            onChange={(text) => change(i, { quantity: Number.parseInt(text, 10) || 0 })}
          />
          <MoneyField
            label={t("form.unitPrice")}
            value={l.unitFen}
            onChange={(unitFen) => change(i, { unitFen })}
          />
          <Button
            small
            kind="quiet"
            disabled={lines.length === 1}
            onClick={() => onChange(lines.filter((_, j) => j !== i))}
          >
            {t("form.remove")}
          </Button>
        </fieldset>
      ))}
      <div>
        <Button small disabled={lines.length >= maxLines} onClick={() => onChange([...lines, emptyLine()])}>
          {t("form.addLine")}
        </Button>
      </div>
      <div className={`total ${error ? "field invalid" : ""}`} id="lines" tabIndex={-1}>
        <span>{t("form.total")}</span>
        <b>
          <Money fen={total} />
        </b>
        <span className="small muted">
          <Capitals fen={total} />
        </span>
        {error && <div className="error">{error}</div>}
      </div>
    </div>
  );
}
