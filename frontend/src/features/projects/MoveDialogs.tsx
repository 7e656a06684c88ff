/** The small acts of a project: a reason, or a score, and it is done. */
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea, TextField } from "@/ui/fields";
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
    <ActDialog
      title={t(`action.${verb}`)}
      text={t(`explain.${verb}`)}
      danger={verb === "terminate"}
      ask={needed ? { label: t("form.reason"), help: t("form.reasonHelp") } : undefined}
      write={write}
      onSubmit={(reason) => write.mutate({ reason })}
      onClose={onClose}
      onReload={onReload}
    />
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
    <FormDialog
      title={t("action.evaluate")}
      ready={fits && note.trim() !== ""}
      write={write}
      onSubmit={() => write.mutate({ score: points, note: note.trim() })}
      onClose={onClose}
      onReload={onReload}
    >
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
    </FormDialog>
  );
}
