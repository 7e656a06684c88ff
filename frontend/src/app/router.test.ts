import { beforeEach, expect, test } from "vitest";
import { paths } from "@/lib/paths";

const fresh = async () => (await import("./router")) as typeof import("./router");
const known = (router: { routesById: object }) =>
  Object.keys(router.routesById).filter((id) => id.startsWith("/work/"));

beforeEach(() => {
  localStorage.clear();
});

test("a public page carries no address of the work place until somebody points at one", async () => {
  const { router } = await fresh();
  expect(known(router)).toEqual([]);
  const matches = await router.preloadRoute({ to: paths.workNeeds() });
  expect(known(router)).toContain(`/work${paths.workNeeds()}`);
  // A visitor without an account is shown the way in, not the work place.
  expect(matches?.at(-1)?.pathname).toBe(paths.signIn());
});

test("an address nobody made stays a public page that says so", async () => {
  const { router, openFor } = await fresh();
  await openFor(paths.work());
  const matches = await router.preloadRoute({ to: `${paths.work()}/no-such-page` });
  expect(matches?.at(-1)?.staticData.title).toBe("ui:notFound.title");
});

test("the first page of the work place is matched without a detour", async () => {
  const { router, openFor } = await fresh();
  await openFor(paths.work());
  const ids = router.matchRoutes(router.buildLocation({ to: paths.work() })).map((m) => m.routeId);
  expect(ids).toContain("/work");
});
