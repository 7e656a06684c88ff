import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const readers: Role[] = [
  "finance_officer",
  "finance_approver",
  "auditor",
  "audit_admin",
  "buyer_maker",
  "buyer_approver",
];

/** The control ledger: accounts, journals and the execution of the budget. */
export const area: WorkArea = {
  name: "ledger",
  workPages: [
    {
      path: paths.workLedger(),
      title: "ledger:accounts.title",
      load: () => import("./LedgerPage"),
      roles: readers,
    },
    {
      path: "/work/ledger/accounts/$accountId",
      title: "ledger:account.title",
      load: () => import("./AccountPage"),
      roles: readers,
    },
    {
      path: "/work/ledger/journals/$journalId",
      title: "ledger:journal.title",
      load: () => import("./JournalPage"),
      roles: readers,
    },
    {
      path: paths.workExecution(),
      title: "ledger:execution.title",
      load: () => import("./ExecutionPage"),
      roles: readers,
    },
  ],
  nav: [
    { to: paths.workExecution(), label: "ledger.execution", group: "money", roles: readers },
    { to: paths.workLedger(), label: "ledger.accounts", group: "money", roles: readers },
  ],
};
