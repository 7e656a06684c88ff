import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { PageHead } from "@/ui/layout";
import { Timeline } from "@/ui/Timeline";

const stations = [
  "voice",
  "council",
  "project",
  "tender",
  "award",
  "service",
  "acceptance",
  "payment",
] as const;

/** How a sentence becomes a paid service: the eight stations, each with who decides and by when. */
export default function AboutPage() {
  const { t } = useTranslation("home");
  return (
    <>
      <PageHead title={t("about.title")} />
      <div className="stack loose">
        <p className="lead">{t("about.lead")}</p>
        <Timeline
          label={t("about.stations")}
          stations={stations.map((s) => ({
            id: s,
            title: t(`about.${s}.title`),
            line: t(`about.${s}.line`),
            tone: s === "voice" || s === "acceptance" ? "voice" : undefined,
          }))}
        />
        <div className="row">
          <LinkButton kind="primary" to={paths.needs()}>
            {t("about.needs")}
          </LinkButton>
          <LinkButton to={paths.rules()}>{t("about.rules")}</LinkButton>
          <LinkButton to={paths.proof()}>{t("about.proof")}</LinkButton>
        </div>
      </div>
    </>
  );
}
