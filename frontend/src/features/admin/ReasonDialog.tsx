import { useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";

interface Props {
  title: string;
  /** What follows, in a sentence. */
  text: string;
  action: string;
  busy: boolean;
  problem: Problem | null;
  /** Label of the field when it is not a reason. */
  label?: string;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}

const shortest = 2;

/** Something that is recorded with its reason. */
export function ReasonDialog({ title, text, action, busy, problem, label, onClose, onSubmit }: Props) {
  const { t } = useTranslation("admin");
  const form = useId();
  const [reason, setReason] = useState("");
  const [tried, setTried] = useState(false);
  const short = reason.trim().length < shortest;
  return (
    <Dialog
      title={title}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={busy}>
          {action}
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
          if (!short) onSubmit(reason.trim());
        }}
      >
        <p>{text}</p>
        <ProblemNotice problem={problem} />
        <TextArea
          id="reason"
          label={label ?? t("reason")}
          value={reason}
          onChange={setReason}
          maxLength={200}
          error={tried && short ? t("reasonMissing") : undefined}
          data-autofocus
        />
      </form>
    </Dialog>
  );
}
