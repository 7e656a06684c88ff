import { useInfiniteQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { Button } from "@/ui/Button";
import { ChipBar, ChipSelect, SearchBox, useFilters } from "@/ui/Chips";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Tag } from "@/ui/Status";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { FoundPartyDialog } from "./FoundPartyDialog";
import { kinds } from "./kinds";

/** Organisations: all of them for administrators, one's own for others. */
export default function PartiesPage() {
  const { t, lang } = useTranslation("admin");
  const navigate = useNavigate();
  const [filters, setFilters] = useFilters<"q" | "kind">();
  const [founding, setFounding] = useState(false);
  const query = useInfiniteQuery({
    queryKey: ["parties", filters],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/parties", {
          params: { query: { cursor: pageParam || undefined, q: filters.q, kind: filters.kind } },
        }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead
        title={t("parties.title")}
        actions={
          can("party.manage") && (
            <Button kind="primary" icon="plus" onClick={() => setFounding(true)}>
              {t("parties.found")}
            </Button>
          )
        }
      />
      <div className="stack">
        <div className="row">
          <SearchBox label={t("parties.search")} value={filters.q} onSearch={(q) => setFilters({ q })} />
          <ChipBar label={t("parties.filter")}>
            <ChipSelect
              label={t("parties.kind")}
              value={filters.kind}
              onChange={(kind) => setFilters({ kind })}
              options={kinds.map((k) => ({ value: k, label: t(`kind.${k}`) }))}
            />
          </ChipBar>
        </div>
        {query.isPending && <Skeleton />}
        {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
        {query.isSuccess && (
          <>
            <DataTable
              caption={t("parties.title")}
              rows={rows}
              rowKey={(p) => p.id}
              onOpen={(p) => void navigate({ href: paths.workParty(p.id) })}
              empty={<Empty title={t("parties.none")}>{t("parties.noneText")}</Empty>}
              columns={[
                {
                  id: "name",
                  head: t("parties.name"),
                  title: true,
                  cell: (p) => (
                    <>
                      <Link to={paths.workParty(p.id)}>{(lang === "en" && p.nameEn) || p.name}</Link>{" "}
                      {!p.active && <Tag tone="bad">{t("party.suspended")}</Tag>}
                    </>
                  ),
                },
                { id: "kind", head: t("parties.kind"), cell: (p) => t(`kind.${p.kind}`) },
                { id: "place", head: t("parties.place"), cell: (p) => p.placeName || "—" },
                {
                  id: "uscc",
                  head: t("parties.uscc"),
                  cell: (p) => <span className="num">{p.uscc || "—"}</span>,
                },
              ]}
            />
            <Pagination shown={rows.length} pages={query} />
          </>
        )}
      </div>
      {founding && <FoundPartyDialog onClose={() => setFounding(false)} />}
    </>
  );
}
