import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Capitals } from "@/ui/Capitals";
import { Checkbox, RadioGroup } from "@/ui/choices";
import { SidePanel } from "@/ui/Dialog";
import { TextArea, TextField } from "@/ui/fields";
import { Notice, ProblemNotice } from "@/ui/states";
import { Money } from "@/ui/values";
import { type MilestoneView, refreshed } from "./model";
import { assess, type Finding } from "./payable";

type Verdict = "accept" | "accept_partly" | "reject";

interface Props {
  m: MilestoneView;
  onClose: () => void;
  onReload: () => void;
}

/** The inspection, item by item; the payable amount follows and is seen before it is decided. */
export function DecideDialog({ m, onClose, onReload }: Props) {
  const { t } = useTranslation("contracts");
  const [findings, setFindings] = useState<(Finding & { note: string })[]>(() =>
    m.items.map(() => ({ met: false, observed: "", note: "" })),
  );
  const [chosen, setChosen] = useState<Verdict>();
  const [users, setUsers] = useState("");
  const [reason, setReason] = useState("");
  const result = assess(m.amountFen, m.items, findings);
  const verdict: Verdict | undefined = result?.allMet
    ? "accept"
    : result?.payableFen === 0
      ? "reject"
      : chosen;
  const patch = (i: number, part: Partial<Finding & { note: string }>) =>
    setFindings(findings.map((f, k) => (k === i ? { ...f, ...part } : f)));
  const write = useWrite(
    (input: { verdict: Verdict }, key) =>
      ask(
        api.POST("/api/v1/milestones/{id}/decide", {
          params: { path: { id: m.id }, header: { ...ifMatch(m.version), ...key } },
          body: {
            verdict: input.verdict,
            findings: findings.map((f) => ({
              met: f.met,
              observed: f.observed.trim() || undefined,
              note: f.note.trim() || undefined,
            })),
            usersOpinion: users.trim() || undefined,
            reason: reason.trim() || undefined,
          },
        }),
      ),
    { refresh: refreshed, onDone: onClose },
  );
  const needsReason = verdict !== undefined && verdict !== "accept";
  const needsUsers = m.satisfaction.rated === 0;
  const ready =
    verdict !== undefined && (!needsReason || reason.trim() !== "") && (!needsUsers || users.trim() !== "");
  return (
    <SidePanel
      open
      title={t("decide.title", { title: m.title })}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            busy={write.isPending}
            disabled={!ready}
            onClick={() => verdict && write.mutate({ verdict })}
          >
            {verdict ? t(`decide.${verdict}`) : t("decide.open")}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        <p className="muted">{t("decide.explain")}</p>
        {m.items.map((it, i) => (
          <div key={i} className="stack tight milestoneform">
            {it.kind === "deliverable" ? (
              <Checkbox
                label={t("decide.delivered", { name: it.name })}
                checked={findings[i]?.met ?? false}
                onChange={(met) => patch(i, { met })}
              />
            ) : (
              <TextField
                label={it.name}
                help={t(`item.${it.direction || "at_least"}`, {
                  target: it.target ?? "",
                  unit: it.unit ?? "",
                })}
                inputMode="decimal"
                className="short"
                value={findings[i]?.observed ?? ""}
                onChange={(observed) => patch(i, { observed })}
              />
            )}
            <TextField
              optional
              label={t("decide.note")}
              value={findings[i]?.note ?? ""}
              onChange={(note) => patch(i, { note })}
              maxLength={500}
            />
          </div>
        ))}
        {result && (
          <Notice tone={result.allMet ? "ok" : "wait"}>
            {t("decide.payable")}{" "}
            <strong>
              <Money fen={result.payableFen} />
            </strong>{" "}
            / <Money fen={m.amountFen} />
            <br />
            <span className="small">
              <Capitals fen={result.payableFen} />
            </span>
          </Notice>
        )}
        {result && !result.allMet && result.payableFen > 0 && (
          <RadioGroup
            label={t("decide.verdict")}
            value={chosen ?? ""}
            onChange={(v) => setChosen(v as Verdict)}
            options={[
              { value: "accept_partly", label: t("decide.accept_partly"), help: t("decide.partlyHelp") },
              { value: "reject", label: t("decide.reject"), help: t("decide.rejectHelp") },
            ]}
          />
        )}
        <TextArea
          label={t("decide.users")}
          help={t(needsUsers ? "decide.usersNone" : "decide.usersSome", { count: m.satisfaction.rated })}
          optional={!needsUsers}
          value={users}
          onChange={setUsers}
          maxLength={1000}
        />
        {needsReason && (
          <TextArea
            label={t("form.reason")}
            help={t("form.reasonHelp")}
            value={reason}
            onChange={setReason}
            maxLength={500}
          />
        )}
        <ProblemNotice problem={write.error} onReload={onReload} />
      </div>
    </SidePanel>
  );
}
