import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { DateTime } from "@/ui/values";

const read = (id: string) => ask(api.GET("/api/v1/parties/{id}/members", { params: { path: { id } } }));
type Member = Awaited<ReturnType<typeof read>>["items"][number];

/** Who holds which role, live ones first; ending one asks for a reason, which is recorded. */
export function Members({ partyId }: { partyId: string }) {
  const { t } = useTranslation("admin");
  const role = useTranslation("app").t;
  const [ending, setEnding] = useState<Member>();
  const query = useQuery({ queryKey: ["parties", partyId, "members"], queryFn: () => read(partyId) });
  const end = useWrite(
    (v: { id: string; version: number; reason: string }, key) =>
      ask(
        api.POST("/api/v1/memberships/{id}/end", {
          params: { path: { id: v.id }, header: { ...ifMatch(v.version), ...key } },
          body: { reason: v.reason },
        }),
      ),
    { refresh: [["parties", partyId]], onDone: () => setEnding(undefined) },
  );
  return (
    <Card title={t("members.title")}>
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            caption={t("members.title")}
            rows={[...items].sort((a, b) => Number(b.live) - Number(a.live))}
            rowKey={(m) => m.membership.id}
            empty={<Empty title={t("members.none")}>{t("members.noneText")}</Empty>}
            columns={[
              {
                id: "person",
                head: t("members.person"),
                title: true,
                cell: (m) => (
                  <>
                    {m.personName}
                    <div className="small muted num">{[m.phone, m.email].filter(Boolean).join(" · ")}</div>
                  </>
                ),
              },
              {
                id: "role",
                head: t("members.role"),
                cell: (m) => (
                  <>
                    {role(`role.${m.membership.role}`)} {!m.live && <Tag>{t("members.ended")}</Tag>}
                  </>
                ),
              },
              {
                id: "since",
                head: t("members.since"),
                cell: (m) => <DateTime at={m.membership.since} day />,
              },
              {
                id: "end",
                head: <span className="visually-hidden">{t("members.end")}</span>,
                shrink: true,
                cell: (m) =>
                  m.mayEnd && (
                    <Button small kind="quiet" onClick={() => setEnding(m)}>
                      {t("members.end")}
                    </Button>
                  ),
              },
            ]}
          />
        )}
      </Loaded>
      {ending && (
        <ActDialog
          title={t("members.endTitle", {
            person: ending.personName,
            role: role(`role.${ending.membership.role}`),
          })}
          text={t("members.endText")}
          verb={t("members.end")}
          ask={{ label: t("reason") }}
          write={end}
          onClose={() => setEnding(undefined)}
          onSubmit={(reason) =>
            end.mutate({ id: ending.membership.id, version: ending.membership.version, reason })
          }
        />
      )}
    </Card>
  );
}
