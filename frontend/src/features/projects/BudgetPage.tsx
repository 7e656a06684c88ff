import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { can } from "@/lib/session";
import { Button } from "@/ui/Button";
import { ChipBar, ChipSelect, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead, Sums } from "@/ui/layout";
import { Empty, Loaded } from "@/ui/states";
import { TakeAway } from "@/ui/TakeAway";
import { Money } from "@/ui/values";
import { AdjustDialog, RecordDialog } from "./LineForms";
import { type BudgetLine, budgetLinesQuery } from "./model";
import "./projects.css";

/**
 * Budget lines: what was approved, what projects hold and what is free; here they are recorded
 * and adjusted. How far the money is spent is told by the execution of the budget.
 */
export default function BudgetPage() {
  const { t } = useTranslation("projects");
  const [filters, set] = useFilters<"year">();
  const [open, setOpen] = useState<BudgetLine | "new">();
  const year = Number(filters.year) || undefined;
  const query = useQuery(budgetLinesQuery(year ? { fiscalYear: year } : {}));
  const record = can("budget.record") && (
    <Button kind="primary" icon="plus" onClick={() => setOpen("new")}>
      {t("budget.record")}
    </Button>
  );
  const close = () => setOpen(undefined);
  return (
    <>
      <PageHead
        title={t("budget.title")}
        sub={
          <>
            {t("budget.sub")}{" "}
            {can("ledger.read") && (
              <Link to={withSearch(paths.workExecution(), { year: filters.year })}>{t("budget.spent")}</Link>
            )}
          </>
        }
        actions={
          <>
            {query.data && <TakeAway sheet={() => sheetOf(query.data, t)} />}
            {record}
          </>
        }
      />
      <div className="stack">
        <ChipBar label={t("list.filters")}>
          <ChipSelect
            label={t("budget.year")}
            value={filters.year}
            onChange={(y) => set({ year: y })}
            options={["2027", "2026", "2025", "2024"].map((y) => ({ value: y, label: y }))}
          />
        </ChipBar>
        <Loaded query={query}>
          {(lines) => (
            <Lines
              lines={lines}
              onAdjust={setOpen}
              empty={
                <Empty title={t("budget.none")} action={record || undefined}>
                  {t("budget.noneText")}
                </Empty>
              }
            />
          )}
        </Loaded>
      </div>
      {open === "new" && <RecordDialog onClose={close} />}
      {open && open !== "new" && <AdjustDialog line={open} onClose={close} />}
    </>
  );
}

const sheetOf = (lines: BudgetLine[], t: (key: string) => string) => ({
  name: "linli-budget",
  head: [
    "owner",
    "line",
    "year",
    "source",
    "function",
    "economy",
    "approved",
    "held",
    "committed",
    "used",
    "free",
  ].map((c) => t(`budget.${c}`)),
  rows: lines.map((l) => [
    l.partyName,
    l.title,
    l.fiscalYear,
    t(`source.${l.source}`),
    l.functionCode,
    l.economyCode,
    ...[l.approvedFen, l.heldFen, l.committedFen, l.usedFen, l.freeFen].map((fen) => ({ fen })),
  ]),
});

const total = (lines: BudgetLine[], of: (l: BudgetLine) => number) =>
  lines.reduce((sum, l) => sum + of(l), 0);

function Lines({
  lines,
  onAdjust,
  empty,
}: {
  lines: BudgetLine[];
  onAdjust: (l: BudgetLine) => void;
  empty: React.ReactNode;
}) {
  const { t } = useTranslation("projects");
  if (lines.length === 0) return <>{empty}</>;
  const column = (id: string, of: (l: BudgetLine) => number) => ({
    id,
    head: t(`budget.${id}`),
    right: true,
    cell: (l: BudgetLine) => <Money fen={of(l)} bare />,
    foot: <Money fen={total(lines, of)} bare />,
  });
  return (
    <div className="stack">
      <Sums
        items={[
          { label: t("budget.approved"), value: <Money fen={total(lines, (l) => l.approvedFen)} short /> },
          {
            label: t("budget.held"),
            value: <Money fen={total(lines, (l) => l.heldFen)} short />,
            to: paths.workProjects(),
            note: t("budget.heldNote"),
          },
          {
            label: t("budget.free"),
            value: <Money fen={total(lines, (l) => l.freeFen)} short />,
            note: t("budget.freeNote"),
          },
        ]}
      />
      <p className="small muted">{t("budget.unit")}</p>
      <DataTable
        caption={t("budget.title")}
        rows={lines}
        rowKey={(l) => l.id}
        columns={[
          {
            id: "title",
            head: t("budget.line"),
            title: true,
            cell: (l) => (
              <>
                {l.title}
                <div className="small muted">
                  {l.fiscalYear} · {t(`source.${l.source}`)} ·{" "}
                  <span className="mono">
                    {l.functionCode}/{l.economyCode}
                  </span>
                </div>
                <div className="small muted">{l.partyName}</div>
              </>
            ),
          },
          { id: "bar", head: t("budget.bar"), cell: (l) => <LineBar line={l} /> },
          column("approved", (l) => l.approvedFen),
          column("held", (l) => l.heldFen),
          column("free", (l) => l.freeFen),
          {
            id: "adjust",
            head: "",
            shrink: true,
            cell: (l) =>
              l.mayAdjust && (
                <Button small onClick={() => onAdjust(l)}>
                  {t("budget.adjust")}
                </Button>
              ),
          },
        ]}
      />
    </div>
  );
}

/** Held, committed and paid to the scale of what is approved; the figures stand beside it. */
function LineBar({ line }: { line: BudgetLine }) {
  const width = (fen: number) => `${Math.min(100, (fen / line.approvedFen) * 100)}%`;
  return (
    <svg className="linebar" height="12" aria-hidden="true">
      <rect className="track" width="100%" height="12" rx="3" />
      <rect className="held" width={width(line.heldFen)} height="12" rx="3" />
      <rect className="committed" width={width(line.committedFen)} height="12" rx="3" />
      <rect className="used" width={width(line.usedFen)} height="12" rx="3" />
    </svg>
  );
}
