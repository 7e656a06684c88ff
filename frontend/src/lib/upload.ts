/** Files of a case: sent at once, named later by the form they belong to. */
import { freshToken } from "./session";

export interface Uploaded {
  id: string;
  name: string;
}

/** Sends one file, readable by the parties of its case; throws the sentence of a refusal. */
export async function upload(file: File): Promise<Uploaded> {
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
