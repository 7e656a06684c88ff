import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

const routes = ["gov", "market", "self"];

/** Who answers: government, market, or the neighbours themselves; with the reason. */
export function ClassifyForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [route, setRoute] = useState("");
  return (
    <ActForm need={need} verb="classify" body={{ route }} ready={route !== ""} reasoned onClose={onClose}>
      <RadioGroup
        label={t("classify.question")}
        layout="boxed"
        value={route}
        onChange={setRoute}
        options={routes.map((r) => ({ value: r, label: t(`route.${r}`), help: t(`classify.${r}`) }))}
      />
    </ActForm>
  );
}
