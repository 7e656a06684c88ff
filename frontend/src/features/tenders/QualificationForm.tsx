import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import type { NextAction, Tender, Workbench } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { ActionButton } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";

interface Verdict {
  bidId: string;
  passed: boolean;
  reason: string;
}

/** A verdict per bid, with the reason for each that fails. */
export function QualificationForm({
  tender,
  bench,
  action,
}: {
  tender: Tender;
  bench: Workbench;
  action: NextAction;
}) {
  const { t } = useTranslation("tenders");
  const { t: verb } = useTranslation("action");
  const open = bench.bids.filter((b) => b.status === "decrypted");
  const [verdicts, setVerdicts] = useState<Record<string, Verdict>>(() =>
    Object.fromEntries(
      open.map((b) => [
        b.id,
        { bidId: b.id, passed: !b.linked && Boolean(b.qualification?.declared), reason: "" },
      ]),
    ),
  );
  const judge = useWrite(
    (body: { verdicts: Verdict[] }, key) =>
      ask(
        api.POST("/api/v1/lots/{lotId}/qualification", {
          params: { path: { lotId: bench.lotId }, header: { ...ifMatch(tender.version), ...key } },
          body,
        }),
      ),
    { refresh: [["tenders"], ["todos"]] },
  );
  const props = actionProps([action], "check_qualification");
  const missing = Object.values(verdicts).some((v) => !v.passed && !v.reason.trim());
  const change = (id: string, patch: Partial<Verdict>) =>
    setVerdicts((all) => ({ ...all, [id]: { ...(all[id] as Verdict), ...patch } }));
  return (
    <div className="stack tight">
      {!props.disabled &&
        open.map((b) => (
          <div key={b.id}>
            <RadioGroup
              label={b.supplier}
              layout="inline"
              value={verdicts[b.id]?.passed ? "pass" : "fail"}
              onChange={(v) => change(b.id, { passed: v === "pass" })}
              options={[
                { value: "pass", label: t("evaluation.pass") },
                { value: "fail", label: t("evaluation.fail") },
              ]}
            />
            {!verdicts[b.id]?.passed && (
              <TextField
                label={t("evaluation.reason")}
                maxLength={500}
                value={verdicts[b.id]?.reason ?? ""}
                onChange={(reason) => change(b.id, { reason })}
              />
            )}
          </div>
        ))}
      <ActionButton
        {...props}
        block
        kind={props.disabled ? "plain" : "primary"}
        busy={judge.isPending}
        {...(missing ? { disabled: true, reason: t("evaluation.reasonMissing") } : {})}
        onClick={() => judge.mutate({ verdicts: Object.values(verdicts) })}
      >
        {verb("tender.check_qualification")}
      </ActionButton>
      <ProblemNotice problem={judge.error} />
    </div>
  );
}
