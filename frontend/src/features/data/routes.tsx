import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The figures of the city: what is asked for, what became of it, where the money is. */
export const area: Area = {
  name: "data",
  publicPages: [{ path: paths.data(), title: "data:title", load: () => import("./DataPage") }],
};
