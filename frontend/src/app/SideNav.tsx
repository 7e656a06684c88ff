import { useRouterState } from "@tanstack/react-router";
import { type NavDef, navGroups } from "@/lib/area";
import { useTranslation } from "@/lib/i18n";
import { useSession } from "@/lib/session";
import { useTodoCounts } from "@/lib/todos";
import { Link } from "@/ui/Link";
import { workAreas } from "./workareas";

/** Entries of the role, grouped, each with the number of things that wait. */
export function SideNav() {
  const { t } = useTranslation("app");
  const role = useSession()?.membership?.role;
  const path = useRouterState({ select: (s) => s.location.pathname });
  const entries = workAreas.flatMap((a) => a.nav ?? []).filter((n) => role && n.roles.includes(role));
  const current = longestMatch(entries, path);
  return (
    <nav aria-label={t("work.nav")}>
      {navGroups.map((group) => {
        const mine = entries.filter((n) => n.group === group);
        if (mine.length === 0) return null;
        return (
          <div key={group}>
            {group !== "today" && <h2>{t(`group.${group}`)}</h2>}
            <ul>
              {mine.map((n) => (
                <NavEntry key={n.to} entry={n} current={n === current} />
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}

function NavEntry({ entry, current }: { entry: NavDef; current: boolean }) {
  const { t } = useTranslation("nav");
  const counts = useTodoCounts();
  const n = (entry.counts ?? []).reduce(
    (sum, kind) => sum + (kind === "*" ? counts.total : (counts.byKind[kind] ?? 0)),
    0,
  );
  return (
    <li>
      <Link to={entry.to} aria-current={current ? "page" : undefined}>
        {t(entry.label)}
        {n > 0 && <span className="n num">{n}</span>}
      </Link>
    </li>
  );
}

function longestMatch(entries: NavDef[], path: string): NavDef | undefined {
  return entries
    .filter((n) => path === n.to || path.startsWith(`${n.to}/`))
    .sort((a, b) => b.to.length - a.to.length)[0];
}
