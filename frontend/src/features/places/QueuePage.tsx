import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { hasRole } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { Chip, ChipBar, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Count, Day } from "@/ui/values";

/** Ended and split communities where somebody has to say where their needs belong. */
export default function QueuePage() {
  const { t } = useTranslation("places");
  const navigate = useNavigate();
  const [filters, set] = useFilters<"state" | "all">();
  const state = filters.state === "settled" ? "settled" : "open";
  const query = useInfiniteQuery({
    queryKey: ["place-questions", state, filters.all],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/place-questions", {
          params: {
            query: {
              state,
              all: filters.all === "true" || state === "settled",
              cursor: pageParam || undefined,
              limit: 50,
            },
          },
        }),
      ),
    getNextPageParam: (p) => p.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead
        title={t("queue.title")}
        sub={t("queue.sub")}
        actions={
          hasRole("platform_admin") && (
            <LinkButton small to={withSearch(paths.workImport(), { list: "divisions" })}>
              {t("queue.import")}
            </LinkButton>
          )
        }
      />
      <div className="stack">
        <Views
          label={t("queue.views")}
          items={(["open", "settled"] as const).map((s) => ({
            to: withSearch(paths.workPlaces(), { state: s === "open" ? undefined : s }),
            label: t(`queue.${s}`),
            current: s === state,
          }))}
        />
        {state === "open" && (
          <ChipBar label={t("queue.filters")}>
            <Chip on={filters.all === "true"} onChange={(on) => set({ all: on ? "true" : undefined })}>
              {t("queue.withEmpty")}
            </Chip>
          </ChipBar>
        )}
        {query.isPending && <Skeleton lines={8} />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && (
          <DataTable
            caption={t("queue.title")}
            rows={rows}
            rowKey={(q) => q.id}
            onOpen={(q) => void navigate({ to: paths.workPlaceQuestion(q.id) })}
            empty={<Empty title={t("queue.none")}>{t("queue.noneText")}</Empty>}
            columns={[
              {
                id: "place",
                head: t("queue.place"),
                title: true,
                cell: (q) => (
                  <>
                    <Link to={paths.workPlaceQuestion(q.id)}>{q.place.name}</Link>{" "}
                    <span className="small muted">{q.place.within}</span>
                  </>
                ),
              },
              { id: "waiting", head: t("queue.waiting"), right: true, cell: (q) => <Count n={q.waiting} /> },
              { id: "why", head: t("queue.why"), cell: (q) => t(`why.${q.reason}`) },
              {
                id: "first",
                head: t("queue.first"),
                cell: (q) => q.chosen?.name ?? q.candidates[0]?.place.name ?? "—",
              },
              { id: "since", head: t("queue.since"), cell: (q) => <Day at={q.since} /> },
              {
                id: "state",
                head: t("queue.state"),
                shrink: true,
                cell: (q) => (
                  <Status machine="rehoming" state={q.state} tone={q.state === "open" ? "wait" : "ok"} />
                ),
              },
            ]}
          />
        )}
        {rows.length > 0 && <Pagination shown={rows.length} pages={query} />}
      </div>
    </>
  );
}
