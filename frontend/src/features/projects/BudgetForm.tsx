import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button, IconButton } from "@/ui/Button";
import { Select } from "@/ui/fields";
import { Card, KeyValue } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Empty, Loaded, ProblemNotice } from "@/ui/states";
import { Money } from "@/ui/values";
import { type BudgetLine, budgetLinesQuery, type ProjectView, refreshed } from "./model";

interface Row {
  key: number;
  lineId: string;
  fen: number | null;
}

/** Finance names the lines that carry a project, to the fen. */
export function BudgetForm(props: { p: ProjectView; onClose: () => void; onReload: () => void }) {
  const { t } = useTranslation("projects");
  const query = useQuery(budgetLinesQuery({ partyId: props.p.partyId }));
  return (
    <Card title={t("action.budget")}>
      <Loaded query={query}>
        {(lines) => {
          const own = lines.filter((l) => l.partyId === props.p.partyId && l.freeFen > 0);
          if (own.length === 0) return <Empty title={t("budget.noLine")}>{t("budget.noLineText")}</Empty>;
          return <Form {...props} lines={own} />;
        }}
      </Loaded>
    </Card>
  );
}

function Form({
  p,
  lines,
  onClose,
  onReload,
}: {
  p: ProjectView;
  lines: BudgetLine[];
  onClose: () => void;
  onReload: () => void;
}) {
  const { t, lang } = useTranslation("projects");
  const [rows, setRows] = useState<Row[]>([
    { key: 0, lineId: lines.length === 1 ? (lines[0]?.id ?? "") : "", fen: p.amountFen },
  ]);
  const patch = (key: number, change: Partial<Row>) =>
    setRows(rows.map((r) => (r.key === key ? { ...r, ...change } : r)));
  const given = rows.reduce((sum, r) => sum + (r.fen ?? 0), 0);
  const rest = p.amountFen - given;
  const write = useWrite(
    (from: { lineId: string; amountFen: number }[], key) =>
      ask(
        api.POST("/api/v1/projects/{id}/budget", {
          params: { path: { id: p.id }, header: { ...ifMatch(p.version), ...key } },
          body: { from },
        }),
      ),
    { refresh: refreshed, onDone: onClose },
  );
  const complete = rows.every((r) => r.lineId && r.fen) && rest === 0;
  return (
    <div className="stack">
      <p className="muted">{t("explain.budget")}</p>
      <div className="repeat">
        {rows.map((r) => (
          <div className="repeatrow" key={r.key}>
            <Select
              label={t("budget.line")}
              value={r.lineId}
              onChange={(lineId) => patch(r.key, { lineId })}
              options={lines.map((l) => ({
                value: l.id,
                label: t("budget.option", {
                  year: l.fiscalYear,
                  title: l.title,
                  code: l.economyCode,
                  free: money(l.freeFen, lang),
                }),
                disabled: rows.some((o) => o.key !== r.key && o.lineId === l.id),
              }))}
            />
            <MoneyField label={t("lot.amount")} value={r.fen} onChange={(fen) => patch(r.key, { fen })} />
            {rows.length > 1 ? (
              <IconButton
                icon="cross"
                label={t("form.remove")}
                onClick={() => setRows(rows.filter((o) => o.key !== r.key))}
              />
            ) : (
              <span />
            )}
          </div>
        ))}
      </div>
      {rows.length < lines.length && (
        <div>
          <Button
            small
            icon="plus"
            onClick={() =>
              setRows([
                ...rows,
                { key: Math.max(...rows.map((r) => r.key)) + 1, lineId: "", fen: rest > 0 ? rest : null },
              ])
            }
          >
            {t("budget.addLine")}
          </Button>
        </div>
      )}
      <KeyValue
        items={[
          { label: t("budget.asked"), value: <Money fen={p.amountFen} /> },
          { label: t("budget.given"), value: <Money fen={given} /> },
          rest !== 0 && {
            label: t("budget.rest"),
            value: (
              <strong className="deadline late">
                <Money fen={rest} />
              </strong>
            ),
          },
        ]}
      />
      <ProblemNotice problem={write.error} onReload={onReload} />
      <div className="row">
        <Button
          kind="primary"
          busy={write.isPending}
          disabled={!complete}
          onClick={() => write.mutate(rows.map((r) => ({ lineId: r.lineId, amountFen: r.fen ?? 0 })))}
        >
          {t("action.budget")}
        </Button>
        <Button onClick={onClose}>{t("form.cancel")}</Button>
      </div>
    </div>
  );
}
