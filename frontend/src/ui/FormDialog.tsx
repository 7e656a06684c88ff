import { type ReactNode, useId } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "./Button";
import { Dialog } from "./Dialog";
import { ProblemNotice } from "./states";

export interface FormDialogProps {
  title: string;
  /** The verb on the button; the title when left out. */
  verb?: string;
  /** Ends or takes something away. */
  danger?: boolean;
  /** At the right edge, full height: for long forms. */
  side?: boolean;
  /** Whether the fields are filled in; the button waits for it. */
  ready?: boolean;
  /** The write behind it, as `useWrite` gives it. */
  write: { isPending: boolean; error: Problem | null };
  onSubmit: () => void;
  onClose: () => void;
  /** Offers the newest state when somebody else was faster. */
  onReload?: () => void;
  children?: ReactNode;
}

/** The frame of every act that asks something: fields, the refusal, the one primary button, the way out. */
export function FormDialog(props: FormDialogProps) {
  const { title, verb = title, danger, side, ready = true, write, onSubmit, onClose } = props;
  const { t } = useTranslation("ui");
  const form = useId();
  return (
    <Dialog
      open
      title={title}
      side={side}
      onClose={onClose}
      actions={
        <>
          <Button
            type="submit"
            form={form}
            kind={danger ? "danger" : "primary"}
            busy={write.isPending}
            disabled={!ready}
          >
            {verb}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </>
      }
    >
      <form
        id={form}
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          // A dialog may stand inside another form of its page.
          event.stopPropagation();
          onSubmit();
        }}
      >
        {props.children}
        <ProblemNotice problem={write.error} onReload={props.onReload} />
      </form>
    </Dialog>
  );
}
