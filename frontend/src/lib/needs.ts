/** Needs as the server shows them, and the queries that several areas ask. */
import { queryOptions, useQuery } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "./api";
import { useSession } from "./session";

export type Need = components["schemas"]["NeedView"];
export type NeedLine = components["schemas"]["NeedLineView"];
export type NeedDetail = components["schemas"]["NeedDetailView"];
export type NeedAlike = components["schemas"]["NeedAlikeView"];
export type PublicVoice = components["schemas"]["PublicVoiceView"];
export type Voice = components["schemas"]["VoiceView"];
export type VoiceDetail = components["schemas"]["VoiceDetailView"];
export type Standing = components["schemas"]["StandingView"];
export type Assist = components["schemas"]["AssistView"];

/** One need by identity or code, with voices, history and what may be done now. */
export const needQuery = (id: string) =>
  queryOptions({
    queryKey: ["needs", "one", id],
    queryFn: () => ask(api.GET("/api/v1/needs/{id}", { params: { path: { id } } })),
  });

/** The assisted half hour that runs now; the server knows, so that two tabs agree. */
export const assistQuery = queryOptions({
  queryKey: ["assist"],
  queryFn: async () => (await ask(api.GET("/api/v1/assists/current"))).assist ?? null,
  refetchInterval: 60_000,
});

/** What every write about needs reads again. */
export const needsChanged = [["needs"], ["voices"], ["todos"], ["follows"]];

/** The stations of a thread that a need alone can tell: how far along it is, of eight. */
const reached: Record<string, number> = {
  open: 1,
  on_agenda: 2,
  classified: 2,
  screened: 2,
  deliberated: 2,
  publicised: 2,
  adopted: 2,
  linked: 3,
  in_delivery: 6,
  delivered: 7,
  confirmed: 7,
  reopened: 1,
};
export const stations = 8;

export function progressOf(need: Pick<Need, "stage" | "outcome">): number {
  if (need.stage === "closed") return need.outcome === "met" || need.outcome === "partly_met" ? stations : 2;
  return reached[need.stage] ?? 0;
}

/** Whether a need takes support now. */
export const takesSupport = (need: Pick<Need, "stage">): boolean => need.stage !== "closed";

const askedMax = 100;

/** What I raised or supported, newest first. */
export const askedQuery = queryOptions({
  queryKey: ["needs", "asked"],
  queryFn: () => ask(api.GET("/api/v1/needs", { params: { query: { mine: "asked", limit: askedMax } } })),
});

/** The identities of those, asked once for a whole list; empty for a visitor. */
export function useAsked(): Set<string> {
  const session = useSession();
  const asked = useQuery({ ...askedQuery, enabled: session !== undefined });
  return new Set(asked.data?.items.map((n) => n.id));
}
