import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const parties: Role[] = [
  "buyer_maker",
  "buyer_approver",
  "agency",
  "supplier_agent",
  "supplier_admin",
  "community_worker",
];
const readers: Role[] = [...parties, "finance_officer", "finance_approver", "auditor", "audit_admin"];

/** Contracts: published ones for everybody, the case for the parties and those who check. */
export const area: WorkArea = {
  name: "contracts",
  workPages: [
    {
      path: paths.workContracts(),
      title: "contracts:work.title",
      load: () => import("./WorkContractsPage"),
      roles: readers,
    },
    {
      path: "/work/contracts/new",
      title: "contracts:new.title",
      load: () => import("./NewContractPage"),
      roles: ["buyer_maker"],
    },
    {
      path: "/work/contracts/$contractId",
      title: "contracts:detail.title",
      load: () => import("./WorkContractPage"),
      words: ["action"],
      roles: readers,
    },
  ],
  nav: [
    {
      to: paths.workContracts(),
      label: "contracts.list",
      group: "procurement",
      roles: readers,
      counts: ["contract", "milestone", "award"],
    },
  ],
};
