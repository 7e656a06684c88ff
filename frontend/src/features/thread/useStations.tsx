import { lazy, Suspense } from "react";
import { Skeleton } from "@/ui/states";
import type { Station } from "@/ui/Timeline";
import {
  awardOf,
  lastPaid,
  lotsOf,
  milestonesOf,
  paymentsOf,
  type StationFacts,
  type Thread,
  tendersOf,
} from "./model";
import { useSpanWords, useWords } from "./words";

// What a station holds is folded; it travels after the eight lines are read.
const Body = lazy(() => import("./StationBody"));

/** The eight stations: one plain line each, everything else on demand. */
export function useStations(thread: Thread): Station[] {
  const { t } = useWords();
  const span = useSpanWords();
  const lines = useLines(thread);
  return thread.stations.map((s) => {
    const reached = s.state === "done" || (s.state === "current" && s.from !== undefined);
    return {
      id: s.key,
      title: t(`station.${s.key}`),
      when: reached ? span(s.from, s.to, s.clocks) : s.state === "current" ? t("when.next") : undefined,
      line: reached
        ? lines(s)
        : t(
            s.state === "passed"
              ? "line.passed"
              : s.state === "current"
                ? `line.next_${s.key}`
                : "line.ahead",
          ),
      content: reached ? (
        <Suspense fallback={<Skeleton card={false} lines={2} />}>
          <Body thread={thread} station={s} />
        </Suspense>
      ) : undefined,
      tone: reached ? (s.key === "voices" || s.key === "acceptance" ? "voice" : undefined) : "todo",
    };
  });
}

/** One sentence for each station, from its most telling facts. */
function useLines(thread: Thread) {
  const { t, money, day, points } = useWords();
  const { need, deliberation: vote } = thread;
  const sentences: Record<string, () => string> = {
    voices: () =>
      t(need.merged > 0 ? "line.voicesMerged" : "line.voices", {
        count: need.households,
        voices: need.voices,
        merged: need.merged,
      }),
    deliberation: () =>
      vote
        ? t("line.vote", { members: vote.members, present: vote.present, yes: vote.yes })
        : t("line.onAgenda", { body: need.body }),
    project: () => {
      const p = thread.projects.at(-1);
      if (!p) return "";
      return t(
        p.budgetedAt ? (p.candidates > 0 ? "line.projectMatched" : "line.project") : "line.projectProposed",
        {
          count: p.candidates,
          budget: money(p.budgetFen),
          buyer: p.buyer,
        },
      );
    },
    tender: () => {
      const x = tendersOf(thread).at(-1);
      if (!x) return "";
      const method = t(`method.${x.method.replace(".", "_")}`);
      const bids = Math.max(-1, ...x.lots.map((l) => l.bids));
      if (x.openedAt && bids >= 0) return t("line.opened", { method, count: bids, day: day(x.openedAt) });
      if (x.deadlineAt) return t("line.tender", { method, day: day(x.deadlineAt) });
      return t("line.intention", { day: day(x.intentionAt ?? "") });
    },
    award: () => {
      const a = awardOf(thread);
      if (!a) return t("line.judging");
      const total = lotsOf(thread).length > 1 ? "line.awardLot" : "line.award";
      return t(total, { supplier: a.supplier, total: points(a.total), price: money(a.priceFen) });
    },
    delivery: () => {
      const all = milestonesOf(thread);
      const done = all.filter((m) => m.submittedAt).length;
      return all.length > 0 ? t("line.delivery", { done, count: all.length }) : t("line.signed");
    },
    acceptance: () => {
      const all = milestonesOf(thread).flatMap((m) => (m.acceptance ? [m.acceptance] : []));
      const rated = all.reduce((n, a) => n + a.rated, 0);
      const satisfied = all.reduce((n, a) => n + a.satisfied, 0);
      const passed = all.filter((a) => a.payableFen > 0).length;
      return t(rated > 0 ? "line.acceptanceRated" : "line.acceptance", { count: passed, rated, satisfied });
    },
    money: () => {
      const { paidFen, returnedFen } = thread.money;
      const times = paymentsOf(thread).filter((p) => p.paidOn).length;
      if (paidFen === 0) return t("line.requested");
      const key = returnedFen > 0 ? "line.paidReturned" : "line.paid";
      return t(key, {
        count: times,
        paid: money(paidFen),
        returned: money(returnedFen),
        day: day(lastPaid(thread)),
      });
    },
  };
  return (s: StationFacts): string => sentences[s.key]?.() ?? "";
}
