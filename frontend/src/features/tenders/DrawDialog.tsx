import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { Select } from "@/ui/fields";
import { Notice, ProblemNotice } from "@/ui/states";

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
    <Dialog
      open
      title={t(refill ? "draw.refillTitle" : "draw.title")}
      onClose={onClose}
      actions={
        <Button kind="primary" busy={draw.isPending} onClick={() => draw.mutate({ size: Number(size) })}>
          {t(refill ? "draw.refill" : "draw.submit")}
        </Button>
      }
    >
      <div className="stack">
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
        <ProblemNotice problem={draw.error} />
      </div>
    </Dialog>
  );
}
