import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Becoming, being and proving somebody: the ways in, and one's own account. */
export const area: WorkArea = {
  name: "account",
  workPages: [
    { path: "/work/role", title: "account:role.title", load: () => import("./ChooseRolePage") },
    { path: paths.account(), title: "account:mine.title", load: () => import("./AccountPage") },
  ],
};
