import { Outlet, useMatches, useRouterState } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { translate, useLang } from "@/lib/i18n";

/** What every page has: a title in the browser, and the focus on its heading after a change of route. */
export function Root() {
  useDocumentTitle();
  useFocusOnArrival();
  return <Outlet />;
}

function useDocumentTitle() {
  const lang = useLang();
  const matches = useMatches();
  const title = matches.at(-1)?.staticData?.title;
  const ready = matches.at(-1)?.status === "success";
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new language gives the same key new words
  useEffect(() => {
    if (ready && title) document.title = `${translate(title)} · ${translate("ui:productName")}`;
  }, [title, ready, lang]);
}

/** A screen reader hears where it is; keyboard users continue in the page, not in the header. */
function useFocusOnArrival() {
  const path = useRouterState({ select: (s) => s.resolvedLocation?.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (path === undefined) return;
    if (first.current) {
      first.current = false;
      return;
    }
    const target =
      document.querySelector<HTMLElement>("main h1") ?? document.querySelector<HTMLElement>("main");
    target?.focus({ preventScroll: true });
  }, [path]);
}

declare module "@tanstack/react-router" {
  interface StaticDataRouteOption {
    title?: string;
    roles?: readonly string[];
    full?: boolean;
  }
}
