import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The front door, and what this site says about itself. */
export const area: Area = {
  name: "home",
  publicPages: [
    { path: "/", title: "home:title", full: true, load: () => import("./HomePage") },
    { path: paths.about(), title: "home:about.title", load: () => import("./AboutPage") },
  ],
};
