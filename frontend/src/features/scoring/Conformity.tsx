import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Workbench } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { Evidence } from "./Evidence";

interface Verdict {
  bidId: string;
  passed: boolean;
  reason: string;
}

/** The chair records for the committee which bids answer the requirements. */
export function Conformity({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("scoring");
  const open = w.bids.filter((b) => b.status === "qualified");
  const [verdicts, setVerdicts] = useState<Record<string, Verdict>>({});
  const judge = useWrite(
    (body: { verdicts: Verdict[] }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/conformity", {
          params: { path: { lotId: w.lotId }, header: { ...ifMatch(w.version), ...key } },
          body,
        }),
      ),
    { refresh: [["tenders"], ["reviews"], ["todos"]] },
  );
  const set = (bidId: string, patch: Partial<Verdict>) =>
    setVerdicts((all) => ({
      ...all,
      [bidId]: { ...(all[bidId] ?? { bidId, passed: true, reason: "" }), ...patch },
    }));
  const complete = open.every((b) => {
    const v = verdicts[b.id];
    return v && (v.passed || v.reason.trim());
  });
  return (
    <div className="stack">
      <Card title={t("conformity.title")}>
        <p className="small">{t("conformity.text")}</p>
        <ol>
          {w.requirements.map((r) => (
            <li key={r.id}>{r.text}</li>
          ))}
        </ol>
      </Card>
      {open.map((b) => (
        <div key={b.id} className="judge">
          <Card title={b.supplier}>
            <RadioGroup
              label={t("conformity.verdict")}
              value={verdicts[b.id] ? (verdicts[b.id]?.passed ? "pass" : "fail") : ""}
              onChange={(v) => set(b.id, { passed: v === "pass" })}
              options={[
                { value: "pass", label: t("conformity.pass") },
                { value: "fail", label: t("conformity.fail") },
              ]}
            />
            {verdicts[b.id]?.passed === false && (
              <TextField
                label={t("conformity.reason")}
                maxLength={500}
                value={verdicts[b.id]?.reason ?? ""}
                onChange={(reason) => set(b.id, { reason })}
              />
            )}
          </Card>
          <Evidence bench={w} bid={b} />
        </div>
      ))}
      <ProblemNotice problem={judge.error} />
      <div>
        <Button
          kind="primary"
          busy={judge.isPending}
          disabled={!complete}
          onClick={() => judge.mutate({ verdicts: Object.values(verdicts) })}
        >
          {t("conformity.submit")}
        </Button>
      </div>
    </div>
  );
}
