/** Types and queries that the payment pages share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";

type Schemas = components["schemas"];
export type PaymentView = Schemas["PaymentView"];
export type PaymentRow = Schemas["PaymentRowView"];
export type StatementLine = Schemas["StatementLineView"];
export type Due = Schemas["DueView"];
export type InvoiceBody = Schemas["InvoiceBody"];

export const paymentQuery = (id: string) =>
  queryOptions({
    queryKey: ["payments", id],
    queryFn: () => ask(api.GET("/api/v1/payments/{id}", { params: { path: { id } } })),
  });

export const duesQuery = queryOptions({
  queryKey: ["payments", "dues"],
  queryFn: async () => (await ask(api.GET("/api/v1/dues"))).items,
});

/** What every write about a payment reads again. */
export const refreshed = [["payments"], ["statement"], ["contracts"], ["ledger"], ["todos"]];

/** The main path, in order; disputed, returned and withdrawn leave it. */
export const stations = [
  "requested",
  "invoice_verified",
  "approved",
  "instructed",
  "paid",
  "reconciled",
] as const;

/** The verb that leads on from each state; the others are ways back. */
export const forward = ["verify_invoice", "approve", "instruct", "confirm_paid", "retry", "resolve"];
