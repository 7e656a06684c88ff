import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { DateField } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { Card, Sums } from "@/ui/layout";
import { Notice } from "@/ui/states";
import { Count, DateTime, Day } from "@/ui/values";
import { IssueTable } from "./IssueTable";
import { raw, TryCard } from "./TryCard";

type Report = components["schemas"]["PlaceImportView"];

/** Applies an official list of divisions: what it would change first, then the change. */
export function DivisionsImport() {
  const { t } = useTranslation("resources");
  const [from, setFrom] = useState("");
  const [report, setReport] = useState<Report & { dryRun: boolean }>();
  const changes = report ? sum(report) : 0;
  const ready = report?.dryRun && !report.refused && changes > 0;
  return (
    <>
      <TryCard<Report>
        title={t("divisions.title")}
        intro={<p className="small muted measure">{t("divisions.text")}</p>}
        help={t("divisions.columns")}
        choice={from}
        refresh={[["places"], ["place-imports"], ["place-questions"], ["todos"]]}
        send={(file, dryRun, key) =>
          ask(
            api.POST("/api/v1/place-imports", {
              params: { header: key, query: { dryRun, effectiveFrom: from || undefined, name: file.name } },
              ...raw(file),
            }),
          )
        }
        onReport={setReport}
        verb={ready ? t("divisions.do", { count: changes }) : undefined}
      >
        <DateField
          label={t("divisions.from")}
          help={t("divisions.fromHelp")}
          optional
          value={from}
          onChange={setFrom}
        />
      </TryCard>
      {report && <Result r={report} />}
      <Applied />
    </>
  );
}

const sum = (r: Report) =>
  r.added + r.renamed + r.recoded + r.moved + r.corrected + r.merged + r.waiting + r.splits;

function Result({ r }: { r: Report & { dryRun: boolean } }) {
  const { t } = useTranslation("resources");
  const state = r.refused ? "refused" : sum(r) === 0 ? "inForce" : r.dryRun ? "would" : "did";
  return (
    <Card title={t(r.dryRun ? "exchange.would" : "exchange.did")}>
      <div className="stack">
        <Notice tone={r.refused ? "bad" : "ok"} live>
          {t(`divisions.${state}`, { count: r.waiting })}{" "}
          {state === "did" && r.waiting > 0 && <Link to={paths.workPlaces()}>{t("divisions.queue")}</Link>}
        </Notice>
        {!r.refused && (
          <Sums
            items={[
              { label: t("exchange.rows"), value: <Count n={r.rows} /> },
              { label: t("change.added"), value: <Count n={r.added} /> },
              { label: t("change.renamed"), value: <Count n={r.renamed} /> },
              { label: t("change.recoded"), value: <Count n={r.recoded} /> },
              { label: t("change.moved"), value: <Count n={r.moved} /> },
              { label: t("change.merged"), value: <Count n={r.merged} /> },
              {
                label: t("change.waiting"),
                value: <Count n={r.waiting} />,
                note: t("divisions.attached", { count: r.attached }),
              },
              { label: t("exchange.unchanged"), value: <Count n={r.unchanged} /> },
            ]}
          />
        )}
        <IssueTable issues={r.issues} />
        {r.changes.length > 0 && <Changes r={r} />}
      </div>
    </Card>
  );
}

function Changes({ r }: { r: Report }) {
  const { t } = useTranslation("resources");
  return (
    <div className="issues">
      <DataTable
        caption={t("divisions.changes")}
        rows={r.changes.map((c, n) => ({ ...c, key: String(n) }))}
        rowKey={(c) => c.key}
        columns={[
          { id: "kind", head: t("divisions.kind"), shrink: true, cell: (c) => t(`change.${c.kind}`) },
          {
            id: "from",
            head: t("divisions.was"),
            title: true,
            cell: (c) => (c.name ? `${c.name} ${c.code}` : "—"),
          },
          { id: "to", head: t("divisions.is"), cell: (c) => (c.toCode ? `${c.toName} ${c.toCode}` : "—") },
          { id: "why", head: t("divisions.why"), cell: (c) => (c.reason ? t(`why.${c.reason}`) : "") },
        ]}
      />
    </div>
  );
}

function Applied() {
  const { t } = useTranslation("resources");
  const query = useQuery({
    queryKey: ["place-imports"],
    queryFn: async () => (await ask(api.GET("/api/v1/place-imports"))).items,
  });
  const rows = query.data ?? [];
  if (rows.length === 0) return null;
  return (
    <Card title={t("divisions.applied")}>
      <DataTable
        caption={t("divisions.applied")}
        rows={rows}
        rowKey={(i) => i.id}
        columns={[
          { id: "file", head: t("exchange.file"), title: true, cell: (i) => i.file },
          { id: "from", head: t("divisions.from"), cell: (i) => <Day at={i.from} /> },
          { id: "at", head: t("divisions.at"), cell: (i) => <DateTime at={i.at} /> },
          { id: "rows", head: t("exchange.rows"), right: true, cell: (i) => <Count n={i.rows} /> },
          { id: "added", head: t("change.added"), right: true, cell: (i) => <Count n={i.added} /> },
          { id: "changed", head: t("change.changed"), right: true, cell: (i) => <Count n={i.changed} /> },
          { id: "ended", head: t("change.ended"), right: true, cell: (i) => <Count n={i.ended} /> },
          { id: "waiting", head: t("change.waiting"), right: true, cell: (i) => <Count n={i.waiting} /> },
        ]}
      />
    </Card>
  );
}
