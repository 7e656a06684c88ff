import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { CheckboxGroup } from "@/ui/choices";
import { FormDialog } from "@/ui/FormDialog";
import { Select } from "@/ui/fields";
import { Link } from "@/ui/Link";
import { KeyValue } from "@/ui/layout";
import { Loaded, Notice } from "@/ui/states";
import { DateTime, Money } from "@/ui/values";

/** Publishing names the opening officers and how many of them must act together. */
export function PublishDialog({ tender, onClose }: { tender: Tender; onClose: () => void }) {
  const { t } = useTranslation("tenders");
  const [officers, setOfficers] = useState<string[]>([]);
  const [k, setK] = useState("2");
  const choices = useQuery({
    queryKey: ["tenders", tender.id, "officers"],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}/officers", { params: { path: { id: tender.id } } })),
  });
  const publish = useWrite(
    (body: { officerIds: string[]; threshold: number }, key) =>
      ask(
        api.POST("/api/v1/tenders/{id}/publish", {
          params: { path: { id: tender.id }, header: { ...ifMatch(tender.version), ...key } },
          body,
        }),
      ),
    { refresh: [["tenders"], ["todos"], ["announcements"]], onDone: onClose },
  );
  const threshold = Math.min(Number(k), Math.max(2, officers.length));
  return (
    <FormDialog
      title={t("publish.title")}
      verb={t("publish.submit")}
      ready={officers.length >= 2}
      write={publish}
      onSubmit={() => publish.mutate({ officerIds: officers, threshold })}
      onClose={onClose}
    >
      <KeyValue
        items={[
          { label: t("facts.deadline"), value: <DateTime at={tender.deadlineAt} /> },
          { label: t("budget"), value: <Money fen={tender.budgetFen} /> },
        ]}
      />
      <Loaded query={choices} lines={3}>
        {(found) => (
          <>
            <CheckboxGroup
              label={t("publish.officers")}
              help={t("publish.officersHelp")}
              value={officers}
              onChange={setOfficers}
              options={found.items.map((o) => ({
                value: o.personId,
                label: o.name,
                disabled: o.drafted,
                help: o.drafted ? t("publish.drafted") : undefined,
              }))}
            />
            {found.items.filter((o) => !o.drafted).length < 2 && (
              <Notice tone="wait">
                {t("publish.tooFew")} <Link to={paths.openingKey()}>{t("publish.enrol")}</Link>
              </Notice>
            )}
          </>
        )}
      </Loaded>
      {officers.length > 2 && (
        <Select
          label={t("publish.threshold")}
          value={k}
          onChange={setK}
          options={officers.slice(1).map((_, i) => ({
            value: String(i + 2),
            label: t("publish.of", { k: i + 2, n: officers.length }),
          }))}
        />
      )}
      <Notice>{t("publish.keys")}</Notice>
    </FormDialog>
  );
}
