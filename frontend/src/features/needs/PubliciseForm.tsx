import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { TextField } from "@/ui/fields";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

const usual = "7";

/** How many days the decision stands open for objections. */
export function PubliciseForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [days, setDays] = useState(usual);
  const n = Number.parseInt(days, 10);
  return (
    <ActForm need={need} verb="publicise" body={{ days: n }} ready={n >= 1} onClose={onClose}>
      <TextField
        label={t("publicise.days")}
        help={t("publicise.help")}
        inputMode="numeric"
        className="short num"
        value={days}
        onChange={(v) => setDays(v.replace(/\D/g, "").slice(0, 3))}
      />
    </ActForm>
  );
}
