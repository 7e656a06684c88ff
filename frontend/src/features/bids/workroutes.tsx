import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";

const suppliers = ["supplier_agent", "supplier_admin"] as const;

/** A supplier's own bids: drafted on the device, sealed in the browser, followed to the result. */
export const area: WorkArea = {
  name: "bids",
  workPages: [
    { path: paths.workBids(), title: "bids:list.title", roles: suppliers, load: () => import("./BidsPage") },
    { path: "/work/bids/$tenderId", title: "bids:title", roles: suppliers, load: () => import("./BidPage") },
  ],
  nav: [
    { to: paths.workBids(), label: "bids.bids", group: "procurement", roles: suppliers, counts: ["bid"] },
  ],
};
