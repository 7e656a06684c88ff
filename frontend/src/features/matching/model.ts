/** Types and sentences that the matching pages share. */
import type { components } from "@/api/generated/schema";
import { count, money, percent } from "@/lib/format";
import { type Lang, listed, type Params, type Translate } from "@/lib/i18n";

export type Line = components["schemas"]["LineView"];
export type Ranked = components["schemas"]["RankedView"];
export type Term = components["schemas"]["TermView"];
export type Gate = components["schemas"]["GateView"];
export type Subject = components["schemas"]["SubjectView"];
export type Weights = components["schemas"]["WeightsView"];
export type Kept = components["schemas"]["MatchingView"];
export type SubjectKind = "need" | "project";

/** 10,000 points are shown as 100.00: people read hundredths, the sum stays exact. */
export const score = (points: number): string => (points / 100).toFixed(2);

const metres = (m: number, t: Translate) =>
  m < 1000 ? t("unit.metres", { n: count(m) }) : t("unit.kilometres", { n: (m / 1000).toFixed(1) });

/** One term in plain words, made of its numbers; never free text. */
export function termSentence(term: Term, t: Translate, lang: Lang): string {
  const key = `term.${term.name}`;
  if (term.unknown) return t(`${key}.unknown`);
  const say = (variant: string, params: Params) => t(`${key}.${variant}`, params);
  switch (term.name) {
    case "fit":
      if (term.raw === 0) return say("same", {});
      return say(term.raw > 0 ? "broader" : "narrower", { n: Math.abs(term.raw) });
    case "reach": {
      if (term.of <= 1) return say("here", {}) + (term.estimated ? say("estimated", {}) : "");
      const walk = say(term.of <= 60 ? "walk" : "far", { minutes: term.of, distance: metres(term.raw, t) });
      return term.estimated ? walk + say("estimated", {}) : walk;
    }
    case "slack":
      return say("free", { free: count(term.raw), total: count(term.of) });
    case "grade":
      return term.raw > 0 ? say("held", { grade: term.raw }) : say("none", {});
    case "track":
      return say("rated", { mean: ((term.raw / 10_000) * 5).toFixed(1), n: term.of });
    default: {
      const price = money(term.raw, lang);
      const under = term.of - term.raw;
      if (under < 0) return say("over", { price });
      return say("under", { price, share: percent(Math.round((under / term.of) * 10_000)) });
    }
  }
}

const epochDay = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);

/** Why a gate refused, with the numbers that say so. */
export function gateSentence(gate: Gate, t: Translate, lang: Lang): string {
  return t(`gate.${gate.code}`, gateParams(gate, t, lang));
}

/** What would make the pairing possible. */
export function remedySentence(gate: Gate, t: Translate, lang: Lang): string {
  return t(`remedy.${gate.remedy}`, gateParams(gate, t, lang));
}

function gateParams(gate: Gate, t: Translate, lang: Lang): Params {
  const items = listed(gate.items, lang);
  switch (gate.rule) {
    case "area":
      return {
        needed: metres(gate.needed, t),
        has: metres(gate.has, t),
        missing: metres(gate.needed - gate.has, t),
      };
    case "price":
      return { needed: money(gate.needed, lang), has: money(gate.has, lang) };
    case "grade":
      if (gate.code === "grade.expired") return { until: epochDay(gate.has), needed: "", has: "" };
      return { needed: gate.needed, has: gate.has };
    default:
      return { needed: gate.needed, has: gate.has, missing: gate.needed - gate.has, items };
  }
}
