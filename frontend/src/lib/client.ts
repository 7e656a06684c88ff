/**
 * Builds the requests of the typed client. The types are openapi-fetch's; its code weighs
 * more than these lines, which do the part of it that our API needs.
 */
type Values = Record<string, unknown>;

interface Init {
  params?: { path?: Values; query?: Values; header?: Values };
  headers?: HeadersInit;
  body?: unknown;
  /** Turns a body that is no JSON (a file) into what is sent. */
  bodySerializer?: (body: unknown) => BodyInit;
  parseAs?: "json" | "text" | "blob" | "stream";
  signal?: AbortSignal;
}

/** Parts of a path are escaped; an id never climbs out of its place. */
export const fillPath = (path: string, values: Values = {}): string =>
  path.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : encodeURIComponent(String(value));
  });

/**
 * Lists are one parameter with commas (`a=1,2`), as every list of the API is declared; repeated,
 * all but the first would be ignored. What is undefined, null or an empty list is left out.
 */
export function queryOf(values: Values = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined || value === null || (Array.isArray(value) && value.length === 0)) continue;
    query.append(name, Array.isArray(value) ? value.join(",") : String(value));
  }
  const text = query.toString();
  return text && `?${text}`;
}

export function requestOf(method: string, path: string, init: Init): Request {
  const { params = {}, body, bodySerializer } = init;
  const headers = new Headers(init.headers);
  for (const [name, value] of Object.entries(params.header ?? {})) {
    if (value !== undefined && value !== null) headers.set(name, String(value));
  }
  if (body !== undefined && !bodySerializer) headers.set("Content-Type", "application/json");
  const address = fillPath(path, params.path) + queryOf(params.query);
  return new Request(new URL(address, globalThis.location?.origin), {
    method,
    headers,
    body: body === undefined ? undefined : (bodySerializer ?? JSON.stringify)(body),
    signal: init.signal,
  });
}

async function answerOf(response: Response, parseAs: Init["parseAs"] = "json") {
  if (response.status === 204 || response.headers.get("Content-Length") === "0")
    return { data: undefined, response };
  if (!response.ok) return { error: await response.json().catch(() => ({})), response };
  if (parseAs === "stream") return { data: response.body, response };
  return { data: await response[parseAs](), response };
}

export function makeClient(send: (request: Request) => Promise<Response>) {
  const call =
    (method: string) =>
    async (path: string, init: Init = {}) =>
      answerOf(await send(requestOf(method, path, init)), init.parseAs);
  return {
    GET: call("GET"),
    POST: call("POST"),
    PUT: call("PUT"),
    PATCH: call("PATCH"),
    DELETE: call("DELETE"),
  };
}
