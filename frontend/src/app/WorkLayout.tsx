import { Outlet, useMatches } from "@tanstack/react-router";
import { Suspense, useEffect, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Button, IconButton } from "@/ui/Button";
import { Logo } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { Denied, Skeleton } from "@/ui/states";
import { Banners } from "./Banners";
import { InboxLink } from "./InboxLink";
import { JumpPalette } from "./JumpPalette";
import { SideNav } from "./SideNav";
import { LanguageSwitch, LooksSwitch } from "./Switches";
import { WhoAmI } from "./WhoAmI";
import "./work.css";

/** The work place: side navigation of the role, top bar with who I act as, the page. */
export function WorkLayout() {
  const { t } = useTranslation("app");
  const [menu, setMenu] = useState(false);
  const path = useMatches().at(-1)?.pathname;
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setMenu(false), [path]);
  return (
    <div className="work" data-menu={menu || undefined}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <aside className="side no-print" id="sidenav" aria-label={t("brand")}>
        <div className="row between">
          <Link className="logo" to={paths.home()}>
            <Logo />
            {t("brand")}
          </Link>
          <IconButton
            icon="cross"
            label={t("nav.close")}
            className="iconbtn burger"
            onClick={() => setMenu(false)}
          />
        </div>
        <SideNav />
      </aside>
      {menu && <div className="scrim no-print" aria-hidden="true" onClick={() => setMenu(false)} />}
      <div className="workbody">
        <Banners />
        <TopBar menu={menu} onMenu={() => setMenu(!menu)} />
        <main id="main" tabIndex={-1} className="workpage">
          <Suspense fallback={<Skeleton />}>
            <Guarded />
          </Suspense>
        </main>
      </div>
    </div>
  );
}

/** A page of another role says so instead of failing; the server would refuse anyway. */
function Guarded() {
  const roles = useMatches().at(-1)?.staticData?.roles;
  const session = useSession();
  if (roles && session && !roles.includes(session.membership?.role ?? "")) return <Denied />;
  return <Outlet />;
}

function TopBar({ menu, onMenu }: { menu: boolean; onMenu: () => void }) {
  const { t } = useTranslation("app");
  const [jumping, setJumping] = useState(false);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        setJumping(true);
      }
    };
    globalThis.addEventListener("keydown", press);
    return () => globalThis.removeEventListener("keydown", press);
  }, []);
  return (
    <header className="topbar no-print">
      <IconButton
        icon={menu ? "cross" : "menu"}
        label={t("nav.menu")}
        aria-expanded={menu}
        aria-controls="sidenav"
        className="iconbtn burger"
        onClick={onMenu}
      />
      <Button small kind="quiet" icon="search" aria-label={t("work.jump")} onClick={() => setJumping(true)}>
        <span className="wideonly">
          {t("work.jump")} <kbd>Ctrl K</kbd>
        </span>
      </Button>
      <div className="end">
        <InboxLink />
        <LooksSwitch />
        <LanguageSwitch />
        <WhoAmI />
      </div>
      {jumping && <JumpPalette onClose={() => setJumping(false)} />}
    </header>
  );
}
