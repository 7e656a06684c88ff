import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { TextField } from "@/ui/fields";
import { ActDialog } from "./ActDialog";
import { useNeedAct } from "./acts";
import type { ActFormProps } from "./NeedActs";

const usual = "7";

/** How many days the decision stands open for objections. */
export function PubliciseForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [days, setDays] = useState(usual);
  const act = useNeedAct(need, onClose);
  const n = Number.parseInt(days, 10);
  return (
    <ActDialog
      action="publicise"
      ready={n >= 1}
      busy={act.isPending}
      problem={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate({ verb: "publicise", body: { days: n } })}
    >
      <TextField
        label={t("publicise.days")}
        help={t("publicise.help")}
        inputMode="numeric"
        className="short num"
        value={days}
        onChange={(v) => setDays(v.replace(/\D/g, "").slice(0, 3))}
      />
    </ActDialog>
  );
}
