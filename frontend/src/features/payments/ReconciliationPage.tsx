import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, PageHead, Sums } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { everyRow, TakeAway } from "@/ui/TakeAway";
import { Day, Money } from "@/ui/values";
import { ImportDialog, LineDialog } from "./LineDialogs";
import type { PaymentRow, StatementLine } from "./model";
import "./payments.css";

const views = ["open", "matched", "ignored", "all"];

/** Every line of the bank is matched, set aside with a reason, or open; what is on its way equals the payments no line shows. */
export default function ReconciliationPage() {
  const { t } = useTranslation("payments");
  const [filters] = useFilters<"view">();
  const [importing, setImporting] = useState(false);
  const [line, setLine] = useState<StatementLine>();
  const view = filters.view && views.includes(filters.view) ? filters.view : "open";
  const query = useInfiniteQuery({
    queryKey: ["statement", view],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/statement-lines", {
          params: {
            query: {
              state: view === "all" ? "" : (view as "open"),
              cursor: pageParam || undefined,
              limit: 50,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor || undefined,
  });
  const first = query.data?.pages[0];
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const paid = first?.paid ?? [];
  const reload = () => void query.refetch();
  const { t: say } = useTranslation("status");
  const sheet = async () => ({
    name: "linli-statement-lines",
    head: ["day", "counterparty", "remark", "sequence", "bank"]
      .map((c) => t(`reconcile.${c}`))
      .concat(t("col.status"), t("reconcile.reason"), t("col.amount")),
    rows: (await everyRow(query)).map((r) => [
      r.bookedOn,
      r.counterparty,
      r.remark,
      r.sequence,
      r.account,
      say(`statement_line.${r.state}`),
      r.reason,
      { fen: r.amountFen },
    ]),
  });
  return (
    <>
      <PageHead
        title={t("reconcile.title")}
        sub={t("reconcile.sub")}
        actions={
          <>
            <TakeAway sheet={sheet} />
            {can("statement.import") && (
              <Button kind="primary" onClick={() => setImporting(true)}>
                {t("reconcile.import")}
              </Button>
            )}
          </>
        }
      />
      <div className="stack">
        {first && (
          <Sums
            items={[
              {
                label: t("reconcile.clearing"),
                value: <Money fen={first.clearingFen} bare />,
                note: t("reconcile.clearingNote", { count: paid.length }),
              },
              { label: t("reconcile.openLines"), value: rows.filter((r) => r.state === "open").length },
            ]}
          />
        )}
        <Views
          label={t("list.views")}
          items={views.map((v) => ({
            to: withSearch(paths.workReconciliation(), { view: v === "open" ? undefined : v }),
            label: t(`reconcile.view.${v}`),
            current: v === view,
          }))}
        />
        {query.isPending && <Skeleton />}
        {query.isError && <ErrorState fault={query.error} onRetry={reload} />}
        {query.isSuccess && (
          <DataTable
            caption={t("reconcile.title")}
            rows={rows}
            rowKey={(r) => r.id}
            empty={<Empty title={t("reconcile.empty")}>{t("reconcile.emptyText")}</Empty>}
            columns={[
              { id: "day", head: t("reconcile.day"), shrink: true, cell: (r) => <Day at={r.bookedOn} /> },
              {
                id: "who",
                head: t("reconcile.counterparty"),
                title: true,
                cell: (r) => (
                  <>
                    {r.counterparty}
                    <br />
                    <span className="muted small">
                      {r.remark} <span className="num">{r.sequence}</span>
                    </span>
                  </>
                ),
              },
              {
                id: "state",
                head: t("col.status"),
                shrink: true,
                cell: (r) => <Status machine="statement_line" state={r.state} />,
              },
              {
                id: "what",
                head: t("reconcile.matched"),
                cell: (r) => <Matched r={r} onOpen={() => setLine(r)} />,
              },
              {
                id: "amount",
                head: t("col.amount"),
                right: true,
                cell: (r) => <Money fen={r.amountFen} bare />,
              },
            ]}
          />
        )}
        <Pagination shown={rows.length} pages={query} />
        <Unseen paid={paid} />
      </div>
      {importing && <ImportDialog onClose={() => setImporting(false)} />}
      {line && <LineDialog line={line} paid={paid} onClose={() => setLine(undefined)} onReload={reload} />}
    </>
  );
}

function Matched({ r, onOpen }: { r: StatementLine; onOpen: () => void }) {
  const { t } = useTranslation("payments");
  if (r.state === "open") {
    if (!can("statement.match")) return <span className="muted small">{t("reconcile.waits")}</span>;
    return (
      <Button small kind={r.suggested.length === 1 ? "primary" : "plain"} onClick={onOpen}>
        {t(r.suggested.length === 1 ? "reconcile.suggested" : "reconcile.decide")}
      </Button>
    );
  }
  if (r.state === "ignored") return <span className="small">{r.reason}</span>;
  return (
    <>
      {r.matches.map((m) => (
        <div key={m.paymentId}>
          <Link to={paths.workPayment(m.paymentId)}>
            <Money fen={m.amountFen} />
          </Link>
        </div>
      ))}
    </>
  );
}

function Unseen({ paid }: { paid: PaymentRow[] }) {
  const { t } = useTranslation("payments");
  if (paid.length === 0) return null;
  return (
    <Card title={t("reconcile.unseen")}>
      <p className="small muted">{t("reconcile.unseenText")}</p>
      {paid.map((p) => (
        <div key={p.id} className="linebox row small">
          <span>
            <Link to={paths.workPayment(p.id)}>{p.code}</Link> · {p.supplierName} ·{" "}
            <span className="num">{p.voucherNumber}</span> · <Day at={p.paidOn} />
          </span>
          <span className="push">
            <Money fen={p.amountFen} />
          </span>
        </div>
      ))}
    </Card>
  );
}
