import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** Community funds: the public statement, the keeper's work, the donor's pledges. */
export const area: Area = {
  name: "funds",
  publicPages: [
    { path: paths.funds(), title: "funds:list.title", words: ["status"], load: () => import("./FundsPage") },
    {
      path: paths.fund("$fundId"),
      title: "funds:fund.title",
      words: ["status", "problems"],
      load: () => import("./FundPage"),
    },
  ],
};
