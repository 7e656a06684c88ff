import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { Notice } from "@/ui/states";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

const outcomes = ["met", "partly_met"];

/** Closing says whether the need is met, and why one thinks so. */
export function CloseForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const { t: word } = useTranslation("status");
  const [outcome, setOutcome] = useState("");
  return (
    <ActForm need={need} verb="close" body={{ outcome }} ready={outcome !== ""} reasoned onClose={onClose}>
      {!need.confirmedAt && <Notice tone="wait">{t("close.unconfirmed")}</Notice>}
      <RadioGroup
        label={t("close.question")}
        layout="inline"
        value={outcome}
        onChange={setOutcome}
        options={outcomes.map((o) => ({ value: o, label: word(`need_outcome.${o}`) }))}
      />
    </ActForm>
  );
}
