import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Deadline, Money } from "@/ui/values";
import "./tenders.css";

const groups: Record<string, string[]> = {
  open: ["open", "clarified", "suspended"],
  judging: ["closed", "opened", "qualification", "conformity", "evaluation", "candidates", "confirmed"],
  result: ["announced", "contracting", "done"],
  ended: ["failed", "cancelled"],
};

/** What is being bought for the neighbourhood, open to everybody. */
export default function TendersPage() {
  const { t } = useTranslation("tenders");
  const [filters, setFilters] = useFilters<"q" | "stage">();
  const status = filters.stage ? groups[filters.stage] : undefined;
  const query = useInfiniteQuery({
    queryKey: ["tenders", "public", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/tenders", {
          params: { query: { cursor: pageParam || undefined, q: filters.q, status } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.sub")} />
      <div className="stack">
        <SearchBox
          label={t("list.search")}
          placeholder={t("list.search")}
          value={filters.q}
          onSearch={(q) => setFilters({ q })}
        />
        <ChipBar label={t("list.stage")}>
          <ChipSelect
            label={t("list.anyStage")}
            value={filters.stage}
            onChange={(stage) => setFilters({ stage })}
            options={Object.keys(groups).map((g) => ({ value: g, label: t(`list.group.${g}`) }))}
          />
          <Link to={paths.notices()}>{t("list.allNotices")}</Link>
        </ChipBar>
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={6} />}
        {query.isSuccess && items.length === 0 && <Empty title={t("list.none")}>{t("list.noneText")}</Empty>}
        {items.length > 0 && (
          <>
            <ul className="plain tenderlist">
              {items.map((x) => (
                <li key={x.id} className="card pad">
                  <div className="row between">
                    <h2>
                      <Link to={paths.tender(x.id)}>{x.title}</Link>
                    </h2>
                    <Status machine="tender" state={x.status} />
                  </div>
                  <p className="muted small">
                    {x.buyerName} · {x.placeName} · <span className="num">{x.code}</span>
                  </p>
                  <p className="small">
                    {t("budget")} <Money fen={x.budgetFen} />
                    {x.status === "open" && (
                      <>
                        {" · "}
                        <Deadline at={x.deadlineAt} />
                      </>
                    )}
                  </p>
                </li>
              ))}
            </ul>
            <Pagination shown={items.length} pages={query} />
          </>
        )}
      </div>
    </>
  );
}
