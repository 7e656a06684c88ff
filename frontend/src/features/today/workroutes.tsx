import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import { everyRole } from "@/lib/session";

/** The first page of everybody's work: what waits, and what is done. */
export const area: WorkArea = {
  name: "today",
  workPages: [
    { path: paths.work(), title: "today:todo.title", load: () => import("./TodoPage") },
    { path: paths.workDone(), title: "today:done.title", load: () => import("./DonePage") },
  ],
  nav: [
    { to: paths.work(), label: "today.todo", group: "today", roles: everyRole, counts: ["*"] },
    { to: paths.workDone(), label: "today.done", group: "today", roles: everyRole },
  ],
};
