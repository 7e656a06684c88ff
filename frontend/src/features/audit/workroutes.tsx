import type { WorkArea } from "@/lib/area";
import { paths } from "@/lib/paths";
import type { Role } from "@/lib/session";

const auditors: Role[] = ["auditor", "audit_admin"];

/** The audit record: searched and checked by auditors, compared by anybody. */
export const area: WorkArea = {
  name: "audit",
  workPages: [
    {
      path: paths.workAudit(),
      title: "audit:title",
      roles: auditors,
      words: ["action", "status"],
      load: () => import("./AuditPage"),
    },
    {
      path: paths.workAuditRecord("$seq"),
      title: "audit:record.title",
      roles: auditors,
      words: ["action", "status"],
      load: () => import("./RecordPage"),
    },
  ],
  nav: [{ to: paths.workAudit(), label: "audit.record", group: "oversight", roles: auditors }],
};
