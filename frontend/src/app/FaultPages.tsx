import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { PageHead } from "@/ui/layout";
import { ErrorState } from "@/ui/states";

export function NotFoundPage() {
  const { t } = useTranslation("ui");
  return (
    <>
      <PageHead title={t("notFound.title")} />
      <div className="stack">
        <p className="measure ink2">{t("notFound.text")}</p>
        <div className="row">
          <LinkButton kind="primary" to={paths.needs()}>
            {t("notFound.needs")}
          </LinkButton>
          <LinkButton to={paths.home()}>{t("notFound.home")}</LinkButton>
        </div>
      </div>
    </>
  );
}

/** A fault nobody caught: says so, keeps the way out open. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("ui");
  return (
    <div className="wrap">
      <PageHead title={t("crash.title")} />
      <div className="stack">
        <ErrorState fault={error} onRetry={reset} />
        <LinkButton to={paths.home()}>{t("notFound.home")}</LinkButton>
      </div>
    </div>
  );
}
