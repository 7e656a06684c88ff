/**
 * The work place as one branch of the route tree: its frame, the addresses of its pages and who
 * may open them. The router fetches it when somebody first goes there.
 */
import { type AnyRoute, createRoute, redirect } from "@tanstack/react-router";
import { ensureWords } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { settle } from "@/lib/session";
import { pageRoutes } from "./pageroute";
import { WorkLayout } from "./WorkLayout";
import { workAreas } from "./workareas";

export function workBranch(root: AnyRoute): AnyRoute {
  const layout: AnyRoute = createRoute({
    getParentRoute: () => root,
    id: "work",
    component: WorkLayout,
    loader: () => ensureWords("ui", "app", "status", "problems", "nav", "action"),
    beforeLoad: async ({ location }) => {
      const state = await settle();
      if (state.kind !== "signed_in") throw redirect({ href: paths.signIn(location.href) });
    },
  });
  return layout.addChildren(workAreas.flatMap((area) => pageRoutes(layout, area.name, area.workPages)));
}
