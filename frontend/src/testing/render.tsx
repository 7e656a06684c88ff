/** Renders a component with what pages have around them: queries and a router. */
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { render, screen } from "@testing-library/react";
import { type ReactNode, Suspense } from "react";

export async function show(children: ReactNode, at = "/") {
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: "$",
    component: () => (
      <div data-testid="page">
        <Suspense fallback={null}>{children}</Suspense>
      </div>
    ),
  });
  const router = createRouter({
    routeTree: root.addChildren([page]),
    history: createMemoryHistory({ initialEntries: [at] }),
    parseSearch: (text) => Object.fromEntries(new URLSearchParams(text)),
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const view = render(
    <QueryClientProvider client={client}>
      {/* biome-ignore lint/suspicious/noExplicitAny: the registered router is the application's */}
      <RouterProvider router={router as any} />
    </QueryClientProvider>,
  );
  await screen.findByTestId("page");
  return { ...view, router, client };
}
