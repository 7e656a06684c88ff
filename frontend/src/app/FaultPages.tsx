import type { ErrorComponentProps } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { useTitle } from "@/ui/layout";
import { ErrorState } from "@/ui/states";

export function NotFoundPage() {
  const { t } = useTranslation("ui");
  useTitle(t("notFound.title"));
  return (
    <main id="main" className="wrap" tabIndex={-1}>
      <div className="state">
        <h1 tabIndex={-1}>{t("notFound.title")}</h1>
        <p>{t("notFound.text")}</p>
        <div className="row">
          <LinkButton kind="primary" to={paths.needs()}>
            {t("notFound.needs")}
          </LinkButton>
          <LinkButton to={paths.home()}>{t("notFound.home")}</LinkButton>
        </div>
      </div>
    </main>
  );
}

/** A fault nobody caught: says so, keeps the way out open. */
export function CrashPage({ error, reset }: ErrorComponentProps) {
  const { t } = useTranslation("ui");
  return (
    <main id="main" className="wrap" tabIndex={-1}>
      <div className="pagehead">
        <h1 tabIndex={-1}>{t("crash.title")}</h1>
      </div>
      <ErrorState fault={error} onRetry={reset} />
    </main>
  );
}
