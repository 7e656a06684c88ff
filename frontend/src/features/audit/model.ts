/** Audit records, and where the objects they are about can be opened. */
import { queryOptions } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { paths, withSearch } from "@/lib/paths";

export type AuditRecord = components["schemas"]["AuditRecordView"];
export type Inspection = components["schemas"]["AuditInspectOutBody"];

export const filterKeys = [
  "code",
  "id",
  "actor",
  "kind",
  "action",
  "place",
  "placePath",
  "from",
  "to",
] as const;
/** `place` is the id a person chose; the server is asked by the path that leads to it. */
export type Filter = (typeof filterKeys)[number];
export type Filters = Partial<Record<Filter, string>>;

const pageful = 50;

export const readPage = (filters: Filters, cursor: string) =>
  ask(
    api.GET("/api/v1/audit/records", {
      params: { query: { ...asked(filters), cursor: cursor || undefined, limit: pageful } },
    }),
  );

function asked({ place: _, ...rest }: Filters): Omit<Filters, "place"> {
  return rest;
}

export const recordQuery = (seq: number) =>
  queryOptions({
    queryKey: ["audit", "record", seq],
    queryFn: () => ask(api.GET("/api/v1/audit/records/{seq}", { params: { path: { seq } } })),
  });

export const exportPath = (filters: Filters, format: "csv" | "xlsx"): string =>
  withSearch("/api/v1/audit/export", { ...asked(filters), format });

const pages: Record<string, (r: AuditRecord) => string> = {
  need: (r) => paths.need(r.code ?? r.objectId),
  project: (r) => paths.project(r.objectId),
  tender: (r) => paths.tender(r.objectId),
  announcement: (r) => paths.notice(r.objectId),
  contract: (r) => paths.contract(r.objectId),
  payment: (r) => paths.workPayment(r.objectId),
  journal: (r) => paths.workJournal(r.objectId),
  fund: (r) => paths.fund(r.objectId),
  pledge: (r) => paths.workPledge(r.objectId),
  challenge: (r) => paths.workChallenge(r.objectId),
  place: (r) => paths.place(r.objectId),
  organization: (r) => paths.organization(r.objectId),
  party: (r) => paths.workParty(r.objectId),
};

/** The object's own page; what is only a part of something opens its project. */
export const pageOf = (r: AuditRecord): string | undefined =>
  pages[r.kind]?.(r) ?? (r.projectId ? paths.project(r.projectId) : undefined);

/** Kinds an auditor asks for most, in the order of the trail. */
export const kinds = [
  "need",
  "voice",
  "project",
  "budget_line",
  "tender",
  "bid",
  "opening",
  "committee",
  "scoresheet",
  "evaluation",
  "award",
  "contract",
  "milestone",
  "acceptance",
  "payment",
  "journal",
  "fund",
  "pledge",
  "donation",
  "grant",
  "challenge",
  "person",
  "membership",
  "party",
  "organization",
  "place",
  "file",
];
