/** Types, queries and small rules that the contract pages share. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { freshToken } from "@/lib/session";
import type { UploadedFile } from "@/ui/FileUpload";

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

export const accepted = "image/jpeg,image/png,application/pdf,.xlsx,.docx,.csv,.txt,.xml";
