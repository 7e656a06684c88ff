import { Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { Suspense } from "react";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSessionState } from "@/lib/session";
import { IconButton, LinkButton } from "@/ui/Button";
import { Logo } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { Skeleton } from "@/ui/states";
import { Banners } from "./Banners";
import { PrintNote } from "./PrintNote";
import { LanguageSwitch, LooksSwitch } from "./Switches";
import { useMenu } from "./useMenu";
import "./public.css";

const entries = [
  { to: paths.needs(), key: "nav.needs" },
  { to: paths.projects(), key: "nav.projects" },
  { to: paths.notices(), key: "nav.notices" },
  { to: paths.funds(), key: "nav.funds" },
  { to: paths.data(), key: "nav.data" },
];

/** The public site: header, page, footer. Everything in it is open without an account. */
export function PublicLayout() {
  const { t } = useTranslation("app");
  const full = useMatches().at(-1)?.staticData?.full;
  return (
    <div className="public">
      <a className="skip" href="#main">
        {t("skip")}
      </a>
      <Banners />
      <Header />
      <main id="main" tabIndex={-1} className={full ? undefined : "wrap page"}>
        <Suspense fallback={<Skeleton card={false} />}>
          <Outlet />
        </Suspense>
      </main>
      <PrintNote />
      <Footer />
    </div>
  );
}

function Header() {
  const { t } = useTranslation("app");
  const path = useRouterState({ select: (s) => s.location.pathname });
  const { open, setOpen, opener, box } = useMenu<HTMLElement>(path);
  return (
    <header className="top no-print">
      <div className="wrap">
        <Link className="logo" to={paths.home()}>
          <Logo />
          {t("brand")}
        </Link>
        <nav ref={box} id="mainnav" aria-label={t("nav.label")} data-open={open || undefined}>
          {entries.map((e) => (
            <Link key={e.to} to={e.to} aria-current={path.startsWith(e.to) ? "page" : undefined}>
              {t(e.key)}
            </Link>
          ))}
          <Link className="menuonly" to={paths.say()}>
            {t("say")}
          </Link>
        </nav>
        <div className="end">
          <LooksSwitch />
          <LanguageSwitch />
          <AccountLink />
          <LinkButton
            kind="primary"
            small
            to={paths.say()}
            className={path === paths.home() || path === paths.needs() ? "say floats" : "say"}
          >
            {t("say")}
          </LinkButton>
          <IconButton
            ref={opener}
            icon={open ? "cross" : "menu"}
            label={t("nav.menu")}
            aria-expanded={open}
            aria-controls="mainnav"
            className="iconbtn burger"
            onClick={() => setOpen(!open)}
          />
        </div>
      </div>
    </header>
  );
}

function AccountLink() {
  const { t } = useTranslation("app");
  const state = useSessionState();
  const next = useRouterState({ select: (s) => s.location.href });
  if (state.kind !== "anonymous") {
    return (
      <LinkButton small to={paths.work()}>
        {t("workplace")}
      </LinkButton>
    );
  }
  return (
    <LinkButton small to={paths.signIn(next === "/" ? undefined : next)}>
      {t("signIn")}
    </LinkButton>
  );
}

function Footer() {
  const { t } = useTranslation("app");
  return (
    <footer className="foot no-print">
      <div className="wrap">
        <p>{t("foot.line")}</p>
        <nav aria-label={t("foot.label")}>
          <Link to={paths.about()}>{t("foot.about")}</Link>
          <Link to={paths.resources()}>{t("foot.resources")}</Link>
          <Link to={paths.places()}>{t("foot.places")}</Link>
          <Link to={paths.rules()}>{t("foot.rules")}</Link>
          <Link to={paths.proof()}>{t("foot.proof")}</Link>
          <Link to={paths.apiReference()}>{t("foot.api")}</Link>
        </nav>
      </div>
    </footer>
  );
}
