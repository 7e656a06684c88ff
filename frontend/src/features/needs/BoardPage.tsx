import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import type { NeedLine } from "@/lib/needs";
import { paths, withSearch } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { type Column, DataTable } from "@/ui/DataTable";
import { PageHead } from "@/ui/layout";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { Pagination } from "@/ui/Pagination";
import { Empty, Loaded } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Day, Money } from "@/ui/values";
import { listed } from "./filters";
import "./work.css";

/** Saved views: each a set of stages, in the order in which a need walks through them. */
const views: Record<string, string[]> = {
  open: ["open"],
  agenda: ["on_agenda", "classified", "screened"],
  decided: ["deliberated", "publicised", "adopted"],
  project: ["linked", "in_delivery"],
  confirm: ["delivered", "confirmed", "reopened"],
  closed: ["closed"],
};

/** The needs of my place at work, by stage. */
export default function BoardPage() {
  const { t } = useTranslation("needs");
  const navigate = useNavigate();
  const categories = useCategories();
  const placeId = useSession()?.membership?.placeId || undefined;
  const [filters, setFilters] = useFilters<"view" | "q" | "category" | "sort">();
  const view = filters.view && filters.view in views ? filters.view : "open";
  const counts = useQuery({
    queryKey: ["needs", "counts", placeId],
    queryFn: () => ask(api.GET("/api/v1/needs/counts", { params: { query: { placeId } } })),
  });
  const query = {
    placeId,
    stage: views[view],
    q: filters.q,
    category: filters.category ? [filters.category] : undefined,
    sort: (filters.sort ?? "supported") as "supported" | "newest",
    limit: 50,
  };
  const needs = useInfiniteQuery({
    queryKey: ["needs", "board", query],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/needs", {
          params: { query: { ...query, cursor: pageParam || undefined } },
          ...listed,
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const sum = (stages: string[]) => stages.reduce((n, s) => n + (counts.data?.stages[s] ?? 0), 0);
  return (
    <>
      <PageHead title={t("board.title")} sub={t("board.sub")} />
      <div className="worklist">
        <Views
          label={t("inbox.views")}
          items={Object.entries(views).map(([v, stages]) => ({
            to: withSearch(paths.workNeeds(), { view: v }),
            label: t(`board.view.${v}`),
            count: counts.data && sum(stages),
            current: v === view,
          }))}
        />
        <SearchBox label={t("list.search")} value={filters.q} onSearch={(q) => setFilters({ q })} />
        <ChipBar label={t("list.filters")}>
          <ChipSelect
            label={t("list.category")}
            value={filters.category}
            onChange={(category) => setFilters({ category })}
            options={categories.options.filter((c) => c.root)}
          />
          <ChipSelect
            label={t("board.order")}
            value={filters.sort}
            onChange={(sort) => setFilters({ sort })}
            options={["supported", "newest", "waiting"].map((s) => ({
              value: s,
              label: t(`list.sort.${s}`),
            }))}
          />
        </ChipBar>
        <Loaded query={needs}>
          {(data) => {
            const items = data.pages.flatMap((p) => p.items);
            return (
              <>
                <DataTable
                  caption={t("board.title")}
                  columns={columnsOf(t, categories.name)}
                  rows={items}
                  rowKey={(n) => n.id}
                  onOpen={(n) => void navigate({ to: paths.workNeed(n.code) })}
                  empty={<Empty title={t("board.empty")}>{t("board.emptyText")}</Empty>}
                />
                <Pagination shown={items.length} pages={needs} />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function columnsOf(t: (k: string) => string, category: (c: string) => string): Column<NeedLine>[] {
  return [
    {
      id: "title",
      head: t("board.need"),
      title: true,
      cell: (n) => (
        <>
          <b>{n.title}</b>
          <span className="block small muted num">{n.code}</span>
        </>
      ),
    },
    { id: "status", head: t("inbox.status"), cell: (n) => <NeedStatus need={n} /> },
    { id: "category", head: t("case.category"), cell: (n) => category(n.category) },
    { id: "place", head: t("inbox.place"), cell: (n) => n.place.at(-1) },
    { id: "households", head: t("board.households"), right: true, cell: (n) => n.counts.households },
    {
      id: "estimate",
      head: t("board.estimate"),
      right: true,
      cell: (n) => <Money fen={n.estimateFen || null} bare />,
    },
    { id: "since", head: t("board.since"), shrink: true, cell: (n) => <Day at={n.stageAt} /> },
  ];
}
