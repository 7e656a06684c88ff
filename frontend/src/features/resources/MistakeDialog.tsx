import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea } from "@/ui/fields";
import { refreshed } from "./model";

const shortest = 4;

/** "Something wrong?" about a public record, for anybody. */
export default function MistakeDialog({
  kind,
  id,
  onClose,
  onSent,
}: {
  kind: string;
  id: string;
  onClose: () => void;
  onSent: () => void;
}) {
  const { t } = useTranslation("resources");
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const report = useWrite(
    (input: { text: string }, key) =>
      ask(api.POST("/api/v1/resource-mistakes", { params: { header: key }, body: { kind, id, ...input } })),
    { refresh: refreshed, onDone: onSent },
  );
  const short = text.trim().length < shortest;
  return (
    <FormDialog
      title={t("mistake.title")}
      verb={t("mistake.send")}
      write={report}
      onClose={onClose}
      onSubmit={() => {
        setTried(true);
        if (!short) report.mutate({ text: text.trim() });
      }}
    >
      <p>{t("mistake.text")}</p>
      <TextArea
        id="mistake"
        label={t("mistake.label")}
        value={text}
        onChange={setText}
        maxLength={500}
        error={tried && short ? t("mistake.short") : undefined}
      />
    </FormDialog>
  );
}
