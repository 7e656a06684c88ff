import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Day, Money } from "@/ui/values";
import type { Lot, Tender } from "./model";
import { useWords } from "./words";

/** The announced ranking with every rounded part, and what decided it. */
export function AwardBody({ tenders }: { tenders: Tender[] }) {
  const { t } = useWords();
  const lots = tenders.flatMap((x) => x.lots.map((lot) => ({ tender: x, lot })));
  if (lots.every(({ lot }) => lot.ranking.length === 0)) return <p className="small">{t("award.secret")}</p>;
  return (
    <div className="stack">
      {lots.map(({ tender, lot }) => (
        <Ranking key={lot.id} tender={tender} lot={lot} named={lots.length > 1} />
      ))}
    </div>
  );
}

function Ranking({ tender, lot, named }: { tender: Tender; lot: Lot; named: boolean }) {
  const { t, points } = useWords();
  return (
    <div className="stack tight">
      {named && <h3>{t("award.lot", { no: lot.no, title: lot.title })}</h3>}
      {lot.reason && <p className="small">{lot.reason}</p>}
      <DataTable
        caption={t("award.caption")}
        wide
        rows={lot.ranking}
        rowKey={(r) => String(r.rank)}
        columns={[
          { id: "rank", head: t("award.rank"), shrink: true, cell: (r) => r.rank },
          {
            id: "supplier",
            head: t("award.supplier"),
            title: true,
            cell: (r) => (
              <>
                {r.supplier}
                {r.deductBp > 0 && (
                  <span className="block tiny muted">
                    {t("award.deducted", { percent: r.deductBp / 100 })}
                  </span>
                )}
              </>
            ),
          },
          { id: "price", head: t("award.price"), right: true, cell: (r) => <Money fen={r.priceFen} bare /> },
          {
            id: "evaluation",
            head: t("award.evaluation"),
            right: true,
            cell: (r) => <Money fen={r.evaluationFen} bare />,
          },
          { id: "priceScore", head: t("award.priceScore"), right: true, cell: (r) => points(r.priceScore) },
          { id: "technical", head: t("award.technical"), right: true, cell: (r) => points(r.technical) },
          { id: "total", head: t("award.total"), right: true, cell: (r) => <b>{points(r.total)}</b> },
        ]}
      />
      <p className="tiny muted">
        {t("award.formula", { weight: lot.priceWeight })} ·{" "}
        {t("award.committee", { members: tender.members, experts: tender.experts })} ·{" "}
        <Link to={paths.tender(tender.id)}>{t("award.more")}</Link>
        {lot.award?.challengeBy && (
          <>
            {" · "}
            {t("award.challenge")} <Day at={lot.award.challengeBy} />
          </>
        )}
      </p>
    </div>
  );
}
