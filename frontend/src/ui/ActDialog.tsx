import { type ReactNode, useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { TextArea, TextField } from "./fields";
import { ProblemNotice } from "./states";

interface Props {
  title: string;
  /** The verb on the button; the title when left out. */
  verb?: string;
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
export function ActDialog({ title, verb = title, text, ask, busy, problem, onClose, onSubmit }: Props) {
  const { t } = useTranslation("ui");
  const form = useId();
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const missing = ask !== undefined && words.trim() === "";
  const error = tried && missing ? t("missing") : undefined;
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={busy}>
          {verb}
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
            data-autofocus
          />
        )}
      </form>
    </Dialog>
  );
}
