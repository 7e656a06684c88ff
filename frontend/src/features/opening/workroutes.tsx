import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";

const officers = ["buyer_maker", "buyer_approver", "agency"] as const;
const readers = [...officers, "finance_officer", "finance_approver", "auditor"] as const;

/** Opening keys and the ceremonies in which enough officers unlock together. */
export const area: WorkArea = {
  name: "opening",
  workPages: [
    {
      path: paths.openingKey(),
      title: "opening:enrol.title",
      roles: officers,
      load: () => import("./EnrolPage"),
    },
    {
      path: "/work/tenders/$tenderId/opening",
      title: "opening:title",
      roles: readers,
      load: () => import("./OpeningPage"),
    },
  ],
  nav: [{ to: paths.openingKey(), label: "opening.key", group: "procurement", roles: officers }],
};
