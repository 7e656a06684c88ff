import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { usePlaceName } from "@/lib/placesearch";
import { Chip, ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Views } from "@/ui/Tabs";
import { kinds } from "./model";
import { ItemResults, OrganizationResults, ServiceResults } from "./results";
import "./resources.css";

export type DirectoryFilters =
  | "view"
  | "q"
  | "category"
  | "serves"
  | "free"
  | "kind"
  | "grade"
  | "checked"
  | "access";
const views = ["services", "organizations", "venues", "volunteers"] as const;

/** 资源清单: what is offered, by whom, where, and whether there is room. */
export default function ResourcesPage() {
  const { t } = useTranslation("resources");
  const [filters, set] = useFilters<DirectoryFilters>();
  const categories = useCategories();
  const view = views.find((v) => v === filters.view) ?? "services";
  const offered = view === "services" || view === "organizations";
  const near = usePlaceName(filters.serves);
  return (
    <>
      <PageHead title={t("list.title")} sub={t("list.sub")} />
      <div className="stack">
        <Views
          label={t("list.views")}
          items={views.map((v) => ({
            to: withSearch(paths.resources(), { ...filters, view: v === "services" ? undefined : v }),
            label: t(`view.${v}`),
            current: v === view,
          }))}
        />
        <SearchBox
          label={t("list.search")}
          placeholder={t(`placeholder.${view}`)}
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
          {view === "organizations" && (
            <ChipSelect
              label={t("field.kind")}
              value={filters.kind}
              onChange={(kind) => set({ kind })}
              options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
            />
          )}
          {view === "organizations" && (
            <ChipSelect
              label={t("field.grade")}
              value={filters.grade}
              onChange={(grade) => set({ grade })}
              options={["3", "4", "5"].map((g) => ({ value: g, label: t("grade.least", { grade: g }) }))}
            />
          )}
          {view === "services" && (
            <Chip on={filters.free === "*"} onChange={(on) => set({ free: on ? "*" : undefined })}>
              {t("filter.free")}
            </Chip>
          )}
          {offered && (
            <Chip
              on={filters.checked === "true"}
              onChange={(on) => set({ checked: on ? "true" : undefined })}
            >
              {t("filter.checked")}
            </Chip>
          )}
          {view === "venues" && (
            <Chip
              on={filters.access === "step_free"}
              onChange={(on) => set({ access: on ? "step_free" : undefined })}
            >
              {t("access.step_free")}
            </Chip>
          )}
          {filters.serves && (
            <Chip on onChange={() => set({ serves: undefined })}>
              {t("filter.serves", { place: near })}
            </Chip>
          )}
        </ChipBar>
        {view === "services" && <ServiceResults filters={filters} />}
        {view === "organizations" && <OrganizationResults filters={filters} />}
        {view === "venues" && <ItemResults kind="venue" filters={filters} />}
        {view === "volunteers" && <ItemResults kind="volunteer" filters={filters} />}
        <p className="small muted">
          {t("list.note")} <Link to={paths.places()}>{t("list.byPlace")}</Link>
        </p>
      </div>
    </>
  );
}
