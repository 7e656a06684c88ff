import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const keepers: Role[] = ["fund_manager", "fund_approver"];
const donors: Role[] = ["supplier_admin", "supplier_agent"];

/** Community funds: the public statement, the keeper's work, the donor's pledges. */
export const area: WorkArea = {
  name: "funds",
  workPages: [
    {
      path: paths.workFunds(),
      title: "funds:work.title",
      roles: [...keepers, "auditor"],
      words: ["status", "action"],
      load: () => import("./WorkFundsPage"),
    },
    {
      path: paths.workFund("$fundId"),
      title: "funds:fund.title",
      roles: [...keepers, "auditor"],
      words: ["status", "action"],
      load: () => import("./WorkFundPage"),
    },
    {
      path: paths.workPledges(),
      title: "funds:pledges.title",
      roles: donors,
      words: ["status", "action"],
      load: () => import("./WorkPledgesPage"),
    },
    {
      path: paths.workPledge("$pledgeId"),
      title: "funds:pledge.title",
      roles: [...donors, ...keepers, "auditor"],
      words: ["status", "action"],
      load: () => import("./WorkPledgePage"),
    },
  ],
  nav: [
    {
      to: paths.workFunds(),
      label: "funds.funds",
      group: "money",
      roles: [...keepers, "auditor"],
      counts: ["fund", "donation", "pledge", "grant"],
    },
    { to: paths.workPledges(), label: "funds.pledges", group: "money", roles: donors, counts: ["pledge"] },
  ],
};
