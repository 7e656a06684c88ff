/** The public pages, and the door behind which the work place is fetched. */
import { createRootRoute, createRoute, createRouter, redirect } from "@tanstack/react-router";
import { ensureWords } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { areas } from "./areas";
import { CrashPage, NotFoundPage } from "./FaultPages";
import { PublicLayout } from "./PublicLayout";
import { pageRoutes } from "./pageroute";
import { Root } from "./Root";

const root = createRootRoute({ component: Root, errorComponent: CrashPage });

const publicLayout = createRoute({
  getParentRoute: () => root,
  id: "public",
  component: PublicLayout,
  loader: () => ensureWords("ui", "app"),
});

/**
 * What is no public page. The work place is unknown until somebody goes there (or only points at
 * a link): then its addresses are fetched and he is sent on. Others keep the header, so that
 * there is a way on.
 */
const unknown = createRoute({
  getParentRoute: () => publicLayout,
  path: "$",
  component: NotFoundPage,
  staticData: { title: "ui:notFound.title" },
  beforeLoad: async ({ location }) => {
    if (await openFor(location.pathname)) throw redirect({ href: location.href, replace: true });
  },
});

const publicBranch = publicLayout.addChildren([
  ...areas.flatMap((area) => pageRoutes(publicLayout, area.name, area.publicPages)),
  unknown,
]);

export const router = createRouter({
  routeTree: root.addChildren([publicBranch]),
  defaultPreload: "intent",
  defaultPreloadStaleTime: 0,
  scrollRestoration: true,
  defaultErrorComponent: CrashPage,
  defaultNotFoundComponent: NotFoundPage,
  // Filters are strings; JSON in addresses is unreadable for people.
  parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  stringifySearch: (search) => {
    const query = new URLSearchParams();
    for (const [k, v] of Object.entries(search))
      if (v !== undefined && v !== null && v !== "") query.set(k, String(v));
    const text = query.toString();
    return text ? `?${text}` : "";
  },
});

let opened = false;

/**
 * Puts the work place among the addresses when `path` lies in it; false when that changes
 * nothing. Called before the first page too, which spares a work page the way past `unknown`.
 */
export async function openFor(path: string): Promise<boolean> {
  if (opened || !`${path}/`.startsWith(`${paths.work()}/`)) return false;
  const { workBranch } = await import("./workroutes");
  if (!opened) {
    root.addChildren([publicBranch, workBranch(root)]);
    router.setRoutes(router.buildRouteTree());
    opened = true;
  }
  return true;
}
