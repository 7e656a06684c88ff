import { useTranslation } from "@/lib/i18n";
import { LinkButton } from "@/ui/Button";
import { Notice } from "@/ui/states";
import type { ScreenProps } from "./SayPage";
import { Screen } from "./Screen";

/** Whom to call at once. Writing here is no substitute for it, and says so. */
export function GuidanceScreen({ draft, category, number, of, onBack, onNext }: ScreenProps) {
  const { t, lang } = useTranslation("post");
  const name = (lang === "zh" ? category?.zh : category?.en) ?? "";
  return (
    <Screen
      title={t(category?.emergency ? "guidance.emergency" : "guidance.title")}
      number={number}
      of={of}
      onBack={onBack}
      savedAt={draft.savedAt}
      next={{ label: t("guidance.next"), ready: true, onNext }}
    >
      {category?.emergency && <Notice tone="bad">{t("guidance.danger", { name })}</Notice>}
      {!category?.emergency && <p>{t("guidance.maybe", { name })}</p>}
      <div className="stack tight">
        {category?.call?.map((n, i) => (
          <LinkButton key={n} to={`tel:${n}`} kind={i === 0 ? "primary" : "plain"} block>
            {t("guidance.call", { number: n })}
          </LinkButton>
        ))}
      </div>
      <p className="small muted">{t("guidance.after")}</p>
    </Screen>
  );
}
