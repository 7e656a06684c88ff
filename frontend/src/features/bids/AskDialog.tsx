import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Lot, OwnBid, Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { RadioGroup } from "@/ui/choices";
import { ErrorSummary, errorsOf } from "@/ui/ErrorSummary";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextArea, TextField } from "@/ui/fields";

type Kind = "inquiry" | "challenge";
type Subject = "documents" | "process" | "result";

/** An inquiry about anything, or a formal challenge of documents, process or result. */
export function AskDialog({
  tender,
  lot,
  bid,
  onClose,
}: {
  tender: Tender;
  lot: Lot;
  bid: OwnBid | null;
  onClose: () => void;
}) {
  const { t } = useTranslation("bids");
  const [kind, setKind] = useState<Kind>("inquiry");
  const [subject, setSubject] = useState<Subject>("documents");
  const [title, setTitle] = useState("");
  const [text, setText] = useState("");
  const send = useWrite(
    (body: { kind: Kind; subject: Subject; lotId: string; title: string; text: string }, key) =>
      ask(
        api.POST("/api/v1/tenders/{id}/challenges", {
          params: { path: { id: tender.id }, header: key },
          body,
        }),
      ),
    { refresh: [["tenders", tender.id]], onDone: onClose },
  );
  const subjects: Subject[] = bid ? ["documents", "process", "result"] : ["documents"];
  return (
    <FormDialog
      title={t("ask.open")}
      verb={t("ask.submit")}
      ready={title.trim() !== "" && text.trim() !== ""}
      write={send}
      onSubmit={() => send.mutate({ kind, subject, lotId: lot.id, title, text })}
      onClose={onClose}
    >
      <ErrorSummary errors={errorsOf(send.error)} />
      <RadioGroup
        label={t("ask.kind")}
        value={kind}
        onChange={(v) => setKind(v as Kind)}
        options={[
          { value: "inquiry", label: t("ask.inquiry"), help: t("ask.inquiryHelp") },
          { value: "challenge", label: t("ask.challenge"), help: t("ask.challengeHelp") },
        ]}
      />
      <Select
        label={t("ask.subject")}
        value={subject}
        onChange={(v) => setSubject(v as Subject)}
        options={subjects.map((s) => ({ value: s, label: t(`ask.about.${s}`) }))}
      />
      <TextField id="title" label={t("ask.head")} maxLength={100} value={title} onChange={setTitle} />
      <TextArea id="text" label={t("ask.words")} rows={6} maxLength={10000} value={text} onChange={setText} />
    </FormDialog>
  );
}
