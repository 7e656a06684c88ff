import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";

const buyers = ["buyer_maker", "buyer_approver", "agency"] as const;
const readers = [...buyers, "finance_officer", "finance_approver", "auditor"] as const;

/** Purchases: the public notices and pages, and the buyer's case from intention to award. */
export const area: WorkArea = {
  name: "tenders",
  workPages: [
    {
      path: paths.workTenders(),
      title: "tenders:work.title",
      roles: readers,
      load: () => import("./WorkTendersPage"),
    },
    {
      path: "/work/tenders/new",
      title: "tenders:intend.title",
      roles: buyers,
      load: () => import("./IntendPage"),
    },
    {
      path: "/work/tenders/$tenderId",
      title: "tenders:work.title",
      roles: readers,
      load: () => import("./CasePage"),
    },
    {
      path: "/work/tenders/$tenderId/edit",
      title: "tenders:edit.title",
      roles: buyers,
      load: () => import("./EditPage"),
    },
    {
      path: "/work/tenders/$tenderId/evaluation",
      title: "tenders:evaluation.title",
      roles: readers,
      load: () => import("./EvaluationPage"),
    },
  ],
  nav: [
    {
      to: paths.workTenders(),
      label: "tenders.tenders",
      group: "procurement",
      roles: readers,
      counts: ["tender"],
    },
  ],
};
