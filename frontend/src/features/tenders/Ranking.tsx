import { useTranslation } from "@/lib/i18n";
import { points, type Workbench } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Money } from "@/ui/values";

/** The ranking with everything it is made of: quote, deduction, evaluation price, both parts, total. */
export function Ranking({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("tenders");
  return (
    <Card title={t("ranking.title")}>
      <DataTable
        caption={t("ranking.title")}
        rows={w.standings}
        rowKey={(s) => s.bidId}
        columns={[
          {
            id: "rank",
            head: t("ranking.rank"),
            shrink: true,
            cell: (s) => <span className="num">{s.rank}</span>,
          },
          {
            id: "supplier",
            head: t("evaluation.supplier"),
            title: true,
            cell: (s) => (
              <>
                {s.supplier} {s.closerLook && <Tag tone="wait">{t("ranking.closer")}</Tag>}
                {s.tieBreak && <span className="block tiny muted">{t(`ranking.tie.${s.tieBreak}`)}</span>}
              </>
            ),
          },
          {
            id: "price",
            head: t("evaluation.final"),
            right: true,
            cell: (s) => <Money fen={s.priceFen} bare />,
          },
          {
            id: "evaluation",
            head: t("ranking.evaluation"),
            right: true,
            cell: (s) => (
              <>
                <Money fen={s.evaluationFen} bare />
                {s.deductBp > 0 && (
                  <span className="block tiny muted">
                    {t("ranking.deducted", { percent: s.deductBp / 100 })}
                  </span>
                )}
              </>
            ),
          },
          { id: "technical", head: t("ranking.technical"), right: true, cell: (s) => points(s.technical) },
          { id: "priceScore", head: t("ranking.priceScore"), right: true, cell: (s) => points(s.priceScore) },
          { id: "total", head: t("ranking.total"), right: true, cell: (s) => <b>{points(s.total)}</b> },
        ]}
      />
      <p className="tiny muted">{t("ranking.formula")}</p>
    </Card>
  );
}
