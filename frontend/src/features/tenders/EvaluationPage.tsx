import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { lotOf, type Tender, type Workbench, wasOpened } from "@/lib/procurement";
import { DataTable } from "@/ui/DataTable";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { DateTime, Money } from "@/ui/values";
import { BidPapers } from "./BidPapers";
import { EvaluationStep } from "./EvaluationStep";
import { Ranking } from "./Ranking";

/** The buyer's side of judging a lot: qualification, rounds, ranking and award. */
export default function EvaluationPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <LotEvaluation tender={tender} />}</Loaded>;
}

function LotEvaluation({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const { lot: chosen } = useSearch({ strict: false }) as { lot?: string };
  const lot = lotOf(tender.lots, chosen);
  const bench = useQuery({
    queryKey: ["tenders", tender.id, "evaluation", lot?.id],
    queryFn: () =>
      ask(api.GET("/api/v1/lots/{lotId}/evaluation", { params: { path: { lotId: lot?.id ?? "" } } })),
    enabled: lot !== undefined && wasOpened(tender, lot),
  });
  if (!lot) return null;
  return (
    <>
      <PageHead
        title={t("evaluation.title")}
        mark={<Status machine="tender" state={lot.status} />}
        crumbs={[
          { label: t("work.title"), to: paths.workTenders() },
          { label: tender.code, to: paths.workTender(tender.id) },
          { label: t("evaluation.title") },
        ]}
        sub={tender.title}
      />
      {tender.lots.length > 1 && (
        <Views
          label={t("lot.all")}
          items={tender.lots.map((l) => ({
            to: paths.workEvaluation(tender.id, l.id),
            label: t("lot.title", { no: l.no, title: l.title }),
            current: l.id === lot.id,
          }))}
        />
      )}
      {!wasOpened(tender, lot) ? (
        <Empty title={t("evaluation.sealed")}>{t("evaluation.sealedText")}</Empty>
      ) : (
        <Loaded query={bench}>
          {(w) => (
            <div className="columns">
              <div className="stack">
                {w.standings.length > 0 && <Ranking bench={w} />}
                <Bids bench={w} />
                {w.bids.map((b) => (
                  <BidPapers key={b.id} bench={w} bid={b} />
                ))}
              </div>
              <aside className="stack first">
                <EvaluationStep tender={tender} lot={lot} bench={w} />
                <ProgressCard bench={w} />
              </aside>
            </div>
          )}
        </Loaded>
      )}
    </>
  );
}

function Bids({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("tenders");
  return (
    <Card title={t("evaluation.bids")} aside={t("lot.bidCount", { count: w.bids.length })}>
      <DataTable
        caption={t("evaluation.bids")}
        rows={w.bids}
        rowKey={(b) => b.id}
        columns={[
          { id: "supplier", head: t("evaluation.supplier"), title: true, cell: (b) => b.supplier },
          {
            id: "at",
            head: t("evaluation.received"),
            shrink: true,
            cell: (b) => <DateTime at={b.receivedAt} />,
          },
          {
            id: "status",
            head: t("work.status"),
            cell: (b) => (
              <>
                <Status machine="bid" state={b.status} />
                {b.reason && <span className="block tiny muted">{reasonOf(t, b.reason)}</span>}
              </>
            ),
          },
          ...(w.priceOpenedAt
            ? [
                {
                  id: "first",
                  head: t("evaluation.first"),
                  right: true,
                  cell: (b: Workbench["bids"][number]) => <Money fen={b.firstFen} bare />,
                },
                {
                  id: "final",
                  head: t("evaluation.final"),
                  right: true,
                  cell: (b: Workbench["bids"][number]) => <Money fen={b.finalFen} bare />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  );
}

/** Reasons of the platform are codes with words; those of people are shown as written. */
function reasonOf(t: (key: string) => string, reason: string): string {
  const key = `bidReason.${reason.replaceAll(".", "_")}`;
  const text = t(key);
  return text === key ? reason : text;
}

function ProgressCard({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("tenders");
  if (w.progress.length === 0) return null;
  return (
    <Card title={t("evaluation.progress")}>
      <ul className="plain stack tight small">
        {w.progress.map((p) => (
          <li key={p.memberId} className="row between">
            <span>
              {p.name} {p.chair && <span className="muted">{t("committee.chair")}</span>}
            </span>
            <span className="num">
              {t("evaluation.signed", { signed: p.signed, of: Math.max(p.of, p.signed) })}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
