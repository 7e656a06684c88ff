import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const organisers: Role[] = [
  "supplier_admin",
  "community_worker",
  "buyer_approver",
  "finance_approver",
  "fund_manager",
];
const site: Role[] = ["platform_admin", "security_admin", "audit_admin"];

/** People, organisations and roles; and what administrators of the platform do. */
export const area: WorkArea = {
  name: "admin",
  workPages: [
    {
      path: paths.workParties(),
      title: "admin:parties.title",
      roles: [...site, "auditor", ...organisers],
      load: () => import("./PartiesPage"),
    },
    {
      path: "/work/parties/$partyId",
      title: "admin:party.title",
      roles: [...site, "auditor", ...organisers],
      load: () => import("./PartyPage"),
    },
    {
      path: paths.workPeople(),
      title: "admin:people.title",
      roles: ["platform_admin", "security_admin", ...organisers],
      load: () => import("./PeoplePage"),
    },
    {
      path: paths.workAdminActs(),
      title: "admin:acts.title",
      roles: site,
      load: () => import("./ActsPage"),
    },
    {
      path: paths.workSystem(),
      title: "admin:system.title",
      roles: ["platform_admin"],
      load: () => import("./SystemPage"),
    },
  ],
  nav: [
    {
      to: paths.workParties(),
      label: "admin.parties",
      group: "admin",
      roles: [...site, "auditor", ...organisers],
    },
    {
      to: paths.workPeople(),
      label: "admin.people",
      group: "admin",
      roles: ["platform_admin", "security_admin", ...organisers],
    },
    { to: paths.workAdminActs(), label: "admin.acts", group: "admin", roles: site },
    { to: paths.workSystem(), label: "admin.system", group: "admin", roles: ["platform_admin"] },
  ],
};
