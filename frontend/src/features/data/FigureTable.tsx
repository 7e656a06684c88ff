import type { Figure, Figures } from "@/lib/figures";
import { count, percent } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";

/** Every public figure: its value, what it was divided by, and the formula beside it. */
export function FigureTable({ f }: { f: Figures }) {
  const { t } = useTranslation("data");
  return (
    <Card title={t("formulas", { version: f.version })} id="formulas">
      <DataTable
        caption={t("formulas", { version: f.version })}
        rows={f.items}
        rowKey={(i) => i.key}
        columns={[
          { id: "name", head: t("figure"), title: true, cell: (i) => t(`item.${i.key}.name`) },
          { id: "value", head: t("value"), right: true, cell: (i) => <Value item={i} /> },
          { id: "sample", head: t("sample"), right: true, cell: (i) => <Sample item={i} /> },
          { id: "formula", head: t("formula"), cell: (i) => t(`item.${i.key}.formula`) },
        ]}
      />
    </Card>
  );
}

const decimal = (n: number) => n.toLocaleString("en", { maximumFractionDigits: 1 });

/** "95.5 %", "94 天", "1,284"; nothing to divide by is said, not shown as zero. */
export function Value({ item }: { item: Figure }) {
  const { t } = useTranslation("data");
  if (!item.known) return <span className="muted">{t("unknown")}</span>;
  if (item.unit === "share") return <b className="num">{percent(item.value * 10_000)}</b>;
  if (item.unit === "days")
    return <b className="num">{t("days", { count: Math.round(item.value * 10) / 10 })}</b>;
  return <b className="num">{item.unit === "mean" ? decimal(item.value) : count(item.value)}</b>;
}

/** What a share was divided by; for a sample of answers with its 95 % interval. */
function Sample({ item }: { item: Figure }) {
  const { t } = useTranslation("data");
  if (item.unit === "count" || !item.known) return <>—</>;
  if (item.unit === "days") return <>{t("of", { count: item.denominator })}</>;
  // Shares of money carry fen on both sides; the quotient is what counts there.
  if (item.key === "saving" || item.key === "social_share" || item.key === "reinvestment")
    return <>{t("ofMoney")}</>;
  return (
    <>
      {count(item.numerator)} / {count(item.denominator)}
      {item.high > 0 && ` (${percent(item.low * 10_000)} – ${percent(item.high * 10_000)})`}
    </>
  );
}
