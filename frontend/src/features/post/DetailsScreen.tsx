import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";
import type { Saying } from "./saying";

const urgencies = ["normal", "soon", "urgent"] as const;

/** Where, who, how many, how soon: all optional, each makes an answer easier. */
export function DetailsScreen({ draft, number, of, onBack, onNext }: ScreenProps) {
  const { t } = useTranslation("post");
  const { t: needs } = useTranslation("needs");
  const { value, set } = draft;
  return (
    <Screen
      title={t("details.title")}
      lead={t("details.lead")}
      number={number}
      of={of}
      onBack={onBack}
      savedAt={draft.savedAt}
      next={{ label: t("next"), ready: true, onNext }}
    >
      <RadioGroup
        label={t("details.urgency")}
        layout="boxed"
        value={value.urgency}
        onChange={(urgency) => set({ urgency: urgency as Saying["urgency"] })}
        options={urgencies.map((u) => ({ value: u, label: needs(`urgency.${u}`), help: t(`details.${u}`) }))}
      />
      <TextField
        label={t("details.where")}
        help={t("details.whereHelp")}
        optional
        maxLength={120}
        value={value.where}
        onChange={(where) => set({ where })}
      />
      <TextField
        label={t("details.who")}
        optional
        maxLength={120}
        value={value.who}
        onChange={(who) => set({ who })}
      />
      <TextField
        label={t("details.affected")}
        optional
        inputMode="numeric"
        className="short num"
        value={value.affected}
        onChange={(affected) => set({ affected: affected.replace(/\D/g, "").slice(0, 6) })}
      />
      <TextField
        label={t("details.wished")}
        placeholder={t("details.wishedExample")}
        optional
        maxLength={120}
        value={value.wished}
        onChange={(wished) => set({ wished })}
      />
    </Screen>
  );
}
