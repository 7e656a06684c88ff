import { useInfiniteQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead, Sums } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { ErrorState, Skeleton } from "@/ui/states";
import { everyRow, TakeAway } from "@/ui/TakeAway";
import { Day, Money } from "@/ui/values";
import { documentOf, type JournalView } from "./model";

/** One account: its figure and the lines that add up to it, newest first. */
export default function AccountPage() {
  const { t } = useTranslation("ledger");
  const { accountId } = useParams({ strict: false }) as { accountId: string };
  const query = useInfiniteQuery({
    queryKey: ["ledger", "account", accountId],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/ledger/journals", {
          params: { query: { accountId, cursor: pageParam || undefined, limit: 50 } },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor || undefined,
  });
  const account = query.data?.pages[0]?.account;
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const line = (j: JournalView) => j.postings.find((p) => p.accountId === accountId);
  const sheet = async () => ({
    name: `linli-${account?.code ?? "account"}`,
    head: ["day", "code", "journal", "memo", "debit", "credit"].map((c) => t(`col.${c}`)),
    rows: (await everyRow(query)).map((j) => [
      j.effectiveOn,
      j.code,
      t(`journal.${j.kind}`),
      j.memo,
      { fen: line(j)?.debitFen ?? 0 },
      { fen: line(j)?.creditFen ?? 0 },
    ]),
  });
  if (query.isPending) return <Skeleton />;
  if (query.isError) return <ErrorState fault={query.error} onRetry={() => void query.refetch()} />;
  return (
    <>
      <PageHead
        title={account?.name || account?.code || t("account.title")}
        mark={account && <Tag tone="plain">{t(`kind.${account.kind}`)}</Tag>}
        crumbs={[{ label: t("accounts.title"), to: paths.workLedger() }, { label: account?.code ?? "" }]}
        sub={account && t(`kindText.${account.kind}`)}
        actions={<TakeAway sheet={sheet} />}
      />
      <div className="stack">
        {account && (
          <Sums
            items={[
              { label: t("col.balance"), value: <Money fen={account.balanceFen} bare /> },
              { label: t("col.debit"), value: <Money fen={account.debitFen} bare /> },
              { label: t("col.credit"), value: <Money fen={account.creditFen} bare /> },
              { label: t("col.available"), value: <Money fen={account.availableFen} bare /> },
            ]}
          />
        )}
        <DataTable
          caption={t("account.lines")}
          rows={rows}
          rowKey={(j) => j.id}
          columns={[
            { id: "day", head: t("col.day"), shrink: true, cell: (j) => <Day at={j.effectiveOn} /> },
            {
              id: "code",
              head: t("col.journal"),
              title: true,
              cell: (j) => (
                <>
                  <Link to={paths.workJournal(j.id)}>{j.code}</Link> {t(`journal.${j.kind}`)} <State j={j} />
                </>
              ),
            },
            { id: "memo", head: t("col.memo"), cell: (j) => <Document j={j} /> },
            { id: "debit", head: t("col.debit"), right: true, cell: (j) => amount(line(j)?.debitFen) },
            { id: "credit", head: t("col.credit"), right: true, cell: (j) => amount(line(j)?.creditFen) },
          ]}
        />
        <Pagination shown={rows.length} pages={query} />
      </div>
    </>
  );
}

const amount = (fen: number | undefined) => (fen ? <Money fen={fen} bare /> : "");

function State({ j }: { j: JournalView }) {
  const { t } = useTranslation("ledger");
  if (j.reverses) return <Tag tone="wait">{t("journal.reversing")}</Tag>;
  if (j.state !== "pending") return null;
  return <Tag tone={j.resolution ? "plain" : "wait"}>{t(`pending.${j.resolution || "open"}`)}</Tag>;
}

/** The document behind a line. */
export function Document({ j }: { j: JournalView }) {
  const { t } = useTranslation("ledger");
  const to = documentOf(j);
  return to ? <Link to={to}>{j.memo || t(`object.${j.objectKind}`)}</Link> : j.memo;
}
