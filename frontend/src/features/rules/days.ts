/** The days of a month in weeks that begin on Monday, each with what kind of day it is. */
export type DayKind = "off" | "worked" | "weekend" | "plain";

export interface DayCell {
  day: number;
  kind: DayKind;
}

const two = (n: number) => String(n).padStart(2, "0");
export const isoDay = (year: number, month: number, day: number) => `${year}-${two(month + 1)}-${two(day)}`;

export function daysOf(year: number, month: number, off: string[], working: string[]): (DayCell | null)[][] {
  const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const lead = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  const cells: (DayCell | null)[] = Array.from({ length: lead }, () => null);
  for (let day = 1; day <= last; day++) {
    const iso = isoDay(year, month, day);
    const weekend = (lead + day - 1) % 7 >= 5;
    const kind: DayKind = off.includes(iso)
      ? "off"
      : working.includes(iso)
        ? "worked"
        : weekend
          ? "weekend"
          : "plain";
    cells.push({ day, kind });
  }
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, w) => cells.slice(w * 7, w * 7 + 7));
}
