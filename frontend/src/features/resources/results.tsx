/** The three lists of the directory: services, organisations, venues and volunteer hours. */
import { type UseInfiniteQueryResult, useInfiniteQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { listed, useLang, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Card } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { Money } from "@/ui/values";
import type { Item, OrganizationLine, ServiceLine } from "./model";
import { AreaWords, CapacityTag, Freshness, OpenNow, Price } from "./parts";

type Filters = Partial<Record<string, string>>;
const pageSize = 20;

interface PageOf<T> {
  items: T[];
  nextCursor: string;
}

interface ResultsProps<T> {
  query: UseInfiniteQueryResult<{ pages: PageOf<T>[] }>;
  filtered: boolean;
  row: (item: T) => ReactNode;
}

function Results<T>({ query, filtered, row }: ResultsProps<T>) {
  const { t } = useTranslation("resources");
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  if (query.isPending) return <Skeleton lines={8} />;
  if (query.isError) return <ErrorState fault={query.error} onRetry={() => void query.refetch()} />;
  if (rows.length === 0) {
    return (
      <Empty title={t(filtered ? "list.noneFiltered" : "list.none")}>
        {t(filtered ? "list.noneFilteredText" : "list.noneText")}
      </Empty>
    );
  }
  return (
    <>
      <div className="cardgrid">{rows.map(row)}</div>
      <Pagination shown={rows.length} pages={query} />
    </>
  );
}

const isFiltered = (f: Filters) => Object.entries(f).some(([k, v]) => k !== "view" && v);

const flag = (v: string | undefined) => (v === "true" ? true : undefined);

export function ServiceResults({ filters: f }: { filters: Filters }) {
  const query = useInfiniteQuery({
    queryKey: ["services", "list", f.q, f.category, f.serves, f.free, f.checked],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/services", {
          params: {
            query: {
              q: f.q,
              category: f.category,
              serves: f.serves,
              free: f.free,
              checked: flag(f.checked),
              cursor: pageParam || undefined,
              limit: pageSize,
            },
          },
        }),
      ),
    getNextPageParam: (p) => p.nextCursor || undefined,
  });
  return <Results query={query} filtered={isFiltered(f)} row={(s) => <ServiceCard key={s.id} s={s} />} />;
}

export function ServiceCard({ s }: { s: ServiceLine }) {
  const lang = useLang();
  const categories = useCategories();
  const title = lang === "en" && s.offer.titleEn ? s.offer.titleEn : s.offer.title;
  return (
    <Card className="offercard">
      <div className="row between">
        <h2>
          <Link to={paths.service(s.id)}>{title}</Link>
        </h2>
        <CapacityTag offer={s.offer} />
      </div>
      <p className="small ink2">
        <Link to={paths.organization(s.organizationId)}>{s.organizationName}</Link>
        {" · "}
        {listed(s.offer.categories.map(categories.name))}
      </p>
      <p className="small">
        <AreaWords offer={s.offer} />
      </p>
      <div className="row between">
        <Price offer={s.offer} />
        <Freshness checked={s.checked} />
      </div>
    </Card>
  );
}

export function OrganizationResults({ filters: f }: { filters: Filters }) {
  const query = useInfiniteQuery({
    queryKey: ["organizations", "list", f.q, f.category, f.serves, f.kind, f.grade, f.checked],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/organizations", {
          params: {
            query: {
              q: f.q,
              category: f.category,
              serves: f.serves,
              kind: f.kind,
              grade: f.grade ? Number(f.grade) : undefined,
              checked: flag(f.checked),
              cursor: pageParam || undefined,
              limit: pageSize,
            },
          },
        }),
      ),
    getNextPageParam: (p) => p.nextCursor || undefined,
  });
  return (
    <Results query={query} filtered={isFiltered(f)} row={(o) => <OrganizationCard key={o.id} o={o} />} />
  );
}

function OrganizationCard({ o }: { o: OrganizationLine }) {
  const { t, lang } = useTranslation("resources");
  const categories = useCategories();
  return (
    <Card className="offercard">
      <div className="row between">
        <h2>
          <Link to={paths.organization(o.id)}>{lang === "en" && o.nameEn ? o.nameEn : o.name}</Link>
        </h2>
        {o.listing && <Tag tone="bad">{t(`listing.${o.listing}`)}</Tag>}
      </div>
      <p className="small ink2">
        {t(`kind.${o.kind}`)}
        {o.grade > 0 && ` · ${o.grade}A`}
        {o.charity && ` · ${t("field.charity")}`}
        {o.place && ` · ${o.place}`}
      </p>
      {o.summary && <p className="small clamp">{o.summary}</p>}
      <div className="row between">
        <span className="small">
          {t("list.services", { count: o.services })}
          {o.categories.length > 0 && ` · ${listed(o.categories.slice(0, 3).map(categories.name))}`}
        </span>
        <Freshness checked={o.checked} />
      </div>
    </Card>
  );
}

export function ItemResults({ kind, filters: f }: { kind: "venue" | "volunteer"; filters: Filters }) {
  const query = useInfiniteQuery({
    queryKey: ["resources", "list", kind, f.q, f.category, f.serves, f.access],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/resources", {
          params: {
            query: {
              kind,
              q: f.q,
              category: f.category,
              within: f.serves,
              access: f.access,
              cursor: pageParam || undefined,
              limit: pageSize,
            },
          },
        }),
      ),
    getNextPageParam: (p) => p.nextCursor || undefined,
  });
  return <Results query={query} filtered={isFiltered(f)} row={(i) => <ItemCard key={i.id} i={i} />} />;
}

export function ItemCard({ i }: { i: Item }) {
  const { t, lang } = useTranslation("resources");
  return (
    <Card className="offercard">
      <div className="row between">
        <h2>
          <Link to={paths.resource(i.id)}>
            {lang === "en" && i.facts.titleEn ? i.facts.titleEn : i.facts.title}
          </Link>
        </h2>
        <OpenNow state={i.kind === "venue" ? i.openNow : undefined} />
      </div>
      <p className="small ink2">
        {i.partyName} · {i.place}
      </p>
      <div className="row between">
        {i.kind === "venue" ? (
          <span className="small">
            {t("item.persons", { count: i.facts.persons ?? 0 })} ·{" "}
            {i.facts.hourFen ? <Money fen={i.facts.hourFen} /> : t("price.free")}
          </span>
        ) : (
          <span className="small">{t("item.wanted", { count: i.facts.wanted ?? 0 })}</span>
        )}
        <Freshness checked={i.checked} />
      </div>
    </Card>
  );
}
