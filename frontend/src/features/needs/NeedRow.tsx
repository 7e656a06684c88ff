import { useCategories } from "@/lib/categories";
import { useNow } from "@/lib/clock";
import { useTranslation } from "@/lib/i18n";
import { type NeedLine, progressOf, stations, useAsked } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { SupportButton } from "@/ui/needs/SupportButton";
import { Progress } from "@/ui/StepBar";

const dayMs = 86_400_000;

/** A need in a list: title, place, how many neighbours, status in words, age. One link. */
export function NeedRow({ need }: { need: NeedLine }) {
  const { t } = useTranslation("needs");
  const categories = useCategories();
  const mine = useAsked();
  const days = Math.floor((useNow().getTime() - Date.parse(need.openedAt)) / dayMs);
  const done = progressOf(need);
  return (
    <li className="needrow">
      <h2>
        <Link to={paths.need(need.code)}>{need.title}</Link>
      </h2>
      <p className="where">
        <NeedStatus need={need} /> {need.place.slice(-2).join(" ")} · {categories.name(need.category)} ·{" "}
        {need.stage === "closed" ? t("row.closed") : t("row.age", { count: Math.max(0, days) })}
        {need.metresAway !== undefined && ` · ${t("row.away", { metres: need.metresAway })}`}
      </p>
      <div className="me">
        <SupportButton need={need} households={need.counts.households} supported={mine.has(need.id)} />
      </div>
      <Progress done={done} of={stations} label={t("row.progress", { done, of: stations })} />
    </li>
  );
}
