/** One route per page, each with its own chunk, words and title. */
import { type AnyRoute, createRoute, lazyRouteComponent } from "@tanstack/react-router";
import type { PageDef } from "@/lib/area";
import { ensureWords } from "@/lib/i18n";

/** `name` is the area's: the namespace its pages speak from. */
export const pageRoutes = (parent: AnyRoute, name: string, pages: PageDef[]): AnyRoute[] =>
  pages.map((page) =>
    createRoute({
      getParentRoute: () => parent,
      path: page.path,
      component: lazyRouteComponent(page.load),
      loader: () => ensureWords(name, ...(page.words ?? [])),
      staticData: { title: page.title, roles: page.roles, full: page.full },
    }),
  );
