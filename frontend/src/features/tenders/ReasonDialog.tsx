import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { Select, TextArea } from "@/ui/fields";
import { Notice } from "@/ui/states";

const coded = ["suspend", "fail", "cancel"];
const codes = [
  "too_few_suppliers",
  "too_few_responsive",
  "all_over_budget",
  "unlawful_acts",
  "task_cancelled",
  "documents_defective",
  "challenge_upheld",
  "under_investigation",
  "candidates_exhausted",
];

interface Input {
  reasonCode?: string;
  reason: string;
}

/** Everything that holds or ends a purchase is public with its reason. */
export function ReasonDialog({
  tender,
  action,
  lotId,
  onClose,
}: {
  tender: Tender;
  action: string;
  lotId: string;
  onClose: () => void;
}) {
  const { t } = useTranslation("tenders");
  const { t: verb } = useTranslation("action");
  const [code, setCode] = useState("");
  const [reason, setReason] = useState("");
  const act = useWrite(
    (body: Input, key) => {
      const header = { ...ifMatch(tender.version), ...key };
      const lot = { params: { path: { lotId }, header }, body };
      switch (action) {
        case "revise":
          return ask(
            api.POST("/api/v1/tenders/{id}/revise", { params: { path: { id: tender.id }, header }, body }),
          );
        case "suspend":
          return ask(api.POST("/api/v1/lots/{lotId}/suspend", lot));
        case "resume":
          return ask(api.POST("/api/v1/lots/{lotId}/resume", lot));
        case "fail":
          return ask(api.POST("/api/v1/lots/{lotId}/fail", lot));
        case "cancel":
          return ask(api.POST("/api/v1/lots/{lotId}/cancel", lot));
        default:
          return ask(api.POST("/api/v1/lots/{lotId}/next-candidate", lot));
      }
    },
    { refresh: [["tenders"], ["todos"], ["announcements"]], onDone: onClose },
  );
  const needsCode = coded.includes(action);
  return (
    <FormDialog
      title={verb(`tender.${action}`)}
      danger={needsCode}
      ready={reason.trim() !== "" && (!needsCode || code !== "")}
      write={act}
      onSubmit={() => act.mutate({ reasonCode: code || undefined, reason })}
      onClose={onClose}
    >
      {needsCode && (
        <Select
          label={t("stop.code")}
          value={code}
          onChange={setCode}
          options={codes.map((c) => ({ value: c, label: t(`reason.${c}`) }))}
        />
      )}
      <TextArea label={t("stop.reason")} maxLength={2000} value={reason} onChange={setReason} />
      {action !== "revise" && <Notice tone="wait">{t("stop.public")}</Notice>}
    </FormDialog>
  );
}
