import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { Select } from "@/ui/fields";
import { Notice } from "@/ui/states";

/** Draws the committee, or fills the seats that recusals left empty. */
export function DrawDialog({
  tender,
  refill,
  onClose,
}: {
  tender: Tender;
  refill: boolean;
  onClose: () => void;
}) {
  const { t } = useTranslation("tenders");
  const least = tender.terms.committeeMin;
  const [size, setSize] = useState(String(least));
  const params = { path: { id: tender.id } };
  const draw = useWrite(
    (body: { size: number }, key) => {
      const header = { ...ifMatch(tender.version), ...key };
      if (refill)
        return ask(api.POST("/api/v1/tenders/{id}/committee/refill", { params: { ...params, header } }));
      return ask(api.POST("/api/v1/tenders/{id}/committee", { params: { ...params, header }, body }));
    },
    { refresh: [["tenders"], ["todos"]], onDone: onClose },
  );
  const sizes = [least, least + 2, least + 4];
  return (
    <FormDialog
      title={t(refill ? "draw.refillTitle" : "draw.title")}
      verb={t(refill ? "draw.refill" : "draw.submit")}
      write={draw}
      onSubmit={() => draw.mutate({ size: Number(size) })}
      onClose={onClose}
    >
      <p>{t(refill ? "draw.refillText" : "draw.text")}</p>
      {!refill && (
        <Select
          label={t("draw.size")}
          value={size}
          onChange={setSize}
          options={sizes.map((n) => ({ value: String(n), label: t("committee.size", { count: n }) }))}
        />
      )}
      <Notice>{t("draw.secret")}</Notice>
    </FormDialog>
  );
}
