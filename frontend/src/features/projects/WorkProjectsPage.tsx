import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Day, Money } from "@/ui/values";

/** Views of the work list: what waits here, what is under way, what is over. */
const views: Record<string, string[]> = {
  all: [],
  waiting: ["proposed", "budgeted", "planned"],
  running: ["sourcing", "contracted", "delivering", "suspended"],
  closing: ["accepted", "evaluated"],
  over: ["archived", "terminated"],
};

export default function WorkProjectsPage() {
  const { t } = useTranslation("projects");
  const categories = useCategories();
  const navigate = useNavigate();
  const [filters, set] = useFilters<"q" | "view">();
  const view = filters.view && views[filters.view] ? filters.view : "all";
  const status = views[view] ?? [];
  const query = useInfiniteQuery({
    queryKey: ["projects", "work", view, filters.q],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/work/projects", {
          params: {
            query: {
              q: filters.q,
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
  const mayPropose = can("project.propose");
  const propose = mayPropose && (
    <LinkButton kind="primary" icon="plus" to={paths.workPropose()}>
      {t("propose.button")}
    </LinkButton>
  );
  return (
    <>
      <PageHead title={t("work.title")} actions={propose} />
      <Views
        label={t("work.views")}
        items={Object.keys(views).map((v) => ({
          to: withSearch(paths.workProjects(), { view: v === "all" ? undefined : v, q: filters.q }),
          label: t(`work.view.${v}`),
          current: v === view,
        }))}
      />
      <div className="stack">
        <SearchBox
          label={t("list.search")}
          placeholder={t("list.placeholder")}
          value={filters.q}
          onSearch={(q) => set({ q })}
        />
        {query.isPending && <Skeleton lines={8} />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && (
          <DataTable
            caption={t("work.title")}
            rows={rows}
            rowKey={(p) => p.id}
            onOpen={(p) => void navigate({ to: paths.workProject(p.id) })}
            empty={
              <Empty title={t("work.none")} action={propose || undefined}>
                {t("work.noneText")}
              </Empty>
            }
            columns={[
              {
                id: "title",
                head: t("field.project"),
                title: true,
                cell: (p) => (
                  <>
                    <Link to={paths.workProject(p.id)}>{p.title}</Link>
                    <div className="small muted mono">{p.code}</div>
                  </>
                ),
              },
              {
                id: "status",
                head: t("field.status"),
                cell: (p) => <Status machine="project" state={p.status} />,
              },
              {
                id: "place",
                head: t("field.place"),
                cell: (p) => (
                  <>
                    {p.placeName}
                    <div className="small muted">{categories.name(p.category)}</div>
                  </>
                ),
              },
              { id: "buyer", head: t("field.buyer"), cell: (p) => p.partyName },
              { id: "needs", head: t("field.needs"), right: true, cell: (p) => p.needCount },
              {
                id: "amount",
                head: t("field.amountYuan"),
                right: true,
                cell: (p) => <Money fen={p.amountFen} bare />,
              },
              { id: "at", head: t("field.proposedAt"), shrink: true, cell: (p) => <Day at={p.proposedAt} /> },
            ]}
          />
        )}
        {rows.length > 0 && <Pagination shown={rows.length} pages={query} />}
      </div>
    </>
  );
}
