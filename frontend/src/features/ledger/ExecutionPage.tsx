import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { isoDate } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead, Sums } from "@/ui/layout";
import { MoneyBar } from "@/ui/MoneyBar";
import { Empty, Loaded } from "@/ui/states";
import { TakeAway } from "@/ui/TakeAway";
import { Money, Percent } from "@/ui/values";
import type { ExecutionView } from "./model";

/** How far the budget of a year is executed, line by line. */
export default function ExecutionPage() {
  const { t } = useTranslation("ledger");
  const [filters, set] = useFilters<"year">();
  const thisYear = Number(isoDate(serverNow()).slice(0, 4));
  const year = Number(filters.year) || thisYear;
  const query = useQuery({
    queryKey: ["ledger", "execution", year],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/ledger/execution", { params: { query: { year } } }))).items,
  });
  return (
    <>
      <PageHead
        title={t("execution.title")}
        sub={
          <>
            {t("execution.sub")}{" "}
            {can("budget.read") && (
              <Link to={withSearch(paths.workBudget(), { year: filters.year })}>{t("execution.lines")}</Link>
            )}
          </>
        }
        actions={query.data && <TakeAway sheet={() => sheetOf(query.data, year, t)} />}
      />
      <div className="stack">
        <ChipBar label={t("accounts.filter")}>
          <ChipSelect
            label={t("execution.year")}
            value={String(year)}
            onChange={(y) => set({ year: y })}
            options={[thisYear + 1, thisYear, thisYear - 1, thisYear - 2].map((y) => ({
              value: String(y),
              label: String(y),
            }))}
          />
        </ChipBar>
        <Loaded query={query}>{(rows) => <Lines rows={rows} />}</Loaded>
      </div>
    </>
  );
}

const figures = ["approved", "committed", "accepted", "paid", "free"] as const;

const sheetOf = (rows: ExecutionView[], year: number, t: (key: string) => string) => ({
  name: `linli-execution-${year}`,
  head: [
    ...["owner", "line", "source", "economy", "function"].map((c) => t(`execution.${c}`)),
    ...figures.map((f) => t(`execution.${f}`)),
  ],
  rows: rows.map((r) => [
    r.partyName,
    r.title,
    t(`source.${r.source}`),
    r.economyCode,
    r.functionCode,
    ...figures.map((f) => ({ fen: r[`${f}Fen`] })),
  ]),
});

const ledgerOf = (kind: string) => withSearch(paths.workLedger(), { kind });

const total = (rows: ExecutionView[], of: (r: ExecutionView) => number) =>
  rows.reduce((sum, r) => sum + of(r), 0);
const bp = (part: number, whole: number) => (whole > 0 ? Math.round((part / whole) * 10_000) : 0);

function Lines({ rows }: { rows: ExecutionView[] }) {
  const { t } = useTranslation("ledger");
  if (rows.length === 0) return <Empty title={t("execution.empty")}>{t("execution.emptyText")}</Empty>;
  const approved = total(rows, (r) => r.approvedFen);
  const paid = total(rows, (r) => r.paidFen);
  return (
    <div className="stack">
      <Sums
        items={[
          {
            label: t("execution.approved"),
            value: <Money fen={approved} bare />,
            to: can("budget.read") ? paths.workBudget() : undefined,
          },
          {
            label: t("execution.committed"),
            value: <Money fen={total(rows, (r) => r.committedFen)} bare />,
            to: paths.workContracts(),
          },
          {
            label: t("execution.paid"),
            value: <Money fen={paid} bare />,
            note: <Percent bp={bp(paid, approved)} />,
            to: withSearch(paths.workPayments(), { view: "paid" }),
          },
          {
            label: t("execution.free"),
            value: <Money fen={total(rows, (r) => r.freeFen)} bare />,
            to: ledgerOf("budget_line"),
          },
        ]}
      />
      <MoneyBar
        label={t("execution.bar")}
        items={[
          { id: "approved", label: t("execution.approved"), fen: approved, tone: "plan" },
          { id: "committed", label: t("execution.committed"), fen: total(rows, (r) => r.committedFen) },
          { id: "accepted", label: t("execution.accepted"), fen: total(rows, (r) => r.acceptedFen) },
          { id: "paid", label: t("execution.paid"), fen: paid },
        ]}
      />
      <DataTable
        caption={t("execution.title")}
        rows={rows}
        rowKey={(r) => r.lineId}
        columns={[
          {
            id: "line",
            head: t("execution.line"),
            title: true,
            cell: (r) => (
              <>
                {r.accountId ? <Link to={paths.workAccount(r.accountId)}>{r.title}</Link> : r.title}
                <div className="muted small">{r.partyName}</div>
                <div className="muted small num">
                  {r.economyCode} · {r.functionCode} · {t(`source.${r.source}`)}
                </div>
              </>
            ),
          },
          {
            id: "approved",
            head: t("execution.approved"),
            right: true,
            cell: (r) => <Money fen={r.approvedFen} bare />,
          },
          {
            id: "committed",
            head: t("execution.committed"),
            right: true,
            cell: (r) => <Money fen={r.committedFen} bare />,
          },
          {
            id: "accepted",
            head: t("execution.accepted"),
            right: true,
            cell: (r) => <Money fen={r.acceptedFen} bare />,
          },
          { id: "paid", head: t("execution.paid"), right: true, cell: (r) => <Money fen={r.paidFen} bare /> },
          { id: "free", head: t("execution.free"), right: true, cell: (r) => <Money fen={r.freeFen} bare /> },
          {
            id: "rate",
            head: t("execution.rate"),
            right: true,
            cell: (r) => <Percent bp={bp(r.paidFen, r.approvedFen)} />,
          },
        ]}
      />
    </div>
  );
}
