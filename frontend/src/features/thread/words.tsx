/** Amounts and days inside sentences, and the clocks that every station carries. */
import { useNow } from "@/lib/clock";
import * as format from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { Icon } from "@/ui/icons";
import { Day } from "@/ui/values";
import type { Clock, Now } from "./model";

/** `t`, and amounts and days as they stand in sentences. */
export function useWords() {
  const { t, lang } = useTranslation("thread");
  const now = useNow();
  return {
    t,
    lang,
    money: (fen: number) => format.money(fen, lang),
    day: (at: string) => format.date(at, lang, now),
    points: (n: number) => n.toFixed(2),
  };
}

export function useSentence(now: Now): string {
  const { t, money, day } = useWords();
  const params: Record<string, string | number> = { ...now.words };
  for (const [k, fen] of Object.entries(now.money)) params[k] = money(fen);
  for (const [k, at] of Object.entries(now.days)) params[k] = day(at);
  return t(`now.${now.key}`, params);
}

/** The days a rule allows against the days taken, one line a rule. */
export function Clocks({ clocks }: { clocks: Clock[] }) {
  const { t } = useWords();
  if (clocks.length === 0) return null;
  return (
    <table className="clocks">
      <caption>{t("clock.title")}</caption>
      <thead className="visually-hidden">
        <tr>
          <th scope="col">{t("clock.rule")}</th>
          <th scope="col">{t("clock.allowed")}</th>
          <th scope="col">{t("clock.taken")}</th>
        </tr>
      </thead>
      <tbody>
        {clocks.map((c, i) => (
          <tr key={i}>
            <th scope="row">
              {t(`clock.${c.key}`)}
              {c.subject && <span className="muted"> · {c.subject}</span>}
            </th>
            <td>
              {t(c.atLeast ? "clock.atLeast" : "clock.atMost", { count: c.allowed })}
              <span className="muted">
                {" "}
                (<Day at={c.due} />)
              </span>
            </td>
            <td className={c.ok ? "kept" : "broken"}>
              <Icon name={c.ok ? "check" : "alert"} size={14} />{" "}
              {t(c.done ? "clock.took" : "clock.running", { count: c.taken })}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "13 days, within the time allowed" for the head of a station. */
export function useSpanWords() {
  const { t, day } = useWords();
  return (from: string | undefined, to: string | undefined, clocks: Clock[]): string => {
    if (!from) return "";
    const parts = [
      to && day(to) !== day(from) ? t("when.span", { from: day(from), to: day(to) }) : day(from),
    ];
    if (clocks.length > 0) parts.push(t(clocks.every((c) => c.ok) ? "when.inTime" : "when.late"));
    return parts.join(" · ");
  };
}
