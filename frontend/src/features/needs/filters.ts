/** The filters of the public list: they live in the URL and feed list, map and counts alike. */
import type { Filters } from "@/ui/Chips";

export type FilterKey = "q" | "category" | "state" | "sort" | "placeId" | "near" | "mine" | "view";
export type NeedFilters = Partial<Record<FilterKey, string>>;

/** How arrays travel: "a,b", as the server reads them. */
export const listed = { querySerializer: { array: { style: "form", explode: false } } } as const;

type Sort = "newest" | "supported" | "waiting" | "near";

const states: Record<string, { active?: boolean; stage?: string[]; outcome?: string[] }> = {
  active: { active: true },
  gathering: { stage: ["open"] },
  deciding: {
    stage: ["on_agenda", "classified", "screened", "deliberated", "publicised", "adopted", "reopened"],
  },
  doing: { stage: ["linked", "in_delivery", "delivered", "confirmed"] },
  closed: { stage: ["closed"] },
  met: { outcome: ["met", "partly_met"] },
  unmet: { outcome: ["unmet_no_resource", "not_feasible", "not_adopted", "not_ours"] },
};
export const stateKeys = Object.keys(states);

/** What list, map and counts ask in common. */
export const shared = (f: NeedFilters) => ({
  q: f.q,
  placeId: f.placeId,
  category: f.category ? [f.category] : undefined,
  ...states[f.state ?? ""],
});

/** The list's own: order, near me, mine. */
export function listQuery(f: NeedFilters) {
  const [lat, lng] = (f.near ?? "").split(",").map(Number);
  const near = f.near && Number.isFinite(lat) && Number.isFinite(lng);
  return {
    ...shared(f),
    mine: f.mine === "asked" || f.mine === "followed" ? (f.mine as "asked" | "followed") : undefined,
    sort: (near ? "near" : (f.sort ?? "newest")) as Sort,
    ...(near ? { lat, lng } : {}),
  };
}

/** A filter that came from an address somebody typed. */
export const isFilter = (filters: Filters): boolean => Object.values(filters).some(Boolean);
