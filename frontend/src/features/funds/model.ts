/** Funds as the server shows them, and what every write about them reads again. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

export type Fund = components["schemas"]["FundView"];
export type Pledge = components["schemas"]["PledgeView"];
export type Inflow = components["schemas"]["InflowView"];
export type Grant = components["schemas"]["GrantView"];
export type Statement = components["schemas"]["FundStatementOutBody"];
export type StatementLine = components["schemas"]["FundLineView"];

const pageful = 100;

export const fundsChanged = [["funds"], ["pledges"], ["grants"], ["inflows"], ["todos"]];

export const fundsQuery = (keeperId?: string) =>
  queryOptions({
    queryKey: ["funds", "list", keeperId ?? ""],
    queryFn: () => ask(api.GET("/api/v1/funds", { params: { query: { keeperId, limit: pageful } } })),
  });

export const fundQuery = (id: string) =>
  queryOptions({
    queryKey: ["funds", "one", id],
    queryFn: () => ask(api.GET("/api/v1/funds/{id}", { params: { path: { id } } })),
  });

export const statementQuery = (id: string, from: string, to: string) =>
  queryOptions({
    queryKey: ["funds", "statement", id, from, to],
    queryFn: () =>
      ask(
        api.GET("/api/v1/funds/{id}/statement", {
          params: { path: { id }, query: { from: from || undefined, to: to || undefined } },
        }),
      ),
  });

export const pledgesQuery = (filter: { fundId?: string; donorId?: string }) =>
  queryOptions({
    queryKey: ["pledges", filter],
    queryFn: () => ask(api.GET("/api/v1/pledges", { params: { query: { ...filter, limit: pageful } } })),
  });

export const pledgeQuery = (id: string) =>
  queryOptions({
    queryKey: ["pledges", "one", id],
    queryFn: () => ask(api.GET("/api/v1/pledges/{id}", { params: { path: { id } } })),
  });

export const inflowsQuery = (id: string) =>
  queryOptions({
    queryKey: ["inflows", id],
    queryFn: () =>
      ask(api.GET("/api/v1/funds/{id}/inflows", { params: { path: { id }, query: { limit: pageful } } })),
  });

export const grantsQuery = (fundId: string) =>
  queryOptions({
    queryKey: ["grants", fundId],
    queryFn: () => ask(api.GET("/api/v1/grants", { params: { query: { fundId, limit: pageful } } })),
  });

/** The machine whose words describe an inflow. */
export const inflowMachine = (i: Inflow): string => (i.method === "card" ? "card_donation" : "donation");

/** "3 %": basis points as people read them. */
export const rate = (bp: number): string =>
  `${(bp / 100).toLocaleString("en", { maximumFractionDigits: 2 })} %`;

/** Actions worth a button: what another role does is left out, what waits is shown with its reason. */
export const offered = <A extends string>(
  acts: readonly A[],
  states: { action: string; permitted: boolean; code?: string }[],
): A[] =>
  acts.filter((a) => states.some((x) => x.action === a && (x.permitted || x.code !== "access.forbidden")));
