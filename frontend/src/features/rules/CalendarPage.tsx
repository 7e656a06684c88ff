import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { localeOf, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { PageHead } from "@/ui/layout";
import { Loaded } from "@/ui/states";
import { type DayKind, daysOf, isoDay } from "./days";
import "./calendar.css";

/** The official calendar: days off, and weekends that are worked instead. */
export default function CalendarPage() {
  const { t } = useTranslation("rules");
  const [filters, setFilters] = useFilters<"year">();
  const query = useQuery({
    queryKey: ["calendar", filters.year ?? ""],
    queryFn: () =>
      ask(api.GET("/api/v1/calendar", { params: { query: { year: Number(filters.year) || undefined } } })),
  });
  return (
    <>
      <PageHead
        title={t("calendar.title")}
        sub={t("calendar.lead")}
        crumbs={[{ label: t("title"), to: paths.rules() }, { label: t("calendar.title") }]}
      />
      <Loaded query={query}>
        {(c) => (
          <div className="stack">
            <div className="row">
              <ChipBar label={t("calendar.year")}>
                <ChipSelect
                  label={t("calendar.thisYear")}
                  value={filters.year}
                  onChange={(year) => setFilters({ year })}
                  options={c.years.map((y) => ({ value: String(y), label: String(y) }))}
                />
              </ChipBar>
              <ul className="plain row legend">
                <li className="off">{t("calendar.off")}</li>
                <li className="worked">{t("calendar.worked")}</li>
                <li className="weekend">{t("calendar.weekend")}</li>
              </ul>
            </div>
            <div className="year">
              {Array.from({ length: 12 }, (_, m) => (
                <Month key={m} year={c.year} month={m} off={c.off} working={c.working} />
              ))}
            </div>
            <p className="small muted">
              {t("source")}: {c.source}
            </p>
          </div>
        )}
      </Loaded>
    </>
  );
}

interface MonthProps {
  year: number;
  month: number;
  off: string[];
  working: string[];
}

function Month({ year, month, off, working }: MonthProps) {
  const { t, lang } = useTranslation("rules");
  const locale = localeOf(lang);
  const name = new Intl.DateTimeFormat(locale, { month: "long", timeZone: "UTC" }).format(
    Date.UTC(year, month, 1),
  );
  const heads = Array.from({ length: 7 }, (_, i) =>
    new Intl.DateTimeFormat(locale, { weekday: "narrow", timeZone: "UTC" }).format(Date.UTC(2024, 0, 1 + i)),
  );
  const word: Record<DayKind, string> = {
    off: t("calendar.off"),
    worked: t("calendar.worked"),
    weekend: t("calendar.weekend"),
    plain: "",
  };
  return (
    <table className="month">
      <caption>{name}</caption>
      <thead>
        <tr>
          {heads.map((h, i) => (
            <th key={i} scope="col">
              {h}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {daysOf(year, month, off, working).map((week, i) => (
          <tr key={i}>
            {week.map((d, j) => (
              <td key={j} className={d?.kind}>
                {d && (
                  <time dateTime={isoDay(year, month, d.day)}>
                    {d.day}
                    {word[d.kind] && <span className="visually-hidden"> {word[d.kind]}</span>}
                    {d.kind === "off" && <small aria-hidden="true">{t("calendar.offShort")}</small>}
                    {d.kind === "worked" && <small aria-hidden="true">{t("calendar.workedShort")}</small>}
                  </time>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
