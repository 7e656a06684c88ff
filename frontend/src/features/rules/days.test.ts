import { expect, it } from "vitest";
import { daysOf } from "./days";

it("puts days under their weekday, and a worked weekend is no weekend", () => {
  const february = daysOf(2026, 1, ["2026-02-16", "2026-02-22"], ["2026-02-14", "2026-02-28"]);
  expect(february[0]?.map((d) => d?.day ?? 0)).toEqual([0, 0, 0, 0, 0, 0, 1]);
  const flat = february.flat();
  const kind = (day: number) => flat.find((d) => d?.day === day)?.kind;
  expect([kind(14), kind(16), kind(21), kind(22), kind(23), kind(28)]).toEqual([
    "worked",
    "off",
    "weekend",
    "off",
    "plain",
    "worked",
  ]);
  expect(flat.length % 7).toBe(0);
});
