import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable, Pagination } from "@/ui/DataTable";
import { DateField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";

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
                  {t("version", { jurisdiction: book.jurisdiction })} <code>{book.version}</code>
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
                      cell: (r) => <span className="num">{r.until ? `${r.from} – ${r.until}` : r.from}</span>,
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

/** A count or a yes says what it is without a unit. */
const bare = new Set(["", "count", "switch"]);

function Values({ rule }: { rule: Rule }) {
  const { t } = useTranslation("rules");
  const entries = Object.entries(rule.params);
  const unit = bare.has(rule.unit) ? "" : t(`unit.${rule.unit}`);
  return (
    <ul className="plain">
      {entries.map(([name, value]) => (
        <li key={name} className="num">
          {entries.length > 1 && <span className="muted small">{name} </span>}
          {value === "true" ? t("yes") : value === "false" ? t("no") : value} {unit}
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
