import type { Area } from "@/lib/area";
import { paths } from "@/lib/paths";

/** The audit record: searched and checked by auditors, compared by anybody. */
export const area: Area = {
  name: "audit",
  publicPages: [
    {
      path: paths.proof(),
      title: "audit:proof.title",
      words: ["problems"],
      load: () => import("./ProofPage"),
    },
  ],
};
