/** What the server says about this installation. */
import { queryOptions } from "@tanstack/react-query";
import { hearServerTime } from "@/lib/clock";

export interface Site {
  demonstration: boolean;
  clockMoved: boolean;
  now: string;
}

export const siteQuery = queryOptions({
  queryKey: ["site"],
  staleTime: 60_000,
  refetchInterval: 120_000,
  queryFn: async (): Promise<Site> => {
    const answer = await fetch("/api/v1/site");
    if (!answer.ok) return { demonstration: false, clockMoved: false, now: "" };
    const site = (await answer.json()) as Site;
    hearServerTime(site.now);
    return site;
  },
});
