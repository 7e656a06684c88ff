/** The few parts of an OpenAPI 3.1 document that the reference page shows. */
import { queryOptions } from "@tanstack/react-query";
import { askBlob } from "@/lib/api";

export interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  description?: string;
  enum?: unknown[];
  examples?: unknown[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  required?: string[];
  properties?: Record<string, Schema>;
  additionalProperties?: boolean | Schema;
  items?: Schema;
}

export interface Parameter {
  name: string;
  in: "path" | "query" | "header" | "cookie";
  description?: string;
  required?: boolean;
  schema?: Schema;
}

interface Media {
  schema?: Schema;
}

export interface Operation {
  operationId: string;
  summary?: string;
  description?: string;
  tags?: string[];
  parameters?: Parameter[];
  requestBody?: { content?: Record<string, Media> };
  responses?: Record<string, { description?: string; content?: Record<string, Media> }>;
  "x-permission"?: string;
  "x-faults"?: string[] | null;
}

export interface Document {
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

export interface Route {
  method: string;
  path: string;
  operation: Operation;
}

export const documentQuery = queryOptions({
  queryKey: ["openapi"],
  staleTime: Number.POSITIVE_INFINITY,
  queryFn: async () => JSON.parse(await (await askBlob("/api/v1/openapi.json")).text()) as Document,
});

const methods = ["get", "post", "put", "patch", "delete"];

/** Operations by tag, in the order of the document. */
export function byTag(doc: Document): Map<string, Route[]> {
  const out = new Map<string, Route[]>();
  for (const [path, item] of Object.entries(doc.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const tag = operation.tags?.[0] ?? "";
      out.set(tag, [...(out.get(tag) ?? []), { method, path, operation }]);
    }
  }
  return new Map([...out].sort(([a], [b]) => a.localeCompare(b)));
}

export function matches(route: Route, words: string): boolean {
  const { operation } = route;
  const text =
    `${route.method} ${route.path} ${operation.operationId} ${operation.summary ?? ""}`.toLowerCase();
  return words
    .toLowerCase()
    .split(/\s+/)
    .every((w) => text.includes(w));
}

/** Follows a reference inside the document. */
export function resolve(doc: Document, schema: Schema | undefined): Schema {
  const name = schema?.$ref?.split("/").at(-1);
  return (name ? doc.components?.schemas?.[name] : schema) ?? {};
}

/** The JSON body of a request or of the answer that means success. */
export const bodyOf = (content: Record<string, Media> | undefined): Schema | undefined =>
  content?.["application/json"]?.schema;

export function answerOf(operation: Operation): { status: string; schema?: Schema } | undefined {
  const status = Object.keys(operation.responses ?? {}).find((s) => s.startsWith("2"));
  return status ? { status, schema: bodyOf(operation.responses?.[status]?.content) } : undefined;
}

export interface Field {
  name: string;
  type: string;
  required: boolean;
  note: string;
}

const deepest = 3;

/** The fields of a body as dotted names, lists as `name[]`; deeper ones are left to the document. */
export function fieldsOf(doc: Document, schema: Schema | undefined, prefix = "", depth = 0): Field[] {
  const object = resolve(doc, schema);
  if (object.type === "array" || object.items) return fieldsOf(doc, object.items, `${prefix}[]`, depth);
  return Object.entries(object.properties ?? {}).flatMap(([key, property]) => {
    const name = prefix ? `${prefix}.${key}` : key;
    const target = resolve(doc, property);
    const own = {
      name,
      type: typeOf(doc, property),
      required: object.required?.includes(key) ?? false,
      note: noteOf(target),
    };
    if (depth >= deepest) return [own];
    const inner = target.items ? resolve(doc, target.items) : target;
    const below = inner.properties ? fieldsOf(doc, inner, target.items ? `${name}[]` : name, depth + 1) : [];
    return [own, ...below];
  });
}

function typeOf(doc: Document, schema: Schema): string {
  const target = resolve(doc, schema);
  const type =
    (Array.isArray(target.type) ? target.type.filter((x) => x !== "null")[0] : target.type) ?? "object";
  if (type === "array") return `${typeOf(doc, target.items ?? {})}[]`;
  return target.format ? `${type} (${target.format})` : type;
}

function noteOf(schema: Schema): string {
  const parts = [schema.description ?? ""];
  if (schema.enum) parts.push(schema.enum.map(String).join(" | "));
  if (schema.examples?.[0] !== undefined) parts.push(`e.g. ${JSON.stringify(schema.examples[0])}`);
  return parts.filter(Boolean).join(" ");
}
