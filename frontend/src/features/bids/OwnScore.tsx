import { useTranslation } from "@/lib/i18n";
import { type OwnBid, points } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card, Sums } from "@/ui/layout";
import { Notice } from "@/ui/states";
import { Money } from "@/ui/values";

/** With the announcement everybody who bid learns its own score and rank, and who won with what. */
export function OwnScore({ bid }: { bid: OwnBid }) {
  const { t } = useTranslation("bids");
  const s = bid.standing;
  const won = bid.status === "won";
  return (
    <Card title={t("score.title")}>
      <div className="stack">
        <Notice tone={won ? "ok" : "info"}>
          {won ? t("score.won") : t("score.lost", { winner: bid.winner ?? "" })}
          {!won && (
            <>
              {" "}
              <Money fen={bid.wonFen} /> · {t("score.winnerTotal", { total: points(bid.wonTotal ?? 0) })}
            </>
          )}
        </Notice>
        {s ? (
          <>
            <Sums
              items={[
                { label: t("score.rank"), value: t("list.rankOf", { rank: s.rank, count: bid.count ?? 0 }) },
                { label: t("score.total"), value: points(s.total) },
                { label: t("score.technical"), value: points(s.technical) },
                { label: t("score.price"), value: points(s.priceScore) },
              ]}
            />
            <DataTable
              caption={t("score.items")}
              rows={bid.scores}
              rowKey={(x) => x.title}
              columns={[
                { id: "title", head: t("score.item"), title: true, cell: (x) => x.title },
                {
                  id: "average",
                  head: t("score.average"),
                  right: true,
                  shrink: true,
                  cell: (x) => points(x.average),
                },
                { id: "max", head: t("score.max"), right: true, shrink: true, cell: (x) => points(x.max) },
              ]}
            />
            <p className="small muted">{t("score.formula")}</p>
          </>
        ) : (
          <p className="small">{t("score.unranked")}</p>
        )}
      </div>
    </Card>
  );
}
