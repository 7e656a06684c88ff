/**
 * The one way to the server: a client typed by the OpenAPI document. It adds the access
 * token, an Idempotency-Key to every write and a time limit, renews an expired token once,
 * and turns every refusal into a `Problem`.
 */
import type { Client } from "openapi-fetch";
import type { paths } from "../api/generated/schema";
import { makeClient } from "./client";
import { hearServerTime } from "./clock";
import { currentLang, ensureWords, localeOf } from "./i18n";
import { asProblem, Problem, type ProblemBody } from "./problem";
import { accessToken, freshToken, renew } from "./session";

/** Longer than the server's own limit of 30 s, so that its answer is the one we show. */
const timeoutMs = 35_000;
const writes = new Set(["POST", "PUT", "PATCH", "DELETE"]);

function dress(request: Request): Request {
  const headers = new Headers(request.headers);
  const token = accessToken();
  if (token) headers.set("Authorization", `Bearer ${token}`);
  headers.set("Accept-Language", localeOf(currentLang()));
  headers.set("X-Linli-Request", "1");
  if (writes.has(request.method) && !headers.has("Idempotency-Key")) {
    headers.set("Idempotency-Key", crypto.randomUUID());
  }
  return new Request(request, { headers });
}

async function send(request: Request): Promise<Response> {
  await freshToken();
  const spare = request.clone();
  let answer = await fetch(dress(request), { signal: AbortSignal.timeout(timeoutMs) });
  if (answer.status === 401 && accessToken() && (await renew())) {
    answer = await fetch(dress(spare), { signal: AbortSignal.timeout(timeoutMs) });
  }
  hearServerTime(answer.headers.get("X-Linli-Now"));
  return answer;
}

/** `api.GET("/api/v1/needs/{id}", { params: { path: { id } } })`, typed by the OpenAPI document. */
export const api = makeClient(send) as Pick<Client<paths>, "GET" | "POST" | "PUT" | "PATCH" | "DELETE">;

/** The header of a write that names the version it saw: `{ "If-Match": '"3"' }`. */
export const ifMatch = (version: number) => ({ "If-Match": `"${version}"` });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** `const need = await ask(api.GET("/api/v1/needs/{id}", …))`: the data, or a thrown Problem. */
export async function ask<T>(call: Promise<Answer<T>>): Promise<T> {
  let answer: Answer<T>;
  try {
    answer = await call;
  } catch (fault) {
    throw asProblem(fault);
  }
  if (answer.response.ok) return answer.data as T;
  throw await refusal(bodyOf(answer.error), answer.response.status);
}

/** The words for the inputs at fault are there before anybody is told of them. */
async function refusal(body: ProblemBody, status: number): Promise<Problem> {
  if (body.fields?.length) await ensureWords("fields").catch(() => undefined);
  return new Problem(body, status);
}

const bodyOf = (error: unknown): ProblemBody =>
  typeof error === "object" && error !== null ? (error as ProblemBody) : {};

/** For answers that are not JSON (exports, documents): the same token, time limit and problems. */
export async function askBlob(path: string): Promise<Blob> {
  const response = await send(new Request(new URL(path, globalThis.location.origin))).catch(
    (fault: unknown) => {
      throw asProblem(fault);
    },
  );
  if (response.ok) return response.blob();
  throw new Problem((await response.json().catch(() => ({}))) as ProblemBody, response.status);
}
