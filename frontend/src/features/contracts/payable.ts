/** What findings make payable, exactly as the server computes it: Σ weight × share, rounded once, half-up. */
import type { Item } from "./model";

export interface Finding {
  met: boolean;
  observed: string;
}

interface Ratio {
  num: bigint;
  den: bigint;
}

const none: Ratio = { num: 0n, den: 1n };
const whole: Ratio = { num: 1n, den: 1n };

/** "12.5" as an exact ratio; undefined for anything that is no plain decimal. */
export function decimal(text: string): Ratio | undefined {
  const found = /^(\d{1,15})(?:\.(\d{1,10}))?$/.exec(text.trim());
  if (!found) return undefined;
  const places = found[2] ?? "";
  return { num: BigInt(found[1] + places), den: 10n ** BigInt(places.length) };
}

const less = (a: Ratio, b: Ratio) => a.num * b.den < b.num * a.den;

/** Undefined while a figure is missing. */
export function share(item: Item, finding: Finding): Ratio | undefined {
  if (item.kind === "deliverable") return finding.met ? whole : none;
  const observed = decimal(finding.observed);
  const target = decimal(item.target ?? "");
  if (!observed || !target) return undefined;
  const met = item.direction === "at_most" ? !less(target, observed) : !less(observed, target);
  if (met) return whole;
  return item.proportional ? { num: observed.num * target.den, den: observed.den * target.num } : none;
}

export interface Assessment {
  payableFen: number;
  allMet: boolean;
}

export function assess(amountFen: number, items: Item[], findings: Finding[]): Assessment | undefined {
  let sum = none;
  let allMet = true;
  for (const [i, item] of items.entries()) {
    const s = share(item, findings[i] ?? { met: false, observed: "" });
    if (!s) return undefined;
    allMet = allMet && s.num === s.den;
    const part: Ratio = { num: s.num * BigInt(item.weightBp), den: s.den * 10_000n };
    sum = { num: sum.num * part.den + part.num * sum.den, den: sum.den * part.den };
  }
  const fen = (BigInt(amountFen) * sum.num * 2n + sum.den) / (sum.den * 2n);
  return { payableFen: Number(fen), allMet };
}
