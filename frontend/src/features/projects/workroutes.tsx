import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const makers: Role[] = ["buyer_maker", "community_worker", "fund_manager"];
const buyers: Role[] = [...makers, "buyer_approver", "fund_approver"];
const finance: Role[] = ["finance_officer", "finance_approver"];

/** The project list for everybody; proposing, budgeting and planning for those who do it. */
export const area: WorkArea = {
  name: "projects",
  workPages: [
    {
      path: paths.workProjects(),
      title: "projects:work.title",
      load: () => import("./WorkProjectsPage"),
      roles: [...buyers, ...finance, "auditor", "agency"],
    },
    {
      path: paths.workPropose(),
      title: "projects:propose.title",
      load: () => import("./ProposePage"),
      roles: makers,
    },
    {
      path: "/work/projects/$projectId",
      title: "projects:detail.title",
      load: () => import("./WorkProjectPage"),
      roles: [...buyers, ...finance, "auditor", "agency"],
    },
    {
      path: paths.workBudget(),
      title: "projects:budget.title",
      load: () => import("./BudgetPage"),
      roles: [...buyers, ...finance, "auditor"],
    },
  ],
  nav: [
    {
      to: paths.workProjects(),
      label: "projects.list",
      group: "lists",
      roles: [...buyers, ...finance, "auditor", "agency"],
      counts: ["project"],
    },
    {
      to: paths.workBudget(),
      label: "projects.budget",
      group: "money",
      roles: [...buyers, ...finance, "auditor"],
    },
  ],
};
