import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { ComboBox } from "@/ui/ComboBox";
import { TextArea } from "@/ui/fields";
import { ActDialog } from "./ActDialog";
import { useNeedAct } from "./acts";
import type { ActFormProps } from "./NeedActs";

/** Into which need of the same community; the likely ones first, others by words. */
export function MergeForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [into, setInto] = useState("");
  const [words, setWords] = useState("");
  const [reason, setReason] = useState("");
  const act = useNeedAct(need, onClose);
  const found = useQuery({
    queryKey: ["needs", "mergeable", need.id, words],
    placeholderData: (old) => old,
    queryFn: async () => {
      if (!words.trim()) {
        const body = {
          placeId: need.placeId,
          category: need.category,
          words: `${need.title}\n${need.summary}`,
        };
        return (await ask(api.POST("/api/v1/needs/similar", { body }))).items;
      }
      const query = { placeId: need.placeId, q: words.trim(), active: true, limit: 10 };
      return (await ask(api.GET("/api/v1/needs", { params: { query } }))).items;
    },
  });
  const options = (found.data ?? [])
    .filter((n) => n.id !== need.id && n.stage !== "closed" && n.placeId === need.placeId)
    .map((n) => ({ value: n.id, label: n.title, note: n.code }));
  return (
    <ActDialog
      action="merge"
      ready={into !== "" && reason.trim() !== ""}
      busy={act.isPending}
      problem={act.error}
      onClose={onClose}
      onConfirm={() => act.mutate({ verb: "merge", body: { intoId: into, reason: reason.trim() } })}
    >
      <p>{t("merge.why")}</p>
      <ComboBox
        label={t("merge.into")}
        help={t("merge.help")}
        value={into}
        onChange={setInto}
        options={options}
        onSearch={setWords}
      />
      <TextArea
        label={t("reason.label")}
        help={t("reason.help")}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </ActDialog>
  );
}
