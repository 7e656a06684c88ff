import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { partyName, signOut, switchMembership, useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { Link } from "@/ui/Link";

/** Whom I act as: name, role, body; another membership is one choice away. */
export function WhoAmI() {
  const { t, lang } = useTranslation("app");
  const session = useSession();
  const client = useQueryClient();
  const navigate = useNavigate();
  if (!session) return null;
  const { membership: acting, memberships } = session;

  async function leave() {
    await signOut();
    client.clear();
    await navigate({ to: paths.home() });
  }
  async function change(id: string) {
    await switchMembership(id);
    client.clear();
    await navigate({ to: paths.work() });
  }

  return (
    <details className="whoami">
      <summary>
        {acting && <span className="body">{partyName(acting, lang)}</span>}
        <span>
          {session.name}
          {acting && <span className="wideonly"> · {t(`role.${acting.role}`)}</span>}
        </span>
      </summary>
      <div className="menu card">
        {acting && (
          <p className="small ink2">
            {partyName(acting, lang)} · {t(`role.${acting.role}`)}
          </p>
        )}
        {memberships.length > 1 && (
          <>
            <h2>{t("work.switch")}</h2>
            <ul className="plain">
              {memberships.map((m) => (
                <li key={m.id}>
                  <Button
                    small
                    kind="quiet"
                    block
                    aria-current={m.id === acting?.id ? "true" : undefined}
                    onClick={() => void change(m.id)}
                  >
                    {partyName(m, lang)} · {t(`role.${m.role}`)}
                  </Button>
                </li>
              ))}
            </ul>
          </>
        )}
        <Link to={paths.account()}>{t("work.account")}</Link>
        <Link to={paths.home()}>{t("publicSite")}</Link>
        <Button small onClick={() => void leave()}>
          {t("signOut")}
        </Button>
      </div>
    </details>
  );
}
