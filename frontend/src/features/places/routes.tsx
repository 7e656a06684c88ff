import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The division tree with its history for everybody; the queue for those who answer for a place. */
export const area: Area = {
  name: "places",
  publicPages: [
    { path: paths.places(), title: "places:tree.title", load: () => import("./PlacesPage") },
    { path: "/places/$placeId", title: "places:detail.title", load: () => import("./PlacePage") },
  ],
};
