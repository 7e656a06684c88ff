import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const owners: Role[] = ["supplier_admin", "community_worker"];
const importers: Role[] = ["platform_admin", "community_worker", "buyer_maker", "fund_manager"];

/** The resource list for everybody; describing what one offers for those who offer it. */
export const area: WorkArea = {
  name: "resources",
  workPages: [
    {
      path: paths.workResources(),
      title: "resources:own.title",
      load: () => import("./OwnPage"),
      roles: owners,
    },
    {
      path: paths.workProfile(),
      title: "resources:profile.title",
      load: () => import("./ProfilePage"),
      roles: ["supplier_admin", "community_worker"],
    },
    {
      path: "/work/resources/services/$serviceId",
      title: "resources:service.title",
      load: () => import("./ServiceFormPage"),
      roles: owners,
    },
    {
      path: "/work/resources/items/$resourceId",
      title: "resources:item.title",
      load: () => import("./ItemFormPage"),
      roles: owners,
    },
    {
      path: paths.workImport(),
      title: "resources:exchange.title",
      load: () => import("./ImportPage"),
      roles: importers,
    },
  ],
  nav: [
    {
      to: paths.workResources(),
      label: "resources.own",
      group: "lists",
      roles: owners,
      counts: ["mistake"],
    },
    { to: paths.workImport(), label: "resources.import", group: "lists", roles: importers },
  ],
};
