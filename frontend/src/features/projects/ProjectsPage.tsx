import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Status } from "@/ui/Status";
import { Progress } from "@/ui/StepBar";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { type ProjectSummary, stations } from "./model";
import "./projects.css";

/** 项目清单: what needs became, what it costs, who buys, and how far it is. */
export default function ProjectsPage() {
  const { t } = useTranslation("projects");
  const status = useTranslation("status").t;
  const categories = useCategories();
  const [filters, set] = useFilters<"q" | "status" | "category" | "placeId">();
  const query = useInfiniteQuery({
    queryKey: ["projects", "list", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/projects", {
          params: {
            query: {
              q: filters.q,
              status: filters.status ? [filters.status] : undefined,
              category: filters.category,
              placeId: filters.placeId,
              cursor: pageParam || undefined,
              limit: 20,
            },
          },
        }),
      ),
    getNextPageParam: (page) => page.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = Boolean(filters.q || filters.status || filters.category || filters.placeId);
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.sub")} />
      <div className="stack">
        <SearchBox
          label={t("list.search")}
          placeholder={t("list.placeholder")}
          value={filters.q}
          onSearch={(q) => set({ q })}
        />
        <ChipBar label={t("list.filters")}>
          <ChipSelect
            label={t("field.category")}
            value={filters.category}
            onChange={(category) => set({ category })}
            options={categories.options.filter((o) => o.root)}
          />
          <ChipSelect
            label={t("field.status")}
            value={filters.status}
            onChange={(s) => set({ status: s })}
            options={[...stations, "suspended", "terminated"].map((s) => ({
              value: s,
              label: status(`project.${s}`),
            }))}
          />
        </ChipBar>
        {query.isPending && <Skeleton lines={8} />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && rows.length === 0 && (
          <Empty title={t(filtered ? "list.noneFiltered" : "list.none")}>
            {t(filtered ? "list.noneFilteredText" : "list.noneText")}
          </Empty>
        )}
        {rows.map((p) => (
          <ProjectCard key={p.id} p={p} category={categories.name(p.category)} />
        ))}
        {rows.length > 0 && <Pagination shown={rows.length} pages={query} />}
      </div>
    </>
  );
}

function ProjectCard({ p, category }: { p: ProjectSummary; category: string }) {
  const { t } = useTranslation("projects");
  const done = stations.indexOf(p.status as (typeof stations)[number]) + 1;
  return (
    <Card>
      <article className="projectcard">
        <div className="row between">
          <h2>
            <Link to={paths.project(p.id)}>{p.title}</Link>
          </h2>
          <Status machine="project" state={p.status} />
        </div>
        <div className="small muted">
          {p.placeName} · {category} · <span className="mono">{p.code}</span> · <Day at={p.proposedAt} />
        </div>
        <div className="figures">
          <span>
            {t("field.buyer")} <b>{p.partyName}</b>
          </span>
          <span>
            {t(p.budgetFen > 0 ? "field.budget" : "field.asked")}{" "}
            <b>
              <Money fen={p.budgetFen || p.amountFen} short />
            </b>
          </span>
          <span>{t("list.answers", { count: p.needCount })}</span>
          {p.lotCount > 1 && <span>{t("list.lots", { count: p.lotCount })}</span>}
        </div>
        {done > 0 && (
          <Progress
            done={done}
            of={stations.length}
            label={t("list.progress", { done, of: stations.length })}
          />
        )}
      </article>
    </Card>
  );
}
