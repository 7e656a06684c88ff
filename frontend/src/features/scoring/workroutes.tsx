import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";

const members = ["expert", "buyer_maker"] as const;

/** The committee: declarations, checks, scoresheets and decisions about prices. */
export const area: WorkArea = {
  name: "scoring",
  workPages: [
    {
      path: paths.workReviews(),
      title: "scoring:list.title",
      roles: members,
      load: () => import("./ReviewsPage"),
    },
    {
      path: "/work/tenders/$tenderId/scoring",
      title: "scoring:title",
      roles: members,
      load: () => import("./ScoringPage"),
    },
  ],
  nav: [{ to: paths.workReviews(), label: "scoring.reviews", group: "procurement", roles: ["expert"] }],
};
