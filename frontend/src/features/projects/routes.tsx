import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The project list for everybody; proposing, budgeting and planning for those who do it. */
export const area: Area = {
  name: "projects",
  publicPages: [
    { path: paths.projects(), title: "projects:list.title", load: () => import("./ProjectsPage") },
    { path: "/projects/$projectId", title: "projects:detail.title", load: () => import("./ProjectPage") },
  ],
};
