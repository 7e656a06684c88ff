/** Types and queries that the pages of the resource list share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

export type Organization = components["schemas"]["OrganizationView"];
export type OrganizationLine = components["schemas"]["OrganizationLineView"];
export type Profile = components["schemas"]["OrganizationProfile"];
export type ServiceLine = components["schemas"]["ServiceView"];
export type ServicePage = components["schemas"]["ServicePage"];
export type Offer = components["schemas"]["OfferBody"];
export type Item = components["schemas"]["ItemView"];
export type ItemBody = components["schemas"]["ItemBody"];
export type Location = components["schemas"]["LocationView"];
export type Slot = components["schemas"]["SlotView"];
export type AccessFact = components["schemas"]["AccessFactView"];
export type Mistake = components["schemas"]["MistakeView"];
export type Checked = components["schemas"]["CheckedView"];

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: ["organizations", id],
    queryFn: () => ask(api.GET("/api/v1/organizations/{id}", { params: { path: { id } } })),
    enabled: id !== "",
  });

/** One's own body as the list shows it; null before it is listed, which is no fault. */
export const ownQuery = (partyId: string) =>
  queryOptions({
    queryKey: ["organizations", "own", partyId],
    queryFn: async () => {
      const listed = await ask(api.GET("/api/v1/organizations", { params: { query: { party: partyId } } }));
      if (listed.items.length === 0) return null;
      return ask(api.GET("/api/v1/organizations/{id}", { params: { path: { id: partyId } } }));
    },
    enabled: partyId !== "",
  });

export const serviceQuery = (id: string) =>
  queryOptions({
    queryKey: ["services", id],
    queryFn: () => ask(api.GET("/api/v1/services/{id}", { params: { path: { id } } })),
    enabled: id !== "",
  });

export const itemQuery = (id: string) =>
  queryOptions({
    queryKey: ["resources", id],
    queryFn: () => ask(api.GET("/api/v1/resources/{id}", { params: { path: { id } } })),
    enabled: id !== "",
  });

/** What every write about the list reads again. */
export const refreshed = [["organizations"], ["services"], ["resources"], ["mistakes"], ["todos"]];

export const kinds = ["SSO", "SA", "FDN", "SE", "ENT", "IND", "PSI2", "RC", "VC"] as const;
export const priceUnits = ["project", "year", "person_month", "visit", "hour"] as const;
export const accessCodes = [
  "step_free",
  "step_cm",
  "door_cm",
  "lift",
  "toilet",
  "parking",
  "hearing_loop",
  "tactile_path",
  "sign_language",
  "nursing",
  "wheelchair_for",
] as const;

/** Facts with a figure: centimetres or how many. The rest are yes or not said. */
export const measured: Record<string, "cm" | "count"> = {
  step_cm: "cm",
  door_cm: "cm",
  parking: "count",
  wheelchair_for: "count",
};
