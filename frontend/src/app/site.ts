/** What the server says about this installation. */
import { queryOptions } from "@tanstack/react-query";
import { hearServerTime } from "@/lib/clock";

export interface Site {
  demonstration: boolean;
  /** The business clock was moved away from the server's own. */
  clockMoved: boolean;
}

const ordinary: Site = { demonstration: false, clockMoved: false };
const movedMs = 60_000;

export const siteQuery = queryOptions({
  queryKey: ["site"],
  staleTime: 60_000,
  refetchInterval: 120_000,
  queryFn: async (): Promise<Site> => {
    const answer = await fetch("/api/v1/site");
    if (!answer.ok) return ordinary;
    const site = (await answer.json()) as { demonstration: boolean; now: string };
    hearServerTime(site.now);
    const machine = Date.parse(answer.headers.get("Date") ?? "");
    return {
      demonstration: site.demonstration,
      clockMoved: Math.abs(Date.parse(site.now) - machine) > movedMs,
    };
  },
});
