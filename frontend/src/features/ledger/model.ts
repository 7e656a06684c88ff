import type { components } from "@/api/generated/schema";
import { paths } from "@/lib/paths";

type Schemas = components["schemas"];
export type AccountView = Schemas["AccountView"];
export type JournalView = Schemas["JournalView"];
export type ExecutionView = Schemas["ExecutionView"];

/** The kinds of accounts in the order money moves. */
export const kinds = [
  "appropriation",
  "budget_line",
  "commitment",
  "contract",
  "payable",
  "clearing",
  "bank",
  "fund",
  "subfund",
  "supplier",
  "expense",
] as const;

/** The page of the business object that a journal books; undefined when it has none of its own. */
export function documentOf(j: JournalView): string | undefined {
  switch (j.objectKind) {
    case "payment":
      return paths.workPayment(j.objectId);
    case "contract":
      return paths.workContract(j.objectId);
    case "acceptance":
    case "supplement":
    case "award":
      return j.contractId ? paths.workContract(j.contractId) : undefined;
    case "budget_line":
      return paths.workBudget();
    case "donation":
    case "grant":
      return paths.funds();
    default:
      return undefined;
  }
}
