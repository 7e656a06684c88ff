import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Checkbox, RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";

interface Said {
  supplierId: string;
  conflict: boolean;
  reason: string;
}

/** Before any envelope is opened, every member declares on every bidder. */
export function Declare({ tender }: { tender: Tender }) {
  const { t } = useTranslation("scoring");
  const bidders = tender.committee?.bidders ?? [];
  const [said, setSaid] = useState<Record<string, Said>>({});
  const [true_, setTrue] = useState(false);
  const declare = useWrite(
    (body: { declarations: Said[] }, key) =>
      ask(
        api.POST("/api/v1/tenders/{id}/committee/declare", {
          params: { path: { id: tender.id }, header: key },
          body,
        }),
      ),
    { refresh: [["tenders"], ["reviews"], ["todos"]] },
  );
  const set = (id: string, patch: Partial<Said>) =>
    setSaid((all) => ({
      ...all,
      [id]: { ...(all[id] ?? { supplierId: id, conflict: false, reason: "" }), ...patch },
    }));
  const complete = bidders.every((b) => {
    const s = said[b.supplierId];
    return s && (!s.conflict || s.reason.trim());
  });
  if (tender.status !== "closed") return <Notice>{t("declare.notYet")}</Notice>;
  return (
    <Card title={t("declare.title")}>
      <div className="stack measure">
        <p>{t("declare.text")}</p>
        <ul className="small">
          {["employed", "family", "influence"].map((k) => (
            <li key={k}>{t(`declare.case.${k}`)}</li>
          ))}
        </ul>
        {bidders.map((b) => (
          <div key={b.supplierId}>
            <RadioGroup
              label={b.name}
              layout="inline"
              value={said[b.supplierId] ? (said[b.supplierId]?.conflict ? "yes" : "no") : ""}
              onChange={(v) => set(b.supplierId, { conflict: v === "yes" })}
              options={[
                { value: "no", label: t("declare.none") },
                { value: "yes", label: t("declare.conflict") },
              ]}
            />
            {said[b.supplierId]?.conflict && (
              <TextArea
                label={t("declare.reason")}
                rows={2}
                maxLength={500}
                value={said[b.supplierId]?.reason ?? ""}
                onChange={(reason) => set(b.supplierId, { reason })}
              />
            )}
          </div>
        ))}
        <Checkbox label={t("declare.true")} checked={true_} onChange={setTrue} />
        <ProblemNotice problem={declare.error} />
        <div>
          <Button
            kind="primary"
            busy={declare.isPending}
            disabled={!complete || !true_}
            onClick={() => declare.mutate({ declarations: Object.values(said) })}
          >
            {t("declare.submit")}
          </Button>
        </div>
      </div>
    </Card>
  );
}
