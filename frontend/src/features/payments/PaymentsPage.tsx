import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status, Tag } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { everyRow, TakeAway } from "@/ui/TakeAway";
import { Day, Money } from "@/ui/values";
import { duesQuery } from "./model";

const views: Record<string, string[]> = {
  open: ["requested", "invoice_verified", "approved", "instructed", "disputed", "returned"],
  overdue: [],
  paid: ["paid", "reconciled"],
  all: [],
};

export default function PaymentsPage() {
  const { t } = useTranslation("payments");
  const navigate = useNavigate();
  const [filters, set] = useFilters<"q" | "view" | "contract">();
  const view = filters.view && views[filters.view] ? filters.view : filters.contract ? "all" : "open";
  const status = views[view] ?? [];
  const query = useInfiniteQuery({
    queryKey: ["payments", "list", view, filters.q, filters.contract],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/payments", {
          params: {
            query: {
              q: filters.q,
              contractId: filters.contract,
              overdue: view === "overdue" || undefined,
              status: status.length ? status : undefined,
              cursor: pageParam || undefined,
              limit: 50,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const { t: say } = useTranslation("status");
  const sheet = async () => ({
    name: "linli-payments",
    head: [
      "code",
      "contract",
      "supplier",
      "status",
      "due",
      "paidOn",
      "late",
      "interest",
      "amount",
      "voucher",
    ].map((c) => t(`col.${c}`)),
    rows: (await everyRow(query)).map((r) => [
      r.code,
      `${r.title} · ${r.milestone}`,
      r.supplierName,
      say(`payment.${r.status}`),
      r.dueOn,
      r.paidOn,
      r.overdueDays,
      { fen: r.interestFen },
      { fen: r.amountFen },
      r.voucherNumber,
    ]),
  });
  const link = (v: string) =>
    withSearch(paths.workPayments(), { view: v === "open" ? undefined : v, q: filters.q });
  return (
    <>
      <PageHead
        title={t("list.title")}
        sub={t("list.sub")}
        actions={
          <>
            <TakeAway sheet={sheet} />
            {can("payment.request") && (
              <LinkButton kind="primary" icon="plus" to={paths.workPaymentNew("")}>
                {t("new.title")}
              </LinkButton>
            )}
          </>
        }
      />
      <div className="stack">
        <Views
          label={t("list.views")}
          items={Object.keys(views).map((v) => ({ to: link(v), label: t(`view.${v}`), current: v === view }))}
        />
        <SearchBox
          label={t("list.search")}
          placeholder={t("list.searchHint")}
          value={filters.q}
          onSearch={(q) => set({ q })}
        />
        {query.isPending && <Skeleton />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && (
          <DataTable
            caption={t("list.title")}
            rows={rows}
            rowKey={(r) => r.id}
            onOpen={(r) => void navigate({ to: paths.workPayment(r.id) })}
            empty={
              <Empty title={t(view === "overdue" ? "list.noneLate" : "list.empty")}>
                {t("list.emptyText")}
              </Empty>
            }
            columns={[
              {
                id: "title",
                head: t("col.contract"),
                title: true,
                cell: (r) => (
                  <>
                    <Link to={paths.workPayment(r.id)}>
                      {r.title} · {r.milestone}
                    </Link>
                    <br />
                    <span className="muted small num">{r.code}</span>
                  </>
                ),
              },
              { id: "supplier", head: t("col.supplier"), cell: (r) => r.supplierName },
              {
                id: "status",
                head: t("col.status"),
                shrink: true,
                cell: (r) => <Status machine="payment" state={r.status} />,
              },
              {
                id: "due",
                head: t("col.due"),
                shrink: true,
                cell: (r) => (
                  <>
                    {r.paidOn ? <Day at={r.paidOn} /> : <Day at={r.dueOn} />}{" "}
                    {r.overdueDays > 0 && <Tag tone="bad">{t("due.days", { count: r.overdueDays })}</Tag>}
                  </>
                ),
              },
              {
                id: "interest",
                head: t("col.interest"),
                right: true,
                cell: (r) => (r.interestFen > 0 ? <Money fen={r.interestFen} bare /> : "—"),
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
        {(view === "overdue" || view === "open") && <Unrequested lateOnly={view === "overdue"} />}
      </div>
    </>
  );
}

/** Accepted deliveries nobody asked payment for: the clock runs all the same. */
function Unrequested({ lateOnly }: { lateOnly: boolean }) {
  const { t } = useTranslation("payments");
  const dues = (useQuery(duesQuery).data ?? []).filter((d) => !lateOnly || d.lateDays > 0);
  if (dues.length === 0) return null;
  return (
    <Card title={t("due.title")}>
      <p className="small muted">{t("due.text")}</p>
      {dues.map((d) => (
        <div key={d.milestoneId} className="linebox row">
          <span>
            <Link to={paths.workContract(d.contractId)}>{d.title}</Link> · {d.milestone} ·{" "}
            <Money fen={d.leftFen} />
            <br />
            <span className="small muted">
              {t("due.on")} <Day at={d.dueOn} />{" "}
              {d.lateDays > 0 && <Tag tone="bad">{t("due.days", { count: d.lateDays })}</Tag>}
            </span>
          </span>
          {can("payment.request") && (
            <span className="push">
              <LinkButton small to={paths.workPaymentNew(d.milestoneId)}>
                {t("new.take")}
              </LinkButton>
            </span>
          )}
        </div>
      ))}
    </Card>
  );
}
