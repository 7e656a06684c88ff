import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { ActDialog } from "./ActDialog";
import { useNeedAct } from "./acts";
import type { ActFormProps } from "./NeedActs";

const routes = ["gov", "market", "self"];

/** Who answers: government, market, or the neighbours themselves; with the reason. */
export function ClassifyForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [route, setRoute] = useState("");
  const [reason, setReason] = useState("");
  const act = useNeedAct(need, onClose);
  return (
    <ActDialog
      action="classify"
      ready={route !== "" && reason.trim() !== ""}
      busy={act.isPending}
      problem={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate({ verb: "classify", body: { route, reason: reason.trim() } })}
    >
      <RadioGroup
        label={t("classify.question")}
        layout="boxed"
        value={route}
        onChange={setRoute}
        options={routes.map((r) => ({ value: r, label: t(`route.${r}`), help: t(`classify.${r}`) }))}
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
