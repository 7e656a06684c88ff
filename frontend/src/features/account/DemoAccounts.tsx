import { useTranslation } from "@/lib/i18n";
import { type Membership, partyName } from "@/lib/session";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/layout";
import type { Credentials, SignInHelp } from "./entry";

/** Who stands where in the story: neighbours, the street, suppliers, money, those who watch. */
const groups: { key: string; roles: string[] }[] = [
  { key: "neighbours", roles: ["resident", "council", "community_worker"] },
  { key: "buyers", roles: ["buyer_maker", "buyer_approver", "agency", "expert"] },
  { key: "suppliers", roles: ["supplier_agent", "supplier_admin"] },
  { key: "money", roles: ["finance_officer", "finance_approver", "fund_manager", "fund_approver"] },
  { key: "watchers", roles: ["auditor", "platform_admin", "security_admin", "audit_admin"] },
];

interface Props {
  help: SignInHelp;
  busy: boolean;
  onPick: (c: Credentials) => void;
}

interface Part {
  name: string;
  login: string;
  role: Membership;
}

/** The invented people of a demonstration, one click each. */
export function DemoAccounts({ help, busy, onPick }: Props) {
  const { t } = useTranslation("account");
  const parts: Part[] = help.accounts.flatMap((a) =>
    a.roles.map((r) => ({ name: a.name, login: a.login, role: r as Membership })),
  );
  const pick = (p: Part) =>
    onPick({ login: p.login, password: help.demonstrationPassword ?? "", membershipId: p.role.id });
  return (
    <Card title={t("demo.title")}>
      <p className="small muted">
        {t("demo.lead")} <code>{help.demonstrationPassword}</code>
      </p>
      <div className="cast">
        {groups.map((g) => {
          const here = parts.filter((p) => g.roles.includes(p.role.role));
          if (here.length === 0) return null;
          return (
            <section key={g.key} aria-label={t(`demo.${g.key}`)}>
              <h3>{t(`demo.${g.key}`)}</h3>
              <Parts list={leads(here)} {...{ busy, pick }} />
              {here.length > leads(here).length && (
                <details>
                  <summary className="small">
                    {t("demo.more", { count: here.length - leads(here).length })}
                  </summary>
                  <Parts list={here.filter((p) => !leads(here).includes(p))} {...{ busy, pick }} />
                </details>
              )}
            </section>
          );
        })}
      </div>
    </Card>
  );
}

/** The first who holds each role: enough to play the whole story. */
const leads = (list: Part[]): Part[] =>
  list.filter((p, i) => list.findIndex((q) => q.role.role === p.role.role) === i);

function Parts({ list, busy, pick }: { list: Part[]; busy: boolean; pick: (p: Part) => void }) {
  return (
    <ul className="plain">
      {list.map((p) => (
        <li key={p.role.id}>
          <PartButton part={p} busy={busy} onPick={() => pick(p)} />
        </li>
      ))}
    </ul>
  );
}

function PartButton({ part, busy, onPick }: { part: Part; busy: boolean; onPick: () => void }) {
  const { t, lang } = useTranslation("app");
  return (
    <Button kind="quiet" small block className="part" aria-disabled={busy || undefined} onClick={onPick}>
      <span>
        <strong>{t(`role.${part.role.role}`)}</strong> {part.name}
      </span>
      <span className="tiny muted">{partyName(part.role, lang)}</span>
    </Button>
  );
}
