/** The small acts of a project: a reason, or a score, and it is done. */
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea, TextField } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";
import { type ProjectView, refreshed } from "./model";

interface MoveProps {
  p: ProjectView;
  onClose: () => void;
  onReload: () => void;
}

const routes = {
  unbudget: "/api/v1/projects/{id}/unbudget",
  replan: "/api/v1/projects/{id}/replan",
  suspend: "/api/v1/projects/{id}/suspend",
  terminate: "/api/v1/projects/{id}/terminate",
  archive: "/api/v1/projects/{id}/archive",
  resume_planned: "/api/v1/projects/{id}/resume-planned",
  resume_sourcing: "/api/v1/projects/{id}/resume-sourcing",
  resume_contracted: "/api/v1/projects/{id}/resume-contracted",
  resume_delivering: "/api/v1/projects/{id}/resume-delivering",
} as const;

export type ReasonVerb = keyof typeof routes;

export function ReasonDialog({ p, verb, onClose, onReload }: MoveProps & { verb: ReasonVerb }) {
  const { t } = useTranslation("projects");
  const [reason, setReason] = useState("");
  const needed = p.actions.find((a) => a.action === verb)?.reason ?? false;
  const write = useWrite(
    (body: { reason: string }, key) =>
      ask(
        api.POST(routes[verb], {
          params: { path: { id: p.id }, header: { ...ifMatch(p.version), ...key } },
          body,
        }),
      ),
    { refresh: refreshed, onDone: onClose },
  );
  return (
    <Dialog
      open
      title={t(`action.${verb}`)}
      onClose={onClose}
      actions={
        <>
          <Button
            kind={verb === "terminate" ? "danger" : "primary"}
            busy={write.isPending}
            disabled={needed && !reason.trim()}
            onClick={() => write.mutate({ reason: reason.trim() })}
          >
            {t(`action.${verb}`)}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        <p>{t(`explain.${verb}`)}</p>
        {needed && (
          <TextArea
            label={t("form.reason")}
            help={t("form.reasonHelp")}
            value={reason}
            onChange={setReason}
            maxLength={500}
            data-autofocus
          />
        )}
        <ProblemNotice problem={write.error} onReload={onReload} />
      </div>
    </Dialog>
  );
}

export function EvaluateDialog({ p, onClose, onReload }: MoveProps) {
  const { t } = useTranslation("projects");
  const [score, setScore] = useState("");
  const [note, setNote] = useState("");
  const points = /^\d{1,3}$/.test(score) ? Number(score) : Number.NaN;
  const fits = points >= 0 && points <= 100;
  const write = useWrite(
    (body: { score: number; note: string }, key) =>
      ask(
        api.POST("/api/v1/projects/{id}/evaluate", {
          params: { path: { id: p.id }, header: { ...ifMatch(p.version), ...key } },
          body,
        }),
      ),
    { refresh: refreshed, onDone: onClose },
  );
  return (
    <Dialog
      open
      title={t("action.evaluate")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            busy={write.isPending}
            disabled={!fits || !note.trim()}
            onClick={() => write.mutate({ score: points, note: note.trim() })}
          >
            {t("action.evaluate")}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        <p>{t("explain.evaluate")}</p>
        <TextField
          label={t("review.scoreLabel")}
          help={t("review.scoreHelp")}
          error={score && !fits ? t("review.scoreError") : undefined}
          inputMode="numeric"
          value={score}
          onChange={setScore}
          className="short"
        />
        <TextArea label={t("review.note")} value={note} onChange={setNote} maxLength={2000} />
        <ProblemNotice problem={write.error} onReload={onReload} />
      </div>
    </Dialog>
  );
}
