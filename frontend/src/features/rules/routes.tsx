import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The rulebook and the calendar in force: every number this site decides by, with its source. */
export const area: Area = {
  name: "rules",
  publicPages: [
    { path: paths.rules(), title: "rules:title", words: ["problems"], load: () => import("./RulesPage") },
    {
      path: paths.calendar(),
      title: "rules:calendar.title",
      words: ["problems"],
      load: () => import("./CalendarPage"),
    },
  ],
};
