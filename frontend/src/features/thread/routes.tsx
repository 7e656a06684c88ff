import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The thread of a need: one public page from the first voice to the fund. */
export const area: Area = {
  name: "thread",
  publicPages: [
    {
      path: paths.need("$code"),
      title: "thread:title",
      words: ["status", "problems"],
      full: true,
      load: () => import("./ThreadPage"),
    },
  ],
};
