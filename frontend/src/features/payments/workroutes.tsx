import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const finance: Role[] = ["finance_officer", "finance_approver"];
const requesters: Role[] = ["buyer_maker", "supplier_agent", "supplier_admin"];
const readers: Role[] = [...requesters, "buyer_approver", ...finance, "auditor", "audit_admin"];
const books: Role[] = [...finance, "auditor", "audit_admin"];

/** Payments from request to reconciliation. */
export const area: WorkArea = {
  name: "payments",
  workPages: [
    {
      path: paths.workPayments(),
      title: "payments:list.title",
      load: () => import("./PaymentsPage"),
      roles: readers,
    },
    {
      path: "/work/payments/new",
      title: "payments:new.title",
      load: () => import("./NewPaymentPage"),
      roles: requesters,
    },
    {
      path: "/work/payments/$paymentId",
      title: "payments:detail.title",
      load: () => import("./PaymentPage"),
      words: ["action"],
      roles: readers,
    },
    {
      path: paths.workReconciliation(),
      title: "payments:reconcile.title",
      load: () => import("./ReconciliationPage"),
      roles: books,
    },
  ],
  nav: [
    { to: paths.workPayments(), label: "payments.list", group: "money", roles: readers, counts: ["payment"] },
    {
      to: paths.workReconciliation(),
      label: "payments.reconciliation",
      group: "money",
      roles: books,
      counts: ["statement"],
    },
  ],
};
