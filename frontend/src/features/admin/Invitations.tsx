import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Loaded, ProblemNotice } from "@/ui/states";
import { DateTime } from "@/ui/values";

/** Who was invited and what became of it. */
export function Invitations({ partyId, mayGrant }: { partyId: string; mayGrant: boolean }) {
  const { t } = useTranslation("admin");
  const role = useTranslation("app").t;
  const query = useQuery({
    queryKey: ["parties", partyId, "invitations"],
    queryFn: () => ask(api.GET("/api/v1/parties/{id}/invitations", { params: { path: { id: partyId } } })),
  });
  const revoke = useWrite(
    (id: string, key) =>
      ask(api.POST("/api/v1/invitations/{id}/revoke", { params: { path: { id }, header: key } })),
    { refresh: [["parties", partyId, "invitations"]] },
  );
  return (
    <Card title={t("invitations.title")}>
      <ProblemNotice problem={revoke.error} />
      <Loaded query={query} lines={2}>
        {({ items }) => (
          <DataTable
            caption={t("invitations.title")}
            rows={items}
            rowKey={(i) => i.id}
            empty={<p className="muted">{t("invitations.none")}</p>}
            columns={[
              { id: "name", head: t("invite.name"), title: true, cell: (i) => i.name },
              { id: "role", head: t("members.role"), cell: (i) => role(`role.${i.role}`) },
              {
                id: "status",
                head: t("invitations.status"),
                cell: (i) =>
                  i.status === "expired" ? (
                    <Tag tone="plain">{t("invitations.expired")}</Tag>
                  ) : (
                    <Status machine="invitation" state={i.status} />
                  ),
              },
              { id: "ends", head: t("invitations.ends"), cell: (i) => <DateTime at={i.endsAt} /> },
              {
                id: "revoke",
                head: <span className="visually-hidden">{t("invitations.revoke")}</span>,
                shrink: true,
                cell: (i) =>
                  mayGrant &&
                  (i.status === "open" || i.status === "expired") && (
                    <Button small kind="quiet" busy={revoke.isPending} onClick={() => revoke.mutate(i.id)}>
                      {t("invitations.revoke")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
    </Card>
  );
}
