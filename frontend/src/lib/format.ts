/**
 * Amounts, dates and durations as people read them. Money is an integer of fen from the form
 * to the database and never a float; every instant is shown in Asia/Shanghai, because
 * deadlines are set there.
 */
import type { Lang } from "./i18n";

export const ZONE = "Asia/Shanghai";

/** 123456789 → "1,234,567.89". Integers only; digits are grouped by hand so that 2^53 stays exact. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? "-" : "";
  const digits = String(Math.abs(Math.trunc(fen))).padStart(3, "0");
  const whole = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ",");
  return `${sign}${whole}.${digits.slice(-2)}`;
}

/** The exact amount with its unit: "1,234.00 元" / "¥1,234.00". */
export const money = (fen: number, lang: Lang): string =>
  lang === "zh" ? `${yuan(fen)} 元` : `¥${yuan(fen)}`;

/** Large figures in short: 123.5 万元 / ¥1.2M. Below 10,000 yuan the exact amount. */
export function yuanShort(fen: number, lang: Lang): string {
  const value = Math.abs(fen) / 100;
  const sign = fen < 0 ? "-" : "";
  const step = (unit: number) => `${sign}${trim(Math.round((value / unit) * 10) / 10)}`;
  if (lang === "zh") {
    if (value >= 1e8) return `${step(1e8)} 亿元`;
    return value >= 1e4 ? `${step(1e4)} 万元` : `${yuan(fen)} 元`;
  }
  if (value >= 1e6) return `¥${step(1e6)}M`;
  return value >= 1e4 ? `¥${step(1e3)}k` : `¥${yuan(fen)}`;
}

const trim = (n: number) => n.toLocaleString("en", { maximumFractionDigits: 1 });

/** "1,234.56", "1234.5", "1234" → fen; null for anything else. Mirrors money.ParseYuan on the server. */
export function parseYuan(text: string): number | null {
  const found = /^(-?)(\d+)(?:\.(\d{1,2}))?$/.exec(text.trim().replaceAll(",", "").replaceAll("，", ""));
  if (!found) return null;
  const fen = Number(found[2] + (found[3] ?? "").padEnd(2, "0"));
  if (!Number.isSafeInteger(fen)) return null;
  return found[1] ? -fen : fen;
}

const cache = new Map<string, Intl.DateTimeFormat>();

function formatter(lang: Lang, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = lang + JSON.stringify(options);
  let found = cache.get(key);
  if (!found) {
    found = new Intl.DateTimeFormat(lang === "zh" ? "zh-CN" : "en-GB", { timeZone: ZONE, ...options });
    cache.set(key, found);
  }
  return found;
}

const instant = (value: string | Date) =>
  typeof value === "string" ? new Date(value.length === 10 ? `${value}T00:00:00+08:00` : value) : value;

/** "2026年5月12日" / "12 May 2026"; the year is left out when it is the year of `now`. */
export function date(value: string | Date, lang: Lang, now?: Date): string {
  const at = instant(value);
  const sameYear = now !== undefined && yearOf(at) === yearOf(now);
  const options: Intl.DateTimeFormatOptions = { month: lang === "zh" ? "long" : "short", day: "numeric" };
  if (!sameYear) options.year = "numeric";
  return spaced(formatter(lang, options).format(at), lang);
}

/** "2026-03" → "2026年3月" / "March 2026". */
export const month = (value: string, lang: Lang): string =>
  spaced(formatter(lang, { year: "numeric", month: "long" }).format(instant(`${value}-01`)), lang);

/** "03-31", a day of every year → "3 月 31 日" / "31 Mar". */
export const yearly = (value: string, lang: Lang): string =>
  spaced(
    formatter(lang, { month: lang === "zh" ? "long" : "short", day: "numeric" }).format(
      instant(`2024-${value}`),
    ),
    lang,
  );

export const time = (value: string | Date, lang: Lang): string =>
  formatter(lang, { hour: "2-digit", minute: "2-digit", hour12: false }).format(instant(value));

export const dateTime = (value: string | Date, lang: Lang, now?: Date): string =>
  `${date(value, lang, now)} ${time(value, lang)}`;

const yearOf = (at: Date) => formatter("en", { year: "numeric" }).format(at);

/** 5月12日 → 5 月 12 日: figures stand apart from Chinese text. */
const spaced = (text: string, lang: Lang) =>
  lang === "zh" ? text.replace(/(\d+)/g, " $1 ").replace(/\s+/g, " ").trim() : text;

/** Today's date in Shanghai as 2026-03-02, the form the API speaks. */
export function isoDate(at: Date): string {
  const parts = formatter("en", { year: "numeric", month: "2-digit", day: "2-digit" }).formatToParts(at);
  const part = (type: string) => parts.find((p) => p.type === type)?.value ?? "";
  return `${part("year")}-${part("month")}-${part("day")}`;
}

/** A span in its two largest units: "2 天 4 小时" / "2 days 4 hours"; never less than a minute. */
export function span(milliseconds: number, lang: Lang): string {
  const minutes = Math.max(1, Math.floor(Math.abs(milliseconds) / 60_000));
  const sizes: [number, string, string][] = [
    [Math.floor(minutes / 1440), "天", "day"],
    [Math.floor((minutes % 1440) / 60), "小时", "hour"],
    [minutes % 60, "分钟", "minute"],
  ];
  const first = sizes.findIndex(([n]) => n > 0);
  return sizes
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, zh, en]) => (lang === "zh" ? `${n} ${zh}` : `${n} ${en}${n === 1 ? "" : "s"}`))
    .join(" ");
}

/** 0.955 → "95.5 %"; basis points are what the API sends. */
export const percent = (basisPoints: number): string => `${trim(basisPoints / 100)} %`;

export const count = (n: number): string => n.toLocaleString("en");
