import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Deadline, Money } from "@/ui/values";

/** What we bid for, and what is open now. */
export default function BidsPage() {
  const { t } = useTranslation("bids");
  const query = useInfiniteQuery({
    queryKey: ["bids"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/v1/bids", { params: { query: { cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.sub")} />
      <div className="stack">
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={5} />}
        {query.isSuccess && (
          <DataTable
            caption={t("list.title")}
            rows={items}
            rowKey={(b) => b.id}
            empty={<Empty title={t("list.none")}>{t("list.noneText")}</Empty>}
            columns={[
              {
                id: "title",
                head: t("list.name"),
                title: true,
                cell: (b) => (
                  <>
                    <Link to={paths.workBid(b.tenderId, b.lotId)}>{b.title}</Link>
                    <span className="block tiny muted num">{b.tenderCode}</span>
                  </>
                ),
              },
              {
                id: "status",
                head: t("list.status"),
                shrink: true,
                cell: (b) => <Status machine="bid" state={b.status} />,
              },
              {
                id: "stage",
                head: t("list.stage"),
                shrink: true,
                cell: (b) => <Status machine="tender" state={b.lotStatus} />,
              },
              {
                id: "rank",
                head: t("list.rank"),
                shrink: true,
                cell: (b) =>
                  b.standing ? t("list.rankOf", { rank: b.standing.rank, count: b.count ?? 0 }) : "—",
              },
            ]}
          />
        )}
        {items.length > 0 && <Pagination shown={items.length} pages={query} />}
        <OpenTenders />
      </div>
    </>
  );
}

function OpenTenders() {
  const { t } = useTranslation("bids");
  const query = useQuery({
    queryKey: ["tenders", "open"],
    queryFn: () => ask(api.GET("/api/v1/tenders", { params: { query: { status: ["open"], limit: 20 } } })),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t("list.open")}>
      <ul className="plain stack tight">
        {items.map((x) => (
          <li key={x.id} className="row between">
            <span>
              <Link to={paths.workBid(x.id)}>{x.title}</Link>{" "}
              <span className="small muted">{x.buyerName}</span>
            </span>
            <span className="small">
              <Money fen={x.budgetFen} short /> · <Deadline at={x.deadlineAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
