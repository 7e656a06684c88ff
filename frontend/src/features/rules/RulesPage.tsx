import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { money, parseYuan, percent, yearly } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { DateField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Day } from "@/ui/values";

const read = (date: string | undefined) => ask(api.GET("/api/v1/rules", { params: { query: { date } } }));
type Rule = Awaited<ReturnType<typeof read>>["items"][number];

/** Rules shown at first, and with every further step. */
const pageful = 40;

/** Every number that comes from a regulation, on any day, with where it comes from. */
export default function RulesPage() {
  const { t, lang } = useTranslation("rules");
  const [filters, setFilters] = useFilters<"date" | "q">();
  const query = useQuery({ queryKey: ["rules", filters.date ?? ""], queryFn: () => read(filters.date) });
  const [shown, setShown] = useState(pageful);
  const place = (code: string) => (code === "CN" ? t("jurisdictions.CN") : code);
  return (
    <>
      <PageHead title={t("title")} sub={t("lead")} />
      <div className="stack">
        <p>
          <Link to={paths.calendar()}>{t("calendar.title")}</Link>
        </p>
        <div className="row">
          <SearchBox
            label={t("search")}
            placeholder={t("searchHint")}
            value={filters.q}
            onSearch={(q) => setFilters({ q })}
          />
        </div>
        <DayChooser
          value={filters.date ?? query.data?.date ?? ""}
          onChange={(date) => setFilters({ date })}
        />
        <Loaded query={query} lines={10}>
          {(book) => {
            const found = book.items.filter((r) => hits(r, filters.q));
            return (
              <>
                <p className="small muted">
                  {t("version", { jurisdiction: place(book.jurisdiction) })} <code>{book.version}</code>
                </p>
                <DataTable
                  caption={t("title")}
                  rows={found.slice(0, shown)}
                  rowKey={(r) => r.id}
                  empty={<Empty title={t("none")}>{t("noneText")}</Empty>}
                  columns={[
                    {
                      id: "title",
                      head: t("rule"),
                      title: true,
                      cell: (r) => (
                        <>
                          {(lang === "en" && r.titleEn) || r.title}{" "}
                          {r.local && <Tag tone="wait">{t("local")}</Tag>}
                          <div className="tiny muted">
                            <code>{r.id}</code>
                          </div>
                        </>
                      ),
                    },
                    { id: "value", head: t("value"), cell: (r) => <Values rule={r} /> },
                    {
                      id: "from",
                      head: t("from"),
                      shrink: true,
                      cell: (r) => (
                        <>
                          <Day at={r.from} />
                          {r.until && (
                            <>
                              {" – "}
                              <Day at={r.until} />
                            </>
                          )}
                        </>
                      ),
                    },
                    {
                      id: "source",
                      head: t("source"),
                      cell: (r) => <span className="small">{r.source}</span>,
                    },
                  ]}
                />
                <Pagination
                  shown={Math.min(shown, found.length)}
                  total={found.length}
                  pages={{
                    hasNextPage: found.length > shown,
                    isFetchingNextPage: false,
                    fetchNextPage: () => setShown(shown + pageful),
                  }}
                />
              </>
            );
          }}
        </Loaded>
      </div>
    </>
  );
}

function DayChooser({ value, onChange }: { value: string; onChange: (date: string | undefined) => void }) {
  const { t } = useTranslation("rules");
  const [day, setDay] = useState<string>();
  return (
    <DateField
      id="date"
      label={t("on")}
      help={t("onHelp")}
      value={day ?? value}
      onChange={(d) => {
        setDay(d);
        if (/^\d{4}-\d{2}-\d{2}$/.test(d)) onChange(d);
        if (d === "") onChange(undefined);
      }}
    />
  );
}

/** A value with its unit, as a person writes it: 10 %, 3 月 31 日, 500,000.00 元. */
function useSaid(unit: string): (value: string) => string {
  const { t, lang } = useTranslation("rules");
  return (value) => {
    if (value === "true" || value === "false") return t(value === "true" ? "yes" : "no");
    if (unit === "share" && Number.isFinite(Number(value)))
      return percent(Math.round(Number(value) * 10_000));
    if (unit === "day_of_year" && /^\d{2}-\d{2}$/.test(value)) return yearly(value, lang);
    if (unit === "yuan") return money(parseYuan(value) ?? 0, lang);
    return bare.has(unit) ? value : `${value} ${t(`unit.${unit}`)}`;
  };
}

/** A count or a yes says what it is without a unit. */
const bare = new Set(["", "count", "switch"]);

function Values({ rule }: { rule: Rule }) {
  const said = useSaid(rule.unit);
  const entries = Object.entries(rule.params);
  return (
    <ul className="plain">
      {entries.map(([name, value]) => (
        <li key={name} className="num">
          {entries.length > 1 && <span className="muted small">{name} </span>}
          {said(value)}
        </li>
      ))}
    </ul>
  );
}

function hits(r: Rule, q: string | undefined): boolean {
  if (!q) return true;
  const text = [r.id, r.title, r.titleEn, r.source].join(" ").toLowerCase();
  return text.includes(q.toLowerCase());
}
