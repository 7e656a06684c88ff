import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { RadioGroup } from "@/ui/choices";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea } from "@/ui/fields";

/** Another person approves the documents, or returns them with what to mend. */
export function ReviewDialog({ tender, onClose }: { tender: Tender; onClose: () => void }) {
  const { t } = useTranslation("tenders");
  const [verdict, setVerdict] = useState("approve");
  const [note, setNote] = useState("");
  const review = useWrite(
    (body: { approved: boolean; note: string }, key) =>
      ask(
        api.POST("/api/v1/tenders/{id}/review", {
          params: { path: { id: tender.id }, header: { ...ifMatch(tender.version), ...key } },
          body,
        }),
      ),
    { refresh: [["tenders"], ["todos"]], onDone: onClose },
  );
  const warnings = tender.findings.filter((f) => !f.block);
  return (
    <FormDialog
      title={t("review.title")}
      verb={t(verdict === "approve" ? "review.approve" : "review.return")}
      ready={verdict === "approve" || note.trim() !== ""}
      write={review}
      onSubmit={() => review.mutate({ approved: verdict === "approve", note })}
      onClose={onClose}
    >
      <p>{t("review.text")}</p>
      {warnings.length > 0 && (
        <p className="small muted">{t("review.warnings", { count: warnings.length })}</p>
      )}
      <RadioGroup
        label={t("review.verdict")}
        value={verdict}
        onChange={setVerdict}
        options={[
          { value: "approve", label: t("review.approve") },
          { value: "return", label: t("review.return") },
        ]}
      />
      <TextArea
        label={t("review.note")}
        optional={verdict === "approve"}
        maxLength={2000}
        value={note}
        onChange={setNote}
      />
    </FormDialog>
  );
}
