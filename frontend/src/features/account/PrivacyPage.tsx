import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { PageHead } from "@/ui/layout";
import { signInHelp } from "./entry";

const parts = ["what", "why", "who", "long", "rights", "security"];

/** The notice that stands before anything is collected; its version is what people agree to. */
export default function PrivacyPage() {
  const { t } = useTranslation("account");
  const version = useQuery(signInHelp).data?.privacyNotice;
  return (
    <>
      <PageHead title={t("privacy.title")} sub={version && t("privacy.version", { version })} />
      <div className="stack measure">
        <p className="lead">{t("privacy.lead")}</p>
        {parts.map((p) => (
          <section key={p}>
            <h2>{t(`privacy.${p}.title`)}</h2>
            <p>{t(`privacy.${p}.text`)}</p>
          </section>
        ))}
      </div>
    </>
  );
}
