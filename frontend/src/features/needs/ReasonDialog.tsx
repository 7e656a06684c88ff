import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";

const longest = 500;

interface ReasonDialogProps {
  title: string;
  /** False: it only asks whether to go on. */
  required: boolean;
  open: boolean;
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}

/** Asks for the public reason of an act, or whether to go on. */
export function ReasonDialog({
  title,
  required,
  open,
  busy,
  problem,
  onClose,
  onConfirm,
}: ReasonDialogProps) {
  const { t } = useTranslation("needs");
  const [reason, setReason] = useState("");
  return (
    <Dialog
      title={title}
      open={open}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            busy={busy}
            disabled={required && !reason.trim()}
            onClick={() => onConfirm(reason.trim())}
          >
            {title}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        {required ? (
          <TextArea
            label={t("reason.label")}
            help={t("reason.help")}
            maxLength={longest}
            value={reason}
            onChange={setReason}
          />
        ) : (
          <p>{t("reason.none")}</p>
        )}
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
