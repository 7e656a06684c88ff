import { useTranslation } from "@/lib/i18n";
import { points, type Workbench } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Notice } from "@/ui/states";
import { Money } from "@/ui/values";

/** What came of it: the ranking the committee's sheets and the prices gave. */
export function Result({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("scoring");
  if (w.standings.length === 0) return <Notice>{t("result.none")}</Notice>;
  return (
    <Card title={t("result.title")}>
      <DataTable
        caption={t("result.title")}
        rows={w.standings}
        rowKey={(s) => s.bidId}
        columns={[
          {
            id: "rank",
            head: t("result.rank"),
            shrink: true,
            cell: (s) => <span className="num">{s.rank}</span>,
          },
          { id: "supplier", head: t("result.supplier"), title: true, cell: (s) => s.supplier },
          { id: "technical", head: t("result.technical"), right: true, cell: (s) => points(s.technical) },
          { id: "priceScore", head: t("result.priceScore"), right: true, cell: (s) => points(s.priceScore) },
          { id: "total", head: t("result.total"), right: true, cell: (s) => points(s.total) },
          { id: "price", head: t("result.price"), right: true, cell: (s) => <Money fen={s.priceFen} bare /> },
        ]}
      />
    </Card>
  );
}
