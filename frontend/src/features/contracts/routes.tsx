import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Contracts: published ones for everybody, the case for the parties and those who check. */
export const area: Area = {
  name: "contracts",
  publicPages: [
    { path: paths.contracts(), title: "contracts:list.title", load: () => import("./ContractsPage") },
    {
      path: "/contracts/$contractId",
      title: "contracts:detail.title",
      load: () => import("./ContractPage"),
      words: ["action"],
    },
    {
      path: "/contracts/$contractId/print",
      title: "contracts:detail.title",
      load: () => import("./PrintPage"),
    },
  ],
};
