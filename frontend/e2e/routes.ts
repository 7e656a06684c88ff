/** The router's own table: what a sweep has to have opened. */
import { openFor, router } from "../src/app/router";

interface Node {
  options: { path?: string };
  children?: unknown;
}

await openFor("/work"); // it knows the work place only after somebody went there

/** The path of every route that is a page, public or of the work place; "$" catches all others. */
export function routes(at: Node = router.routeTree as Node): string[] {
  const below = Object.values((at.children ?? {}) as Record<string, Node>);
  return [...(at.options.path ? [at.options.path] : []), ...below.flatMap((child) => routes(child))];
}
