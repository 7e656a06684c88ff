import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Notice } from "@/ui/states";
import { ActDialog } from "./ActDialog";
import { useNeedAct } from "./acts";
import type { ActFormProps } from "./NeedActs";

const outcomes = ["met", "partly_met"];

/** Closing says whether the need is met, and why one thinks so. */
export function CloseForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const { t: word } = useTranslation("status");
  const [outcome, setOutcome] = useState("");
  const [reason, setReason] = useState("");
  const act = useNeedAct(need, onClose);
  return (
    <ActDialog
      action="close"
      ready={outcome !== "" && reason.trim() !== ""}
      busy={act.isPending}
      problem={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate({ verb: "close", body: { outcome, reason: reason.trim() } })}
    >
      {!need.confirmedAt && <Notice tone="wait">{t("close.unconfirmed")}</Notice>}
      <RadioGroup
        label={t("close.question")}
        layout="inline"
        value={outcome}
        onChange={setOutcome}
        options={outcomes.map((o) => ({ value: o, label: word(`need_outcome.${o}`) }))}
      />
      <TextArea
        label={t("reason.label")}
        help={t("reason.help")}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  );
}
