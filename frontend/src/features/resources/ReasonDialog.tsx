import { useId, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";

interface Props {
  title: string;
  /** What it is about, or what follows. */
  text: string;
  label: string;
  action: string;
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onSubmit: (reason: string) => void;
}

const shortest = 2;

/** Something that is said in public with its reason. */
export function ReasonDialog({ title, text, label, action, busy, problem, onClose, onSubmit }: Props) {
  const { t } = useTranslation("resources");
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
          label={label}
          value={reason}
          onChange={setReason}
          maxLength={500}
          error={tried && short ? t("reasonMissing") : undefined}
        />
      </form>
    </Dialog>
  );
}
