import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const deciders: Role[] = ["platform_admin", "community_worker", "buyer_maker"];

/** The division tree with its history for everybody; the queue for those who answer for a place. */
export const area: WorkArea = {
  name: "places",
  workPages: [
    {
      path: paths.workPlaces(),
      title: "places:queue.title",
      load: () => import("./QueuePage"),
      roles: deciders,
    },
    {
      path: "/work/places/queue/$questionId",
      title: "places:question.title",
      load: () => import("./QuestionPage"),
      roles: deciders,
    },
  ],
  nav: [
    { to: paths.workPlaces(), label: "places.queue", group: "lists", roles: deciders, counts: ["rehoming"] },
  ],
};
