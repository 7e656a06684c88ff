/** Amounts, instants and deadlines: the only way these are shown. */
import type { ReactNode } from "react";
import { useNow } from "@/lib/clock";
import * as format from "@/lib/format";
import { useLang, useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { Link } from "./Link";

interface MoneyProps {
  /** Integer fen; nothing known shows a dash. */
  fen: number | null | undefined;
  /** Large figures in short ("123.5 万元"), the exact one on hover and read out. */
  short?: boolean;
  /** Without the unit: in tables the column head names it. */
  bare?: boolean;
}

export function Money({ fen, short, bare }: MoneyProps) {
  const lang = useLang();
  if (fen === null || fen === undefined) return <span className="muted">—</span>;
  const exact = format.money(fen, lang);
  if (bare) return <span className="num">{format.yuan(fen)}</span>;
  if (!short) return <span className="num nowrap">{exact}</span>;
  return (
    <span className="num nowrap" title={exact}>
      {format.yuanShort(fen, lang)}
    </span>
  );
}

interface DateProps {
  at: string | null | undefined;
  /** Only the day. */
  day?: boolean;
  /** With the year, whatever year it is: on paper and in vouchers. */
  full?: boolean;
}

export function DateTime({ at, day, full }: DateProps) {
  const lang = useLang();
  const now = useNow();
  if (!at) return <span className="muted">—</span>;
  const dateOnly = day || at.length === 10;
  return (
    <time dateTime={at} className="num">
      {dateOnly
        ? format.date(at, lang, full ? undefined : now)
        : format.dateTime(at, lang, full ? undefined : now)}
    </time>
  );
}

export const Day = (props: Omit<DateProps, "day">) => <DateTime {...props} day />;

const soonMs = 3 * 86_400_000;

/** "还有 2 天 4 小时（5 月 12 日 17:00 截止）": never only relative, never only absolute. */
export function Deadline({ at, done }: { at: string | null | undefined; done?: boolean }) {
  const { t, lang } = useTranslation("ui");
  const now = useNow();
  if (!at) return <span className="muted">—</span>;
  // A date without a time ends with its day.
  const end = at.length === 10 ? new Date(`${at}T23:59:59+08:00`) : new Date(at);
  const when = at.length === 10 ? format.date(at, lang, now) : format.dateTime(at, lang, now);
  const left = end.getTime() - now.getTime();
  if (done) return <time dateTime={at}>{t("deadline.was", { when })}</time>;
  const late = left <= 0;
  const key = late ? "deadline.over" : "deadline.left";
  return (
    <time dateTime={at} className={`deadline num ${late ? "late" : left < soonMs ? "soon" : ""}`}>
      {t(key, { span: format.span(left, lang), when })}
    </time>
  );
}

/** 955 → 95.5 %: the API sends basis points of one hundredth. */
export const Percent = ({ bp }: { bp: number }) => <span className="num">{format.percent(bp)}</span>;

export const Count = ({ n }: { n: number }) => <span className="num">{format.count(n)}</span>;

/** A recorded reason: what a person wrote, or the words for a code that the system noted. */
export function ReasonWords({ reason }: { reason: string }) {
  const { t } = useTranslation("action");
  const key = `reason.${reason}`;
  const words = t(key);
  if (words === key) return <>{reason}</>;
  return <span title={reason}>{words}</span>;
}

interface RulesOfProps {
  /** When it was decided. */
  at: string;
  /** "CN@1a2b3c4d5e6f": names exactly these rules, for those who compare. */
  version: string;
  children: ReactNode;
}

/** The rules a decision was made by, as a link to what they were on that day. */
export function RulesOf({ at, version, children }: RulesOfProps) {
  return (
    <>
      <Link to={withSearch(paths.rules(), { date: format.isoDate(new Date(at)) })}>{children}</Link>{" "}
      <code className="tiny muted">{version}</code>
    </>
  );
}
