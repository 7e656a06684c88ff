/** Types and queries that the payment pages share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { freshToken } from "@/lib/session";
import type { UploadedFile } from "@/ui/FileUpload";

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

/** Sends one file and answers its id. */
export async function upload(file: File): Promise<UploadedFile> {
  const answer = await fetch(`/api/v1/files?visibility=case&name=${encodeURIComponent(file.name)}`, {
    method: "POST",
    headers: {
      Authorization: `Bearer ${await freshToken()}`,
      "Idempotency-Key": crypto.randomUUID(),
      "Content-Type": file.type || "application/octet-stream",
    },
    body: file,
  });
  const body = (await answer.json()) as { id?: string; title?: string };
  if (!answer.ok || !body.id) throw { sentence: body.title ?? String(answer.status) };
  return { id: body.id, name: file.name };
}
