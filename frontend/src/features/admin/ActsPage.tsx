import { useInfiniteQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import { PageHead } from "@/ui/layout";
import { Pagination } from "@/ui/Pagination";
import { Empty, ErrorState, Skeleton } from "@/ui/states";
import { DateTime, ReasonWords } from "@/ui/values";

/** What administrators did: all of it for the audit administrator, their own for the others. */
export default function ActsPage() {
  const { t } = useTranslation("admin");
  const role = useTranslation("app").t;
  const verb = useTranslation("action").t;
  const query = useInfiniteQuery({
    queryKey: ["adminActs"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(
        api.GET("/api/v1/admin-acts", { params: { query: { cursor: pageParam || undefined, limit: 50 } } }),
      ),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  const rows = query.data?.pages.flatMap((p) => p.items) ?? [];
  return (
    <>
      <PageHead title={t("acts.title")} sub={t("acts.lead")} />
      {query.isPending && <Skeleton />}
      {query.isError && <ErrorState fault={query.error} onRetry={() => void query.refetch()} />}
      {query.isSuccess && (
        <div className="stack">
          <DataTable
            caption={t("acts.title")}
            rows={rows}
            rowKey={(a) => String(a.seq)}
            empty={<Empty title={t("acts.none")}>{t("acts.noneText")}</Empty>}
            columns={[
              { id: "action", head: t("acts.action"), title: true, cell: (a) => verb(a.action) },
              { id: "role", head: t("acts.role"), cell: (a) => role(`role.${a.role}`) },
              {
                id: "reason",
                head: t("reason"),
                cell: (a) => (a.reason ? <ReasonWords reason={a.reason} /> : "—"),
              },
              { id: "at", head: t("acts.at"), cell: (a) => <DateTime at={a.at} /> },
              { id: "seq", head: t("acts.record"), right: true, shrink: true, cell: (a) => a.seq },
            ]}
          />
          <Pagination shown={rows.length} pages={query} />
        </div>
      )}
    </>
  );
}
