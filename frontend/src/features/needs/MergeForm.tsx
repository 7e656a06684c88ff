import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { ComboBox } from "@/ui/ComboBox";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

/** Into which need of the same community; the likely ones first, others by words. */
export function MergeForm({ need, onClose }: ActFormProps) {
  const { t } = useTranslation("needs");
  const [into, setInto] = useState("");
  const [words, setWords] = useState("");
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
    <ActForm need={need} verb="merge" body={{ intoId: into }} ready={into !== ""} reasoned onClose={onClose}>
      <p>{t("merge.why")}</p>
      <ComboBox
        label={t("merge.into")}
        help={t("merge.help")}
        value={into}
        onChange={setInto}
        options={options}
        onSearch={setWords}
      />
    </ActForm>
  );
}
