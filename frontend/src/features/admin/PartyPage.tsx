import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { Invitations } from "./Invitations";
import { InvitePanel } from "./InvitePanel";
import { Members } from "./Members";
import { SuspendPanel } from "./SuspendPanel";

const read = (id: string) => ask(api.GET("/api/v1/parties/{id}", { params: { path: { id } } }));
export type Party = Awaited<ReturnType<typeof read>>;

/** One organisation: who acts for it, who was invited, and ways to change that. */
export default function PartyPage() {
  const { t, lang } = useTranslation("admin");
  const { partyId = "" } = useParams({ strict: false }) as { partyId?: string };
  const query = useQuery({ queryKey: ["parties", partyId], queryFn: () => read(partyId) });
  return (
    <Loaded query={query}>
      {(p) => (
        <>
          <PageHead
            title={(lang === "en" && p.nameEn) || p.name}
            crumbs={[{ label: t("parties.title"), to: paths.workParties() }, { label: p.name }]}
            mark={p.active ? undefined : <Tag tone="bad">{t("party.suspended")}</Tag>}
            sub={t(`kind.${p.kind}`)}
          />
          <div className="columns">
            <div className="stack">
              <Members partyId={p.id} />
              <Invitations partyId={p.id} mayGrant={p.grantable.length > 0} />
            </div>
            <aside>
              {p.grantable.length > 0 && p.active && <InvitePanel party={p} />}
              <Card title={t("party.facts")}>
                <KeyValue
                  items={[
                    { label: t("parties.uscc"), value: p.uscc || undefined },
                    { label: t("parties.place"), value: p.placeName || undefined },
                    { label: t("party.since"), value: <DateTime at={p.createdAt} day /> },
                  ]}
                />
              </Card>
              {p.mayManage && <SuspendPanel party={p} />}
            </aside>
          </div>
        </>
      )}
    </Loaded>
  );
}
