import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { lazy, Suspense } from "react";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { hasRole, useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { Chip, ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { useTitle } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Count } from "@/ui/values";
import { type FilterKey, listed, listQuery, type NeedFilters, shared, stateKeys } from "./filters";
import { NearChip } from "./NearChip";
import { NeedRow } from "./NeedRow";
import { PlaceChip } from "./PlaceChip";
import "./list.css";

const NeedMap = lazy(() => import("./NeedMap"));

/** What is asked for, and what became of it: the list is complete, the map is an addition. */
export default function NeedsPage() {
  const { t } = useTranslation("needs");
  const [filters, setFilters] = useFilters<FilterKey>();
  useTitle(t("list.title"));
  const showMap = filters.view === "map";
  return (
    <div className="wrap">
      <Head filters={filters} />
      <SearchBox
        label={t("list.search")}
        placeholder={t("list.searchExample")}
        value={filters.q}
        onSearch={(q) => setFilters({ q })}
      />
      <FilterBar filters={filters} set={setFilters} />
      <div className={`needcols ${showMap ? "map" : "list"}`}>
        <List filters={filters} />
        <aside className="needmapbox" aria-label={t("map.label")}>
          <Suspense fallback={<Skeleton lines={8} />}>
            <NeedMap filters={filters} />
          </Suspense>
        </aside>
      </div>
    </div>
  );
}

function Head({ filters }: { filters: NeedFilters }) {
  const { t } = useTranslation("needs");
  const counts = useQuery({
    queryKey: ["needs", "counts", filters.placeId],
    queryFn: () => ask(api.GET("/api/v1/needs/counts", { params: { query: { placeId: filters.placeId } } })),
  });
  const outcomes = counts.data?.outcomes ?? {};
  return (
    <div className="needhead">
      <h1 tabIndex={-1}>{t("list.heading")}</h1>
      {counts.data && (
        <p className="figures">
          <b>
            <Count n={outcomes.none ?? 0} />
          </b>{" "}
          {t("list.active")} ·{" "}
          <b>
            <Count n={(outcomes.met ?? 0) + (outcomes.partly_met ?? 0)} />
          </b>{" "}
          {t("list.met")}
        </p>
      )}
    </div>
  );
}

interface BarProps {
  filters: NeedFilters;
  set: (patch: NeedFilters) => void;
}

function FilterBar({ filters, set }: BarProps) {
  const { t } = useTranslation("needs");
  const session = useSession();
  const categories = useCategories();
  return (
    <ChipBar label={t("list.filters")}>
      <ChipSelect
        label={t("list.state.all")}
        value={filters.state}
        onChange={(state) => set({ state })}
        options={stateKeys.map((k) => ({ value: k, label: t(`list.state.${k}`) }))}
      />
      <ChipSelect
        label={t("list.category")}
        value={filters.category}
        onChange={(category) => set({ category })}
        options={categories.options.filter((c) => c.root)}
      />
      <PlaceChip value={filters.placeId} onChange={(placeId) => set({ placeId })} />
      <NearChip value={filters.near} onChange={(near) => set({ near })} />
      <Chip
        on={filters.sort === "supported"}
        onChange={(on) => set({ sort: on ? "supported" : undefined, near: undefined })}
      >
        {t("list.sort.supported")}
      </Chip>
      <Chip
        on={filters.sort === "waiting"}
        onChange={(on) => set({ sort: on ? "waiting" : undefined, near: undefined })}
      >
        {t("list.sort.waiting")}
      </Chip>
      {session && hasRole("resident", "council") && (
        <Chip on={filters.mine === "asked"} onChange={(on) => set({ mine: on ? "asked" : undefined })}>
          {t("list.mine")}
        </Chip>
      )}
      <span className="onlyphone">
        <Chip on={filters.view === "map"} onChange={(on) => set({ view: on ? "map" : undefined })}>
          {t("list.showMap")}
        </Chip>
      </span>
    </ChipBar>
  );
}

function List({ filters }: { filters: NeedFilters }) {
  const { t } = useTranslation("needs");
  const query = listQuery(filters);
  const total = useQuery({
    queryKey: ["needs", "total", shared(filters)],
    queryFn: () => ask(api.GET("/api/v1/needs/counts", { params: { query: shared(filters) }, ...listed })),
    enabled: !filters.near && !filters.mine,
  });
  const needs = useInfiniteQuery({
    queryKey: ["needs", "list", query],
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
  if (needs.isError) return <ErrorState fault={needs.error} onRetry={() => void needs.refetch()} />;
  if (!needs.data) return <Skeleton lines={12} />;
  const items = needs.data.pages.flatMap((p) => p.items);
  if (items.length === 0) {
    return (
      <Empty
        title={t("list.empty")}
        action={
          <LinkButton kind="primary" to={paths.say()}>
            {t("list.say")}
          </LinkButton>
        }
      >
        {t("list.emptyText")}
      </Empty>
    );
  }
  const sum = total.data && Object.values(total.data.stages).reduce((a, b) => a + b, 0);
  return (
    <div className="stack tight">
      <ol className="needlist card">
        {items.map((n) => (
          <NeedRow key={n.id} need={n} />
        ))}
      </ol>
      <Pagination shown={items.length} total={filters.near || filters.mine ? undefined : sum} pages={needs} />
    </div>
  );
}
