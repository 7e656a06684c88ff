import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { ProblemNotice } from "@/ui/states";

interface ActDialogProps {
  action: string;
  ready: boolean;
  busy: boolean;
  problem: Problem | null;
  onClose: () => void;
  onConfirm: () => void;
  children: ReactNode;
}

/** The frame of every form of an act: fields, the refusal, one primary button. */
export function ActDialog({ action, ready, busy, problem, onClose, onConfirm, children }: ActDialogProps) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  return (
    <Dialog
      title={verb(`need.${action}`)}
      open
      onClose={onClose}
      actions={
        <>
          <Button kind="primary" busy={busy} disabled={!ready} onClick={onConfirm}>
            {verb(`need.${action}`)}
          </Button>
          <Button onClick={onClose}>{t("cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        {children}
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}
