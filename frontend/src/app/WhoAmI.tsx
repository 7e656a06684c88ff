import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type FocusEvent, type KeyboardEvent, useRef } from "react";
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
  const menu = useRef<HTMLDetailsElement>(null);
  if (!session) return null;
  const { membership: acting, memberships } = session;

  function press(event: KeyboardEvent<HTMLDetailsElement>) {
    if (event.key !== "Escape" || !event.currentTarget.open) return;
    event.currentTarget.open = false;
    event.currentTarget.querySelector("summary")?.focus();
  }
  /** Going on with the keyboard closes the menu, so that it covers nothing. */
  function left({ currentTarget, relatedTarget }: FocusEvent<HTMLDetailsElement>) {
    if (relatedTarget && !currentTarget.contains(relatedTarget)) currentTarget.open = false;
  }
  async function leave() {
    await signOut();
    client.clear();
    await navigate({ to: paths.home() });
  }
  async function change(id: string) {
    await switchMembership(id);
    if (menu.current) menu.current.open = false;
    client.clear();
    await navigate({ to: paths.work() });
  }

  return (
    <details ref={menu} className="whoami" onKeyDown={press} onBlur={left}>
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
