import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** For people who write programs against Linli. */
export const area: Area = {
  name: "developers",
  publicPages: [
    {
      path: paths.apiReference(),
      title: "developers:title",
      words: ["problems"],
      load: () => import("./ApiPage"),
    },
  ],
};
