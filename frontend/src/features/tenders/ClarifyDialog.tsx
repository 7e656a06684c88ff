import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Checkbox } from "@/ui/choices";
import { FormDialog } from "@/ui/FormDialog";
import { DateTimeField, shanghai, TextArea } from "@/ui/fields";
import { Notice } from "@/ui/states";
import { DateTime } from "@/ui/values";

/** A correction: words for everybody, and whether bids are affected. */
export function ClarifyDialog({ tender, onClose }: { tender: Tender; onClose: () => void }) {
  const { t } = useTranslation("tenders");
  const [text, setText] = useState("");
  const [affecting, setAffecting] = useState(true);
  const [later, setLater] = useState("");
  const clarify = useWrite(
    (body: { text: string; affecting: boolean; deadlineAt?: string }, key) =>
      ask(
        api.POST("/api/v1/tenders/{id}/clarify", {
          params: { path: { id: tender.id }, header: { ...ifMatch(tender.version), ...key } },
          body,
        }),
      ),
    { refresh: [["tenders"], ["announcements"]], onDone: onClose },
  );
  return (
    <FormDialog
      title={t("clarify.title")}
      verb={t("clarify.submit")}
      ready={text.trim() !== ""}
      write={clarify}
      onSubmit={() => clarify.mutate({ text, affecting, deadlineAt: later ? shanghai(later) : undefined })}
      onClose={onClose}
    >
      <p className="small">
        {t("facts.deadline")} <DateTime at={tender.deadlineAt} />
      </p>
      <TextArea
        label={t("clarify.text")}
        help={t("clarify.textHelp")}
        rows={6}
        maxLength={20000}
        value={text}
        onChange={setText}
      />
      <Checkbox
        label={t("clarify.affecting")}
        help={t("clarify.affectingHelp", { days: tender.terms.clarifyDays })}
        checked={affecting}
        onChange={setAffecting}
      />
      <DateTimeField
        label={t("clarify.later")}
        help={t("clarify.laterHelp")}
        optional
        value={later}
        onChange={setLater}
      />
      <Notice>{t("clarify.public")}</Notice>
    </FormDialog>
  );
}
