import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import { everyRole } from "@/lib/session";

/** The list of needs, voices, the community worker's board and the council. */
export const area: WorkArea = {
  name: "needs",
  workPages: [
    {
      path: paths.workVoices(),
      title: "needs:inbox.title",
      roles: ["community_worker", "council"],
      load: () => import("./InboxPage"),
    },
    { path: paths.workMine(), title: "needs:mine.title", load: () => import("./MinePage") },
    {
      path: paths.workNeeds(),
      title: "needs:board.title",
      roles: ["community_worker", "council", "buyer_maker", "buyer_approver"],
      load: () => import("./BoardPage"),
    },
    { path: "/work/needs/$needId", title: "needs:case.title", load: () => import("./CasePage") },
    {
      path: paths.workCouncil(),
      title: "needs:council.title",
      roles: ["council"],
      load: () => import("./CouncilPage"),
    },
  ],
  nav: [
    {
      to: paths.workVoices(),
      label: "needs.voices",
      group: "lists",
      roles: ["community_worker", "council"],
      counts: ["voice"],
    },
    {
      to: paths.workNeeds(),
      label: "needs.board",
      group: "lists",
      roles: ["community_worker", "council", "buyer_maker", "buyer_approver"],
      counts: ["need"],
    },
    { to: paths.workCouncil(), label: "needs.council", group: "lists", roles: ["council"] },
    {
      to: paths.workMine(),
      label: "needs.mine",
      group: "today",
      roles: everyRole.filter((r) => r === "resident" || r === "council"),
    },
  ],
};
