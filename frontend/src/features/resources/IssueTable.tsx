import type { components } from "@/api/generated/schema";
import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import { Tag } from "@/ui/Status";

type Issue = components["schemas"]["IssueView"];

/** Rows at fault: line, column, what stands there and what is wrong with it. */
export function IssueTable({ issues }: { issues: Issue[] }) {
  const { t } = useTranslation("resources");
  if (issues.length === 0) return null;
  return (
    <div className="issues">
      <DataTable
        caption={t("exchange.issues")}
        rows={issues.map((i, n) => ({ ...i, key: `${i.line}/${i.column}/${n}` }))}
        rowKey={(i) => i.key}
        columns={[
          { id: "line", head: t("exchange.line"), right: true, shrink: true, cell: (i) => i.line || "—" },
          {
            id: "column",
            head: t("exchange.column"),
            shrink: true,
            cell: (i) => <code>{i.column || "—"}</code>,
          },
          {
            id: "value",
            head: t("exchange.value"),
            cell: (i) => i.value || <span className="muted">—</span>,
          },
          {
            id: "what",
            head: t("exchange.what"),
            title: true,
            cell: (i) => (
              <>
                {i.warning && <Tag tone="wait">{t("exchange.warning")}</Tag>} {i.title}
              </>
            ),
          },
        ]}
      />
    </div>
  );
}
