import { useQuery } from "@tanstack/react-query";
import { useNow } from "@/lib/clock";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { siteQuery } from "./site";

/** Says what a visitor must not mistake: invented people, and a clock that was moved. */
export function Banners() {
  const { t, lang } = useTranslation("app");
  const { data } = useQuery(siteQuery);
  const now = useNow();
  if (!data?.demonstration) return null;
  return (
    <aside className="demo no-print" aria-label={t("demo.label")}>
      {t("demo.people")}
      {data.clockMoved && ` · ${t("demo.clock", { when: dateTime(now, lang) })}`}
    </aside>
  );
}
