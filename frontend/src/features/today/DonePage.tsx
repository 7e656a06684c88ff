import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { DataTable } from "@/ui/DataTable";
import { PageHead } from "@/ui/layout";
import { Empty, Loaded } from "@/ui/states";
import { DateTime } from "@/ui/values";

/** 已办: my own writes as the record keeps them. */
export default function DonePage() {
  const { t } = useTranslation("today");
  const verb = useTranslation("action").t;
  const query = useQuery({
    queryKey: ["done"],
    queryFn: async () => (await ask(api.GET("/api/v1/todos/done"))).items,
  });
  return (
    <>
      <PageHead title={t("done.title")} sub={t("done.sub")} />
      <Loaded query={query}>
        {(rows) => (
          <DataTable
            caption={t("done.title")}
            rows={rows}
            rowKey={(r) => String(r.seq)}
            empty={<Empty title={t("done.none")}>{t("done.noneText")}</Empty>}
            columns={[
              { id: "what", head: t("done.what"), title: true, cell: (r) => verb(r.action) },
              { id: "at", head: t("done.at"), cell: (r) => <DateTime at={r.at} /> },
              { id: "seq", head: t("done.record"), right: true, cell: (r) => r.seq },
            ]}
          />
        )}
      </Loaded>
    </>
  );
}
