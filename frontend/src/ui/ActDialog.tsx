import { type ReactNode, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { FormDialog, type FormDialogProps } from "./FormDialog";
import { TextArea, TextField } from "./fields";

interface Props extends Omit<FormDialogProps, "onSubmit"> {
  /** What follows, in a sentence. */
  text?: ReactNode;
  /** Ask for one text before acting, below further fields: a public reason, a receipt number. */
  ask?: { label: string; help?: string; short?: boolean; optional?: boolean };
  onSubmit: (words: string) => void;
}

/** One action on one record: what follows from it, and at most one text it needs. */
export function ActDialog({ text, ask, onSubmit, children, ...frame }: Props) {
  const { t } = useTranslation("ui");
  const [words, setWords] = useState("");
  const [tried, setTried] = useState(false);
  const missing = ask !== undefined && !ask.optional && words.trim() === "";
  const Field = ask?.short ? TextField : TextArea;
  return (
    <FormDialog
      {...frame}
      onSubmit={() => {
        setTried(true);
        if (!missing) onSubmit(words.trim());
      }}
    >
      {text && <p>{text}</p>}
      {children}
      {ask && (
        <Field
          label={ask.label}
          help={ask.help}
          optional={ask.optional}
          value={words}
          onChange={setWords}
          error={tried && missing ? t("missing") : undefined}
          maxLength={500}
          {...(children ? {} : { "data-autofocus": true })}
        />
      )}
    </FormDialog>
  );
}
