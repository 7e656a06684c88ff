import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The resource list for everybody; describing what one offers for those who offer it. */
export const area: Area = {
  name: "resources",
  publicPages: [
    { path: paths.resources(), title: "resources:list.title", load: () => import("./ResourcesPage") },
    {
      path: "/organizations/$organizationId",
      title: "resources:organization.title",
      load: () => import("./OrganizationPage"),
    },
    { path: "/services/$serviceId", title: "resources:service.title", load: () => import("./ServicePage") },
    { path: "/resources/$resourceId", title: "resources:item.title", load: () => import("./ItemPage") },
  ],
};
