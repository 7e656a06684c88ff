import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { Button } from "@/ui/Button";
import { Card } from "@/ui/layout";
import type { Party } from "./PartyPage";

/** Nobody acts for an organisation that is suspended; its records stay. */
export function SuspendPanel({ party }: { party: Party }) {
  const { t } = useTranslation("admin");
  const [asking, setAsking] = useState(false);
  const write = useWrite(
    (reason: string, key) => {
      const to = {
        params: { path: { id: party.id }, header: { ...ifMatch(party.version), ...key } },
        body: { reason },
      };
      return party.active
        ? ask(api.POST("/api/v1/parties/{id}/suspend", to))
        : ask(api.POST("/api/v1/parties/{id}/resume", to));
    },
    { refresh: [["parties"]], onDone: () => setAsking(false) },
  );
  const verb = party.active ? "suspend" : "resume";
  return (
    <Card title={t("party.state")}>
      <div className="stack">
        <p className="small muted">{t(`party.${verb}Help`)}</p>
        <Button kind={party.active ? "danger" : "plain"} onClick={() => setAsking(true)}>
          {t(`party.${verb}`)}
        </Button>
      </div>
      {asking && (
        <ActDialog
          title={t(`party.${verb}`)}
          text={t(`party.${verb}Help`)}
          verb={t(`party.${verb}`)}
          ask={{ label: t("reason") }}
          write={write}
          onClose={() => setAsking(false)}
          onSubmit={write.mutate}
        />
      )}
    </Card>
  );
}
