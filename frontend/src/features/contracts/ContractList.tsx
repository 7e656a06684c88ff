import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Progress } from "@/ui/StepBar";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Day, Money } from "@/ui/values";

const views: Record<string, string[]> = {
  all: [],
  signing: ["drafting", "signed", "published", "filed"],
  running: ["active", "suspended"],
  over: ["completed", "closed", "terminated", "rescinded"],
};

/** Contracts as a list; at work with the reader's own drafts and a view of what is being signed. */
export function ContractList({ mine }: { mine: boolean }) {
  const { t } = useTranslation("contracts");
  const navigate = useNavigate();
  const [filters, set] = useFilters<"q" | "view">();
  const view = filters.view && views[filters.view] ? filters.view : "all";
  const status = views[view] ?? [];
  const query = useInfiniteQuery({
    queryKey: ["contracts", "list", mine, view, filters.q],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/contracts", {
          params: {
            query: {
              mine,
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
  const here = mine ? paths.workContracts() : paths.contracts();
  const open = mine ? paths.workContract : paths.contract;
  const shown = mine ? Object.keys(views) : ["all", "running", "over"];
  return (
    <>
      <PageHead title={t(mine ? "work.title" : "list.title")} sub={t(mine ? "work.sub" : "list.sub")} />
      <div className="stack">
        <Views
          label={t("list.views")}
          items={shown.map((v) => ({
            to: withSearch(here, { view: v === "all" ? undefined : v, q: filters.q }),
            label: t(`view.${v}`),
            current: v === view,
          }))}
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
            caption={t(mine ? "work.title" : "list.title")}
            rows={rows}
            rowKey={(r) => r.id}
            onOpen={(r) => void navigate({ to: open(r.id) })}
            empty={<Empty title={t("list.empty")}>{t(mine ? "work.emptyText" : "list.emptyText")}</Empty>}
            columns={[
              {
                id: "title",
                head: t("col.title"),
                title: true,
                cell: (r) => (
                  <>
                    <Link to={open(r.id)}>{r.title}</Link>
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
                cell: (r) => <Status machine="contract" state={r.status} />,
              },
              {
                id: "progress",
                head: t("col.progress"),
                shrink: true,
                cell: (r) => (
                  <Progress
                    done={r.settled}
                    of={r.milestones}
                    label={t("col.settled", { done: r.settled, of: r.milestones })}
                  />
                ),
              },
              {
                id: "until",
                head: t("col.until"),
                shrink: true,
                cell: (r) =>
                  r.status === "drafting" ? (
                    <>
                      {t("station.by")} <Day at={r.signBy} />
                    </>
                  ) : r.termUntil ? (
                    <Day at={r.termUntil} />
                  ) : (
                    "—"
                  ),
              },
              {
                id: "value",
                head: t("col.value"),
                right: true,
                cell: (r) => <Money fen={r.valueFen} bare />,
              },
            ]}
          />
        )}
        <Pagination shown={rows.length} pages={query} />
      </div>
    </>
  );
}
