/** One route per page of every area, each with its own chunk, words and title. */
import {
  type AnyRoute,
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import type { Area, PageDef } from "@/lib/area";
import { ensureWords } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { settle } from "@/lib/session";
import { areas } from "./areas";
import { CrashPage, NotFoundPage } from "./FaultPages";
import { PublicLayout } from "./PublicLayout";
import { Root } from "./Root";

const root = createRootRoute({ component: Root, errorComponent: CrashPage });

const publicLayout = createRoute({
  getParentRoute: () => root,
  id: "public",
  component: PublicLayout,
  loader: () => ensureWords("ui", "app"),
});

const workLayout = createRoute({
  getParentRoute: () => root,
  id: "work",
  component: lazyRouteComponent(() => import("./WorkLayout")),
  loader: () => ensureWords("ui", "app", "status", "problems", "nav", "action"),
  beforeLoad: async ({ location }) => {
    const state = await settle();
    if (state.kind !== "signed_in") throw redirect({ href: paths.signIn(location.href) });
  },
});

function pageRoute(parent: AnyRoute, area: Area, page: PageDef): AnyRoute {
  return createRoute({
    getParentRoute: () => parent,
    path: page.path,
    component: lazyRouteComponent(page.load),
    loader: () => ensureWords(area.name, ...(page.words ?? [])),
    staticData: { title: page.title, roles: page.roles, full: page.full },
  });
}

const pagesOf = (parent: AnyRoute, pick: (a: Area) => PageDef[] | undefined) =>
  areas.flatMap((area) => (pick(area) ?? []).map((page) => pageRoute(parent, area, page)));

/** Unknown addresses keep the header, so that there is a way on. */
const unknown = createRoute({
  getParentRoute: () => publicLayout,
  path: "$",
  component: NotFoundPage,
  staticData: { title: "ui:notFound.title" },
});

export const routeTree = root.addChildren([
  publicLayout.addChildren([...pagesOf(publicLayout, (a) => a.publicPages), unknown]),
  workLayout.addChildren(pagesOf(workLayout, (a) => a.workPages)),
]);

export const makeRouter = () =>
  createRouter({
    routeTree,
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
