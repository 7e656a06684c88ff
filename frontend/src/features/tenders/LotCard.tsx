import { useTranslation } from "@/lib/i18n";
import { type Lot, points, type Tender } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card, KeyValue } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Notice } from "@/ui/states";
import { Day, Money } from "@/ui/values";

/** One lot: what is wanted, who may bid, how it is scored, and what became of it. */
export function LotCard({ tender, lot }: { tender: Tender; lot: Lot }) {
  const { t } = useTranslation("tenders");
  const single = tender.lots.length === 1;
  return (
    <Card
      title={single ? t("lot.only") : t("lot.title", { no: lot.no, title: lot.title })}
      aside={single ? undefined : <Status machine="tender" state={lot.status} />}
    >
      <div className="stack">
        {lot.award?.status === "announced" && <Result lot={lot} />}
        {lot.reason && (
          <Notice tone="bad">
            <strong>{t(`reason.${lot.reasonCode}`)}</strong>
            <p>{lot.reason}</p>
          </Notice>
        )}
        <KeyValue
          items={[
            { label: t("lot.scope"), value: <span className="tendertext">{lot.scope}</span> },
            { label: t("lot.ceiling"), value: <Money fen={lot.ceilingFen} /> },
            lot.bidCount >= 0
              ? { label: t("lot.bids"), value: t("lot.bidCount", { count: lot.bidCount }) }
              : null,
          ]}
        />
        <Conditions title={t("lot.qualifications")} items={lot.qualifications.map((q) => q.text)} />
        <Conditions title={t("lot.requirements")} items={lot.requirements.map((q) => q.text)} />
        <Scoring lot={lot} />
      </div>
    </Card>
  );
}

function Conditions({ title, items }: { title: string; items: string[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{title}</h3>
      <ol>
        {items.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ol>
    </section>
  );
}

function Scoring({ lot }: { lot: Lot }) {
  const { t } = useTranslation("tenders");
  const rows = [
    ...lot.criteria.map((c) => ({ ...c, price: false })),
    {
      id: "price",
      title: t("lot.price"),
      guidance: t("lot.priceFormula"),
      max: lot.priceWeight,
      grades: [],
      objective: true,
      price: true,
    },
  ];
  return (
    <section>
      <h3>{t("lot.scoring")}</h3>
      <DataTable
        caption={t("lot.scoring")}
        rows={rows}
        rowKey={(r) => r.id}
        columns={[
          {
            id: "title",
            head: t("lot.criterion"),
            title: true,
            cell: (r) => (
              <>
                <b>{r.title}</b>{" "}
                <span className="muted small">
                  {r.price ? "" : t(r.objective ? "lot.objective" : "lot.subjective")}
                </span>
                {r.guidance && <p className="small">{r.guidance}</p>}
                {r.grades.length > 0 && (
                  <ul className="grades small muted">
                    {r.grades.map((g) => (
                      <li key={g.text}>
                        {g.text}{" "}
                        <span className="num">
                          {g.min === g.max ? points(g.max) : `${points(g.min)}–${points(g.max)}`}
                        </span>
                      </li>
                    ))}
                  </ul>
                )}
              </>
            ),
          },
          {
            id: "max",
            head: t("lot.points"),
            right: true,
            shrink: true,
            cell: (r) => points(r.max),
            foot: "100.00",
          },
        ]}
      />
    </section>
  );
}

function Result({ lot }: { lot: Lot }) {
  const { t } = useTranslation("tenders");
  const a = lot.award;
  if (!a) return null;
  return (
    <Notice tone="ok">
      <strong>
        {t("lot.winner", { name: a.supplier })} <Money fen={a.priceFen} />
      </strong>
      <p className="small">
        {t("lot.total", { total: points(a.total) })} · {t("lot.challengeBy")} <Day at={a.challengeBy} />
      </p>
    </Notice>
  );
}
