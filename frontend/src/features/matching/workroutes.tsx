import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const buyers: Role[] = [
  "buyer_maker",
  "buyer_approver",
  "community_worker",
  "fund_manager",
  "fund_approver",
  "auditor",
];
const suppliers: Role[] = ["supplier_agent", "supplier_admin"];
const weighers: Role[] = ["platform_admin", "finance_approver"];

/** Who suits a need or project, what suits a supplier, and by which weights. */
export const area: WorkArea = {
  name: "matching",
  workPages: [
    {
      path: paths.workMatching(),
      title: "matching:index.title",
      load: () => import("./MatchingIndexPage"),
      roles: buyers,
    },
    {
      path: "/work/matching/$kind/$subjectId",
      title: "matching:ranking.title",
      load: () => import("./RankingPage"),
      roles: buyers,
    },
    {
      path: paths.workOpportunities(),
      title: "matching:opportunities.title",
      load: () => import("./OpportunitiesPage"),
      roles: suppliers,
    },
    {
      path: paths.workWeights(),
      title: "matching:weights.title",
      load: () => import("./WeightsPage"),
      roles: [...weighers, ...buyers.filter((r) => !r.startsWith("fund_")), ...suppliers],
    },
  ],
  nav: [
    { to: paths.workMatching(), label: "matching.list", group: "lists", roles: buyers },
    { to: paths.workOpportunities(), label: "matching.opportunities", group: "lists", roles: suppliers },
    {
      to: paths.workWeights(),
      label: "matching.weights",
      group: "admin",
      roles: weighers,
      counts: ["weights"],
    },
  ],
};
