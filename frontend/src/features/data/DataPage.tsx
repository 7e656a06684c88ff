import { useQuery } from "@tanstack/react-query";
import { useNow } from "@/lib/clock";
import { type Figures, figure, figuresQuery } from "@/lib/figures";
import { dateTime, isoDate } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { BarChart } from "@/ui/BarChart";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { PageHead, Sums } from "@/ui/layout";
import { Loaded } from "@/ui/states";
import { FigureTable, Value } from "./FigureTable";
import { MoneySection } from "./MoneySection";
import { useCategoryName } from "./names";

const firstYear = 2018;

/** Every figure with its formula, every sum with the lines that add up to it. */
export default function DataPage() {
  const { t, lang } = useTranslation("data");
  const [filters, setFilters] = useFilters<"place" | "year">();
  const thisYear = Number(isoDate(useNow()).slice(0, 4));
  const query = useQuery(figuresQuery(filters.place));
  const years = Array.from({ length: thisYear - firstYear }, (_, i) => String(thisYear - 1 - i));
  return (
    <>
      <PageHead
        title={filters.place && query.data ? t("titleOf", { place: query.data.placeName }) : t("title")}
        documentTitle={t("title")}
        sub={query.data && t("sub", { when: dateTime(query.data.asOf, lang) })}
        crumbs={
          filters.place
            ? [{ label: t("everywhere"), to: paths.data() }, { label: query.data?.placeName ?? "…" }]
            : undefined
        }
      />
      <div className="stack">
        <Loaded query={query} lines={10}>
          {(f) => <Sections f={f} />}
        </Loaded>
        <ChipBar label={t("filters")}>
          <ChipSelect
            label={t("year", { year: thisYear })}
            value={filters.year}
            onChange={(year) => setFilters({ year })}
            options={years.map((y) => ({ value: y, label: t("year", { year: y }) }))}
          />
        </ChipBar>
        <MoneySection year={filters.year} place={filters.place} />
      </div>
    </>
  );
}

function Sections({ f }: { f: Figures }) {
  const { t, lang } = useTranslation("data");
  const categoryName = useCategoryName();
  const series = [
    { label: t("active"), tone: "main" as const },
    { label: t("closed"), tone: "context" as const },
  ];
  const source = t("source", { when: dateTime(f.asOf, lang) });
  const day = isoDate(new Date(f.asOf));
  return (
    <>
      <Headline f={f} />
      <div className="tiles large" id="needs">
        {f.categories.length > 0 && (
          <BarChart
            title={t("byCategory")}
            rowHead={t("category")}
            file={`linli-categories-${day}`}
            series={series}
            source={source}
            rows={roots(f.categories).map((c) => ({
              id: c.id,
              label: categoryName(c.id),
              values: [c.open, c.closed],
              to: withSearch(paths.needs(), { category: c.id, place: f.placeId }),
            }))}
          />
        )}
        {f.places.length > 0 && (
          <BarChart
            title={t("byArea")}
            rowHead={t("area")}
            file={`linli-places-${day}`}
            series={series}
            source={source}
            rows={f.places.map((p) => ({
              id: p.id,
              label: p.name,
              values: [p.open, p.closed],
              to: withSearch(paths.data(), { place: p.id }),
            }))}
          />
        )}
      </div>
      <FigureTable f={f} />
    </>
  );
}

const headline = [
  "needs_open",
  "needs_met",
  "needs_confirmed",
  "days_to_close",
  "satisfaction",
  "on_time_payment",
];

/** The six that a passer-by asks for; all of them stand below with their formulas. */
function Headline({ f }: { f: Figures }) {
  const { t } = useTranslation("data");
  const items = headline.flatMap((key) => figure(f, key) ?? []);
  return <Sums items={items.map((i) => ({ label: t(`item.${i.key}.name`), value: <Value item={i} /> }))} />;
}

type Line = Figures["categories"][number];

/** Children are counted with their root: "elderly.meals" with "elderly". Most asked for first. */
function roots(lines: Line[]): Line[] {
  const out = new Map<string, Line>();
  for (const line of lines) {
    const id = line.id.split(".")[0] ?? line.id;
    const sum = out.get(id) ?? { id, name: "", open: 0, closed: 0 };
    out.set(id, { ...sum, open: sum.open + line.open, closed: sum.closed + line.closed });
  }
  return [...out.values()].sort((a, b) => b.open - a.open || b.closed - a.closed);
}
