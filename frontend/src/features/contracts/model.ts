/** Types, queries and small rules that the contract pages share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

type Schemas = components["schemas"];
export type ContractView = Schemas["ContractView"];
export type ContractRow = Schemas["ContractRow"];
export type MilestoneView = Schemas["MilestoneView"];
export type SupplementView = Schemas["SupplementView"];
export type AcceptanceView = Schemas["AcceptanceView"];
export type Item = Schemas["MilestoneItemBody"];
export type Plan = Schemas["MilestonePlanBody"];

export const contractQuery = (id: string) =>
  queryOptions({
    queryKey: ["contracts", id],
    queryFn: () => ask(api.GET("/api/v1/contracts/{id}", { params: { path: { id } } })),
  });

/** What every write about a contract reads again. */
export const refreshed = [["contracts"], ["todos"], ["payments"], ["projects"]];

/** The main path, in order; suspended, terminated and rescinded leave it. */
export const stations = [
  "drafting",
  "signed",
  "published",
  "filed",
  "active",
  "completed",
  "closed",
] as const;

/** Verbs that lead on; the others stand below them. */
export const forward = [
  "amend",
  "sign_supplier",
  "sign",
  "publish",
  "file",
  "start",
  "complete",
  "close",
  "resume",
];

export const accepted = "image/jpeg,image/png,application/pdf,.xlsx,.docx,.csv,.txt,.xml";
