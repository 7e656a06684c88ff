/** Types and queries that the project pages share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

export type ProjectView = components["schemas"]["ProjectView"];
export type ProjectSummary = components["schemas"]["ProjectSummary"];
export type BudgetLine = components["schemas"]["BudgetLineView"];
export type PlanBody = components["schemas"]["PlanBody"];

export const projectQuery = (id: string) =>
  queryOptions({
    queryKey: ["projects", id],
    queryFn: () => ask(api.GET("/api/v1/projects/{id}", { params: { path: { id } } })),
  });

export const budgetLinesQuery = (filter: { partyId?: string; fiscalYear?: number } = {}) =>
  queryOptions({
    queryKey: ["budget-lines", filter],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/budget-lines", { params: { query: { ...filter, limit: 100 } } }))).items,
  });

/** The main path, in order; suspended and terminated leave it. */
export const stations = [
  "proposed",
  "budgeted",
  "planned",
  "sourcing",
  "contracted",
  "delivering",
  "accepted",
  "evaluated",
  "archived",
] as const;

/** What every write about a project reads again. */
export const refreshed = [["projects"], ["budget-lines"], ["todos"], ["needs"]];
