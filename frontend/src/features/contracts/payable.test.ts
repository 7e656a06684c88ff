import { describe, expect, it } from "vitest";
import type { Item } from "./model";
import { assess, decimal } from "./payable";

const items: Item[] = [
  { kind: "deliverable", name: "report", weightBp: 2000 },
  {
    kind: "indicator",
    name: "visits",
    target: "1200",
    direction: "at_least",
    proportional: true,
    weightBp: 5000,
  },
  { kind: "indicator", name: "complaints", target: "3", direction: "at_most", weightBp: 3000 },
];

describe("what is payable", () => {
  it("is rounded once, half-up, like on the server", () => {
    const got = assess(8640001, items, [
      { met: true, observed: "" },
      { met: false, observed: "1000" },
      { met: false, observed: "2" },
    ]);
    expect(got).toEqual({ payableFen: 7920001, allMet: false });
  });
  it("is the whole amount when everything is met", () => {
    const got = assess(8640001, items, [
      { met: true, observed: "" },
      { met: false, observed: "1200" },
      { met: false, observed: "3" },
    ]);
    expect(got).toEqual({ payableFen: 8640001, allMet: true });
  });
  it("waits for every figure", () => {
    expect(assess(100, items, [{ met: true, observed: "" }])).toBeUndefined();
    expect(decimal("1e3")).toBeUndefined();
  });
});
