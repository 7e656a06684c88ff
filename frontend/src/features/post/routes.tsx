import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Saying what one needs: one question a screen. */
export const area: Area = {
  name: "post",
  publicPages: [
    { path: paths.say(), title: "post:title", words: ["needs", "problems"], load: () => import("./SayPage") },
  ],
};
