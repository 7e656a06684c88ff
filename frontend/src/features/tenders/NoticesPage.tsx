import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { DateTime } from "@/ui/values";

const kinds = ["", "intention", "tender", "correction", "result", "termination"] as const;
type Kind = Exclude<(typeof kinds)[number], "">;

/** Public notices of purchases by type, newest first. */
export default function NoticesPage() {
  const { t } = useTranslation("tenders");
  const [filters, setFilters] = useFilters<"q" | "kind" | "project">();
  const query = useInfiniteQuery({
    queryKey: ["announcements", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/announcements", {
          params: {
            query: {
              cursor: pageParam || undefined,
              q: filters.q,
              kind: (filters.kind as Kind) || undefined,
              projectId: filters.project,
            },
          },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("notices.title")} sub={t("notices.sub")} />
      <div className="stack">
        <SearchBox
          label={t("notices.search")}
          placeholder={t("notices.search")}
          value={filters.q}
          onSearch={(q) => setFilters({ q })}
        />
        <Views
          label={t("notices.byKind")}
          items={kinds.map((k) => ({
            to: withSearch(paths.notices(), { kind: k, q: filters.q }),
            label: t(k ? `notices.kind.${k}` : "notices.all"),
            current: (filters.kind ?? "") === k,
          }))}
        />
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={6} />}
        {query.isSuccess && (
          <DataTable
            caption={t("notices.title")}
            rows={items}
            rowKey={(n) => n.id}
            empty={<Empty title={t("notices.none")} />}
            columns={[
              {
                id: "title",
                head: t("notices.name"),
                title: true,
                cell: (n) => <Link to={paths.notice(n.id)}>{n.title}</Link>,
              },
              {
                id: "kind",
                head: t("notices.type"),
                shrink: true,
                cell: (n) => <Tag tone="plain">{t(`notices.kind.${n.kind}`)}</Tag>,
              },
              {
                id: "code",
                head: t("facts.code"),
                shrink: true,
                cell: (n) => <span className="num">{n.code}</span>,
              },
              { id: "at", head: t("notices.at"), shrink: true, cell: (n) => <DateTime at={n.publishedAt} /> },
            ]}
          />
        )}
        {items.length > 0 && <Pagination shown={items.length} pages={query} />}
      </div>
    </>
  );
}
