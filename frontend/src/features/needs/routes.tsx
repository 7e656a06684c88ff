import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The list of needs, voices, the community worker's board and the council. */
export const area: Area = {
  name: "needs",
  publicPages: [
    { path: paths.needs(), title: "needs:list.title", full: true, load: () => import("./NeedsPage") },
    {
      path: "/voices/$voiceId",
      title: "needs:voice.title",
      words: ["problems", "action"],
      load: () => import("./VoicePage"),
    },
  ],
};
