import { useState } from "react";
import type { components } from "@/api/generated/schema";
import { api, ask, askBlob } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { asProblem, type Problem } from "@/lib/problem";
import { saveBlob } from "@/lib/save";
import { hasRole, type Role } from "@/lib/session";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { Card, PageHead, Sums } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { DivisionsImport } from "./DivisionsImport";
import { IssueTable } from "./IssueTable";
import { raw, TryCard } from "./TryCard";
import "./resources.css";

type Outcome = components["schemas"]["OutcomeView"];
type List = "organizations" | "needs" | "projects";
const lists = ["organizations", "needs", "projects", "divisions"] as const;

const mayImport: Record<(typeof lists)[number], Role[]> = {
  divisions: ["platform_admin"],
  organizations: ["platform_admin"],
  needs: ["platform_admin", "community_worker"],
  projects: ["buyer_maker", "community_worker", "fund_manager"],
};

/** Lists in and out as files: a dry run first, row by row what is wrong, then the import. */
export default function ImportPage() {
  const { t } = useTranslation("resources");
  const [filters] = useFilters<"list">();
  const mine = lists.filter((l) => hasRole(...mayImport[l]));
  const list = mine.find((l) => l === filters.list) ?? mine[0] ?? "needs";
  return (
    <>
      <PageHead title={t("exchange.title")} sub={t("exchange.sub")} />
      <div className="stack">
        <Views
          label={t("exchange.lists")}
          items={mine.map((l) => ({
            to: withSearch(paths.workImport(), { list: l }),
            label: t(`exchange.list.${l}`),
            current: l === list,
          }))}
        />
        {list === "divisions" ? <DivisionsImport /> : <OneList key={list} list={list} />}
      </div>
    </>
  );
}

function OneList({ list }: { list: List }) {
  const { t } = useTranslation("resources");
  const [outcome, setOutcome] = useState<Outcome>();
  const ready = outcome?.dryRun && outcome.created + outcome.updated > 0;
  return (
    <>
      <Downloads list={list} />
      <TryCard<Outcome>
        title={t("exchange.in")}
        help={t("exchange.fileHelp")}
        refresh={[[list], ["services"], ["todos"]]}
        send={(file, dryRun, key) => {
          const request = { params: { header: key, query: { dryRun } }, ...raw(file) };
          const calls = {
            organizations: () => api.POST("/api/v1/imports/organizations", request),
            needs: () => api.POST("/api/v1/imports/needs", request),
            projects: () => api.POST("/api/v1/imports/projects", request),
          };
          return ask(calls[list]());
        }}
        onReport={setOutcome}
        verb={ready ? t("exchange.do", { count: outcome.created + outcome.updated }) : undefined}
      />
      {outcome && <Result outcome={outcome} />}
    </>
  );
}

function Result({ outcome }: { outcome: Outcome }) {
  const { t } = useTranslation("resources");
  const clean = outcome.refused === 0;
  return (
    <Card title={t(outcome.dryRun ? "exchange.would" : "exchange.did")}>
      <div className="stack">
        <Notice tone={clean ? "ok" : "wait"} live>
          {t(clean ? "exchange.clean" : "exchange.some", { count: outcome.refused })}
        </Notice>
        <Sums
          items={[
            { label: t("exchange.rows"), value: outcome.rows },
            { label: t("exchange.created"), value: outcome.created },
            { label: t("exchange.updated"), value: outcome.updated },
            { label: t("exchange.unchanged"), value: outcome.unchanged },
            { label: t("exchange.refused"), value: outcome.refused },
          ]}
        />
        <IssueTable issues={outcome.issues} />
      </div>
    </Card>
  );
}

function Downloads({ list }: { list: List }) {
  const { t } = useTranslation("resources");
  const [problem, setProblem] = useState<Problem>();
  const [busy, setBusy] = useState("");
  async function get(kind: "exports" | "templates", format: "csv" | "xlsx") {
    setBusy(kind + format);
    setProblem(undefined);
    try {
      saveBlob(`${list}.${format}`, await askBlob(withSearch(`/api/v1/${kind}/${list}`, { format })));
    } catch (fault) {
      setProblem(asProblem(fault));
    } finally {
      setBusy("");
    }
  }
  const button = (kind: "exports" | "templates", format: "csv" | "xlsx") => (
    <Button small icon="download" busy={busy === kind + format} onClick={() => void get(kind, format)}>
      {t(`exchange.${kind}`, { format: format.toUpperCase() })}
    </Button>
  );
  return (
    <Card title={t("exchange.out")}>
      <div className="stack tight">
        <p className="small muted">{t("exchange.outText")}</p>
        <div className="row">
          {button("templates", "xlsx")}
          {button("templates", "csv")}
          {button("exports", "xlsx")}
          {button("exports", "csv")}
        </div>
        <ProblemNotice problem={problem} />
      </div>
    </Card>
  );
}
