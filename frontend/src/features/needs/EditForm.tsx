import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { TextArea, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

/** Corrects what was written over the voices; the voices themselves stay as they are. */
export function EditForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [title, setTitle] = useState(need.title);
  const [summary, setSummary] = useState(need.summary);
  const [people, setPeople] = useState(String(need.beneficiaries || ""));
  const [estimate, setEstimate] = useState<number | null>(need.estimateFen || null);
  return (
    <ActForm
      need={need}
      verb="edit"
      body={{
        title: title.trim(),
        summary: summary.trim(),
        beneficiaries: Number(people) || 0,
        estimateFen: estimate ?? 0,
      }}
      ready={title.trim() !== "" && summary.trim() !== ""}
      reasoned
      onClose={onClose}
    >
      <TextField
        label={t("open.title")}
        help={t("open.titleHelp")}
        maxLength={60}
        value={title}
        onChange={setTitle}
      />
      <TextArea label={t("open.summary")} maxLength={1000} value={summary} onChange={setSummary} />
      <TextField
        label={t("case.beneficiaries")}
        optional
        inputMode="numeric"
        className="short num"
        value={people}
        onChange={(v) => setPeople(v.replace(/\D/g, "").slice(0, 8))}
      />
      <MoneyField label={t("case.estimate")} optional value={estimate} onChange={setEstimate} />
    </ActForm>
  );
}
