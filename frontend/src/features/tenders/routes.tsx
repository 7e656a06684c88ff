import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Purchases: the public notices and pages, and the buyer's case from intention to award. */
export const area: Area = {
  name: "tenders",
  publicPages: [
    { path: paths.tenders(), title: "tenders:list.title", load: () => import("./TendersPage") },
    {
      path: "/tenders/$tenderId",
      title: "tenders:list.title",
      words: ["problems"],
      load: () => import("./TenderPage"),
    },
    { path: paths.notices(), title: "tenders:notices.title", load: () => import("./NoticesPage") },
    { path: "/notices/$noticeId", title: "tenders:notices.title", load: () => import("./NoticePage") },
  ],
};
