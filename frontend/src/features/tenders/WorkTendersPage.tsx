import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
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
import { Deadline, Money } from "@/ui/values";

const views: Record<string, string[] | undefined> = {
  all: undefined,
  drafting: ["intention", "drafting", "reviewed"],
  open: ["open", "clarified", "suspended"],
  judging: ["closed", "opened", "qualification", "conformity", "evaluation", "candidates", "confirmed"],
  done: ["announced", "contracting", "done", "failed", "cancelled"],
};

/** The buyer's own purchases, drafts included; finance and auditors see those of their area. */
export default function WorkTendersPage() {
  const { t } = useTranslation("tenders");
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters<"q" | "view">();
  const view = filters.view ?? "all";
  const query = useInfiniteQuery({
    queryKey: ["tenders", "work", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/work/tenders", {
          params: { query: { cursor: pageParam || undefined, q: filters.q, status: views[view] } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const items = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead
        title={t("work.title")}
        sub={t("work.sub")}
        actions={
          can("tender.draft") && (
            <LinkButton kind="primary" to={paths.workNewTender()}>
              {t("intend.title")}
            </LinkButton>
          )
        }
      />
      <div className="stack">
        <SearchBox
          label={t("list.search")}
          placeholder={t("list.search")}
          value={filters.q}
          onSearch={(q) => setFilters({ q })}
        />
        <Views
          label={t("work.views")}
          items={Object.keys(views).map((v) => ({
            to: withSearch(paths.workTenders(), { view: v === "all" ? undefined : v, q: filters.q }),
            label: t(`work.view.${v}`),
            current: v === view,
          }))}
        />
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isPending && <Skeleton lines={6} />}
        {query.isSuccess && (
          <DataTable
            caption={t("work.title")}
            rows={items}
            rowKey={(x) => x.id}
            onOpen={(x) => void navigate({ to: paths.workTender(x.id) })}
            empty={<Empty title={t("work.none")}>{t("work.noneText")}</Empty>}
            columns={[
              {
                id: "title",
                head: t("work.name"),
                title: true,
                cell: (x) => (
                  <>
                    <Link to={paths.workTender(x.id)}>{x.title}</Link>
                    <span className="block tiny muted num">
                      {x.code} · {x.placeName}
                    </span>
                  </>
                ),
              },
              {
                id: "status",
                head: t("work.status"),
                shrink: true,
                cell: (x) => <Status machine="tender" state={x.status} />,
              },
              {
                id: "deadline",
                head: t("facts.deadline"),
                cell: (x) => <Deadline at={x.deadlineAt} done={x.status !== "open"} />,
              },
              {
                id: "budget",
                head: t("work.budget"),
                right: true,
                shrink: true,
                cell: (x) => <Money fen={x.budgetFen} bare />,
              },
            ]}
          />
        )}
        {items.length > 0 && <Pagination shown={items.length} pages={query} />}
      </div>
    </>
  );
}
