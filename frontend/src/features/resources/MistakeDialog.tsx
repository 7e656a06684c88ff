import { useId, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";
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
  const form = useId();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const report = useWrite(
    (input: { text: string }, key) =>
      ask(api.POST("/api/v1/resource-mistakes", { params: { header: key }, body: { kind, id, ...input } })),
    { refresh: refreshed, onDone: onSent },
  );
  const short = text.trim().length < shortest;
  return (
    <Dialog
      title={t("mistake.title")}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={report.isPending}>
          {t("mistake.send")}
        </Button>
      }
    >
      <form
        id={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          setTried(true);
          if (!short) report.mutate({ text: text.trim() });
        }}
      >
        <p>{t("mistake.text")}</p>
        <ProblemNotice problem={report.error} />
        <TextArea
          id="mistake"
          label={t("mistake.label")}
          value={text}
          onChange={setText}
          maxLength={500}
          error={tried && short ? t("mistake.short") : undefined}
        />
      </form>
    </Dialog>
  );
}
