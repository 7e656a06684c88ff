import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea, TextField } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";

interface Props {
  title: string;
  /** What follows, in a sentence. */
  text?: ReactNode;
  /** Ask for one text before acting: a public reason, a receipt number. */
  ask?: { label: string; help?: string; short?: boolean };
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onSubmit: (words: string) => void;
}

/** One action on one record: what follows from it, and at most one text it needs. */
export function ActDialog({ title, text, ask, busy, problem, onClose, onSubmit }: Props) {
  const { t } = useTranslation("funds");
  const form = useId();
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const missing = ask !== undefined && words.trim() === "";
  const error = tried && missing ? t("form.missing") : undefined;
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={busy}>
          {title}
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
          if (!missing) onSubmit(words.trim());
        }}
      >
        {text && <p>{text}</p>}
        <ProblemNotice problem={problem} />
        {ask?.short && (
          <TextField
            label={ask.label}
            help={ask.help}
            value={words}
            onChange={setWords}
            error={error}
            data-autofocus
          />
        )}
        {ask && !ask.short && (
          <TextArea
            label={ask.label}
            help={ask.help}
            value={words}
            onChange={setWords}
            error={error}
            maxLength={500}
          />
        )}
      </form>
    </Dialog>
  );
}
