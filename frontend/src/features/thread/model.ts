/** The thread as the server tells it, and the sentence that sums it up. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

export type Thread = components["schemas"]["ThreadView"];
export type Project = components["schemas"]["ThreadProjectView"];
export type Tender = components["schemas"]["ThreadTenderView"];
export type Lot = components["schemas"]["ThreadLotView"];
export type Contract = components["schemas"]["ThreadContractView"];
export type Milestone = components["schemas"]["ThreadMilestoneView"];
export type Payment = components["schemas"]["ThreadPaymentView"];
export type StationFacts = components["schemas"]["ThreadStationView"];
export type Clock = components["schemas"]["ThreadClockView"];

export const threadQuery = (code: string) =>
  queryOptions({
    queryKey: ["needs", "thread", code],
    queryFn: () => ask(api.GET("/api/v1/threads/{code}", { params: { path: { code } } })),
  });

/** The taxonomy changes with a release, not within a visit. */
export const categoriesQuery = queryOptions({
  queryKey: ["categories"],
  queryFn: async () => (await ask(api.GET("/api/v1/categories"))).items,
  staleTime: Number.POSITIVE_INFINITY,
});

export const tendersOf = (t: Thread): Tender[] => t.projects.flatMap((p) => p.tenders);
export const contractsOf = (t: Thread): Contract[] => t.projects.flatMap((p) => p.contracts);
export const milestonesOf = (t: Thread): Milestone[] => contractsOf(t).flatMap((c) => c.milestones);
export const paymentsOf = (t: Thread): Payment[] => contractsOf(t).flatMap((c) => c.payments);
export const fundOf = (t: Thread) => t.projects.flatMap((p) => p.fund);

const latest = (days: (string | undefined)[]): string =>
  days
    .filter((d): d is string => Boolean(d))
    .sort()
    .at(-1) ?? "";

export const lastPaid = (t: Thread): string => latest(paymentsOf(t).map((p) => p.paidOn));

export const lotsOf = (t: Thread): Lot[] => tendersOf(t).flatMap((x) => x.lots);
export const awardOf = (t: Thread) => lotsOf(t).find((l) => l.award)?.award;

/** What is true now: a key of thread:now and what its sentence speaks of. */
export interface Now {
  key: string;
  /** Amounts in fen. */
  money: Record<string, number>;
  days: Record<string, string>;
  words: Record<string, string | number>;
  good?: boolean;
}

const plain = { money: {}, days: {}, words: {} };

/** The head's one sentence. It follows the money backwards: what happened last says it best. */
export function nowOf(t: Thread): Now {
  const { need, money } = t;
  if (need.mergedInto) return { ...plain, key: "merged", words: { code: need.mergedInto } };
  if (need.stage === "closed" && money.paidFen === 0) {
    return { ...plain, key: `closed_${need.outcome}`, words: { reason: need.reason } };
  }
  return moneyNow(t) ?? buyingNow(t) ?? decidingNow(t);
}

function moneyNow(t: Thread): Now | undefined {
  const { money } = t;
  const amounts = {
    paid: money.paidFen,
    due: money.dueFen,
    returned: money.returnedFen,
    value: money.contractFen,
  };
  const paid = { money: amounts, days: { day: lastPaid(t) }, words: {} };
  if (money.paidFen > 0 && money.paidFen >= money.contractFen) {
    return { ...paid, key: money.returnedFen > 0 ? "returned" : "paid", good: true };
  }
  if (money.paidFen > 0) return { ...paid, key: "partly" };
  if (money.dueFen > 0) {
    const due = latest(paymentsOf(t).map((p) => p.dueOn));
    return { money: amounts, days: due ? { day: due } : {}, words: {}, key: due ? "due" : "accepted" };
  }
  const milestones = milestonesOf(t);
  const contract = contractsOf(t).at(-1);
  if (!contract) return undefined;
  const done = milestones.filter((m) => m.acceptance && m.acceptance.payableFen > 0).length;
  const facts = {
    money: amounts,
    days: {},
    words: { done, total: milestones.length, supplier: contract.supplier },
  };
  return { ...facts, key: milestones.some((m) => m.submittedAt) ? "delivering" : "signed" };
}

function buyingNow(t: Thread): Now | undefined {
  const award = awardOf(t);
  if (award) {
    const days: Record<string, string> = award.signBy ? { day: award.signBy } : {};
    return { key: "awarded", money: { price: award.priceFen }, days, words: { supplier: award.supplier } };
  }
  const tender = tendersOf(t).at(-1);
  if (tender?.openedAt) {
    return { ...plain, key: "judging", words: { bids: Math.max(0, ...tender.lots.map((l) => l.bids)) } };
  }
  if (tender?.deadlineAt) return { ...plain, key: "tendering", days: { day: tender.deadlineAt } };
  if (tender?.intentionAt) return { ...plain, key: "intention", days: { day: tender.intentionAt } };
  const project = t.projects.at(-1);
  if (!project) return undefined;
  return project.budgetedAt
    ? { ...plain, key: "budgeted", money: { budget: project.budgetFen }, words: { buyer: project.buyer } }
    : { ...plain, key: "proposed", words: { buyer: project.buyer } };
}

function decidingNow(t: Thread): Now {
  const words = { households: t.need.households, body: t.need.body };
  if (t.need.stage === "publicised" && t.deliberation?.publicUntil) {
    return { ...plain, key: "publicised", days: { day: t.deliberation.publicUntil }, words };
  }
  return { ...plain, key: `stage_${t.need.stage}`, words };
}
