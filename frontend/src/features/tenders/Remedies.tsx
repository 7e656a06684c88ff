import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Remedy, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { can } from "@/lib/session";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Notice } from "@/ui/states";
import { DateTime, Deadline } from "@/ui/values";

/** Inquiries, challenges and complaints about this purchase, with what is due. */
export function Remedies({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const [open, setOpen] = useState<{ remedy: Remedy; step: Step }>();
  const query = useQuery({
    queryKey: ["tenders", tender.id, "challenges"],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}/challenges", { params: { path: { id: tender.id } } })),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t("remedies.title")} aside={t("remedies.count", { count: items.length })}>
      <div className="stack">
        {items.map((c) => (
          <section key={c.id}>
            <div className="row between">
              <h3>
                {c.title} <span className="muted num small">{c.code}</span>
              </h3>
              <Status machine="challenge" state={c.status} />
            </div>
            <p className="tendertext">{c.text}</p>
            <Words remedy={c} />
            <div className="row">
              {stepsOf(c).map((step) => (
                <Button key={step} small kind="primary" onClick={() => setOpen({ remedy: c, step })}>
                  {t(`remedies.${step}`)}
                </Button>
              ))}
              {!c.answeredAt && c.status !== "withdrawn" && <Deadline at={c.answerBy} />}
            </div>
          </section>
        ))}
      </div>
      {open && <StepDialog {...open} tenderId={tender.id} onClose={() => setOpen(undefined)} />}
    </Card>
  );
}

function Words({ remedy: c }: { remedy: Remedy }) {
  const { t } = useTranslation("tenders");
  return (
    <>
      {c.answer && (
        <Notice tone={c.outcome === "upheld" ? "wait" : "ok"}>
          <strong>
            {t("remedies.answered")} {c.outcome && t(`remedies.outcome.${c.outcome}`)} ·{" "}
            <DateTime at={c.answeredAt} />
          </strong>
          <p className="tendertext">{c.answer}</p>
        </Notice>
      )}
      {c.complaint && <Notice tone="wait">{c.complaint}</Notice>}
      {c.decision && (
        <Notice tone="info">
          <strong>{t(`remedies.outcome.${c.decided}`)}</strong>
          <p className="tendertext">{c.decision}</p>
        </Notice>
      )}
    </>
  );
}

type Step = "answer" | "accept" | "decide";

/** What the session's role may do next; the server decides again. */
function stepsOf(c: Remedy): Step[] {
  const open = c.status === "inquiry" || c.status === "challenge";
  if (open && can("challenge.answer")) return ["answer"];
  if (c.status === "complaint" && can("challenge.decide")) return ["accept"];
  if (c.status === "accepted" && can("challenge.decide")) return ["decide"];
  return [];
}

function StepDialog({
  remedy,
  step,
  tenderId,
  onClose,
}: {
  remedy: Remedy;
  step: Step;
  tenderId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("tenders");
  const [text, setText] = useState("");
  const [outcome, setOutcome] = useState<"rejected" | "upheld">("rejected");
  const ruled = step === "decide" || (step === "answer" && remedy.kind === "challenge");
  const act = useWrite(
    (body: { text?: string; outcome?: "upheld" | "rejected" }, key) => {
      const params = { path: { id: remedy.id }, header: { ...ifMatch(remedy.version), ...key } };
      if (step === "answer") return ask(api.POST("/api/v1/challenges/{id}/answer", { params, body }));
      if (step === "accept") return ask(api.POST("/api/v1/challenges/{id}/accept", { params, body }));
      return ask(api.POST("/api/v1/challenges/{id}/decide", { params, body }));
    },
    { refresh: [["tenders", tenderId]], onDone: onClose },
  );
  return (
    <FormDialog
      title={t(`remedies.${step}`)}
      ready={step === "accept" || text.trim() !== ""}
      write={act}
      onSubmit={() => act.mutate({ text, outcome: ruled ? outcome : undefined })}
      onClose={onClose}
    >
      {ruled && (
        <RadioGroup
          label={t("remedies.ruling")}
          value={outcome}
          onChange={(v) => setOutcome(v as "rejected" | "upheld")}
          options={[
            { value: "rejected", label: t("remedies.outcome.rejected") },
            { value: "upheld", label: t("remedies.outcome.upheld") },
          ]}
        />
      )}
      {step !== "accept" && (
        <TextArea label={t("remedies.words")} rows={6} maxLength={10000} value={text} onChange={setText} />
      )}
    </FormDialog>
  );
}
