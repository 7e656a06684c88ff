import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { listed, useTranslation } from "@/lib/i18n";
import { SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { SidePanel } from "@/ui/Dialog";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { PersonPanel } from "./PersonPanel";

const read = (q: string | undefined, cursor: string) =>
  ask(api.GET("/api/v1/people", { params: { query: { q, cursor: cursor || undefined } } }));
export type Person = Awaited<ReturnType<typeof read>>["items"][number];

/** People in my scope; opening one shows the roles and, where it is mine to do, ways to help or lock. */
export default function PeoplePage() {
  const { t, lang } = useTranslation("admin");
  const role = useTranslation("app").t;
  const [filters, setFilters] = useFilters<"q">();
  const [chosen, setChosen] = useState<string>();
  const query = useInfiniteQuery({
    queryKey: ["people", filters.q ?? ""],
    initialPageParam: "",
    queryFn: ({ pageParam }) => read(filters.q, pageParam),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  const open = rows.find((p) => p.id === chosen);
  return (
    <>
      <PageHead title={t("people.title")} sub={t("people.lead")} />
      <div className="stack">
        <SearchBox
          label={t("people.search")}
          placeholder={t("people.searchHint")}
          value={filters.q}
          onSearch={(q) => setFilters({ q })}
        />
        {query.isPending && <Skeleton />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && (
          <>
            <DataTable
              caption={t("people.title")}
              rows={rows}
              rowKey={(p) => p.id}
              chosen={chosen}
              onOpen={(p) => setChosen(p.id)}
              empty={<Empty title={t("people.none")}>{t("people.noneText")}</Empty>}
              columns={[
                {
                  id: "name",
                  head: t("members.person"),
                  title: true,
                  cell: (p) => (
                    <>
                      {p.name} {p.lockedAt && <Tag tone="bad">{t("people.locked")}</Tag>}
                    </>
                  ),
                },
                {
                  id: "contact",
                  head: t("people.contact"),
                  cell: (p) => (
                    <span className="num">{[p.phone, p.email].filter(Boolean).join(" · ") || "—"}</span>
                  ),
                },
                {
                  id: "roles",
                  head: t("people.roles"),
                  cell: (p) =>
                    listed(
                      p.roles.map((r) =>
                        [role(`role.${r.role}`), (lang === "en" && r.partyNameEn) || r.partyName].join(" · "),
                      ),
                    ) || "—",
                },
              ]}
            />
            <Pagination shown={rows.length} pages={query} />
          </>
        )}
      </div>
      <SidePanel title={open?.name ?? ""} open={open !== undefined} onClose={() => setChosen(undefined)}>
        {open && <PersonPanel person={open} key={open.version} />}
      </SidePanel>
    </>
  );
}
