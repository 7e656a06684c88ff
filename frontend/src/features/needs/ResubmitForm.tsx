import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { VoiceDetail } from "@/lib/needs";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { Notice, ProblemNotice } from "@/ui/states";
import { useVoiceAct } from "./acts";

const longest = 2000;
const shortest = 4;

/** Better words for a returned voice; the public preview is seen before it is sent. */
export function ResubmitForm({ voice, onClose }: { voice: VoiceDetail; onClose: () => void }) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  const [words, setWords] = useState(voice.fullWords ?? "");
  const [preview, setPreview] = useState<{ of: string; text: string }>();
  const act = useVoiceAct(voice, onClose);
  const look = useWrite(
    (text: string) =>
      ask(api.POST("/api/v1/voices/preview", { body: { placeId: voice.placeId, words: text } })),
    { onDone: (out, text) => setPreview({ of: text, text: out.public }) },
  );
  const seen = preview?.of === words.trim() ? preview.text : undefined;
  return (
    <Dialog
      title={verb("voice.resubmit")}
      open
      onClose={onClose}
      actions={
        seen === undefined ? (
          <Button
            kind="primary"
            busy={look.isPending}
            disabled={words.trim().length < shortest}
            onClick={() => look.mutate(words.trim())}
          >
            {t("resubmit.preview")}
          </Button>
        ) : (
          <Button
            kind="primary"
            busy={act.isPending}
            onClick={() => act.mutate({ verb: "resubmit", body: { words: words.trim(), public: seen } })}
          >
            {verb("voice.resubmit")}
          </Button>
        )
      }
    >
      <div className="stack">
        {voice.reason && (
          <Notice tone="wait">
            {t("resubmit.asked")} {voice.reason}
          </Notice>
        )}
        <TextArea
          label={t("resubmit.words")}
          maxLength={longest}
          rows={6}
          value={words}
          onChange={setWords}
        />
        {seen !== undefined && (
          <figure className="said">
            <blockquote>{seen}</blockquote>
            <figcaption className="small muted">{t("voice.public")}</figcaption>
          </figure>
        )}
        <ProblemNotice problem={act.error ?? look.error} />
      </div>
    </Dialog>
  );
}
