/** What the pages of purchasing share: types of the API, points, and the stages of a lot. */
import type { components } from "../api/generated/schema";

type Schemas = components["schemas"];
export type Tender = Schemas["TenderView"];
export type TenderLine = Schemas["TenderLine"];
export type Lot = Schemas["LotView"];
export type Workbench = Schemas["WorkbenchView"];
export type WorkbenchBid = Schemas["WorkbenchBid"];
export type Hall = Schemas["HallView"];
export type OwnBid = Schemas["OwnBidView"];
export type Receipt = Schemas["EnvelopeReceipt"];
export type Remedy = Schemas["ChallengeView"];
export type Criterion = Schemas["CriterionBody"];
export type Condition = Schemas["ConditionBody"];
export type NextAction = Schemas["ActionView"];

/** Hundredths of a point as they are shown: 8775 → "87.75". */
export const points = (hundredths: number): string => {
  const whole = Math.trunc(hundredths / 100);
  return `${whole}.${String(hundredths - whole * 100).padStart(2, "0")}`;
};

/** "87.75" → 8775; null for anything that is no score. */
export function parsePoints(text: string): number | null {
  const found = /^(\d{1,3})(?:\.(\d{1,2}))?$/.exec(text.trim());
  if (!found) return null;
  return Number(found[1]) * 100 + Number((found[2] ?? "").padEnd(2, "0"));
}

/** The stages shown in the step bar, with the states that belong to each. */
export const stages: [name: string, states: string[]][] = [
  ["intention", ["intention"]],
  ["drafting", ["drafting"]],
  ["reviewed", ["reviewed", "published"]],
  ["open", ["open", "clarified"]],
  ["closed", ["closed"]],
  ["opened", ["opened", "qualification", "conformity"]],
  ["evaluation", ["evaluation"]],
  ["candidates", ["candidates", "confirmed"]],
  ["announced", ["announced"]],
  ["contracting", ["contracting", "done"]],
];

const order = stages.flatMap(([, states]) => states);

/** Whether a state lies at or beyond another on the main path. */
export const reached = (state: string, stage: string): boolean =>
  order.indexOf(state) >= order.indexOf(stage);

/** The lot a page is about: named in the address, else the first. */
export const lotOf = <T extends { id: string }>(lots: T[], id: string | undefined): T | undefined =>
  lots.find((l) => l.id === id) ?? lots[0];

/** Whether the bids of a lot were opened: only then is there anything to judge or to read. */
export const wasOpened = (tender: Tender, lot: Lot): boolean =>
  tender.history.some((h) => h.lotNo === lot.no && h.to === "opened");

/** The actions of one lot, or those on the documents of all lots. */
export const actionsOf = (all: NextAction[], lotId = ""): NextAction[] =>
  all.filter((a) => (a.lotId ?? "") === lotId);
