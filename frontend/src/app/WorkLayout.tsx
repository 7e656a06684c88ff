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
import { PrintNote } from "./PrintNote";
import { SideNav } from "./SideNav";
import { LanguageSwitch, LooksSwitch } from "./Switches";
import { useMenu } from "./useMenu";
import { WhoAmI } from "./WhoAmI";
import "./work.css";

/** The work place: side navigation of the role, top bar with who I act as, the page. */
export function WorkLayout() {
  const { t } = useTranslation("app");
  const menu = useMenu<HTMLElement>(useMatches().at(-1)?.pathname);
  return (
    <div className="work" data-menu={menu.open || undefined}>
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <aside ref={menu.box} className="side no-print" id="sidenav" aria-label={t("brand")}>
        <div className="row between">
          <Link className="logo" to={paths.home()}>
            <Logo />
            {t("brand")}
          </Link>
          <IconButton
            icon="cross"
            label={t("nav.close")}
            className="iconbtn burger"
            onClick={() => menu.setOpen(false)}
          />
        </div>
        <SideNav />
      </aside>
      {menu.open && <div className="scrim no-print" aria-hidden="true" onClick={() => menu.setOpen(false)} />}
      <div className="workbody" inert={menu.open}>
        <Banners />
        <TopBar menu={menu} />
        <main id="main" tabIndex={-1} className="workpage">
          <Suspense fallback={<Skeleton />}>
            <Guarded />
          </Suspense>
        </main>
        <PrintNote />
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

function TopBar({ menu }: { menu: ReturnType<typeof useMenu> }) {
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
        ref={menu.opener}
        icon="menu"
        label={t("nav.menu")}
        aria-expanded={menu.open}
        aria-controls="sidenav"
        className="iconbtn burger"
        onClick={() => menu.setOpen(true)}
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
