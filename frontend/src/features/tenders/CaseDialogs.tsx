import type { Tender } from "@/lib/procurement";
import { ClarifyDialog } from "./ClarifyDialog";
import { DrawDialog } from "./DrawDialog";
import { PublishDialog } from "./PublishDialog";
import { ReasonDialog } from "./ReasonDialog";
import { ReviewDialog } from "./ReviewDialog";

/** Which action a dialog was opened for. */
export interface Opened {
  action: string;
  lotId?: string;
}

/** The dialogs of a case; one at a time. */
export function CaseDialogs({
  tender,
  opened,
  onClose,
}: {
  tender: Tender;
  opened: Opened | undefined;
  onClose: () => void;
}) {
  const on = (action: string) => opened?.action === action;
  const reason = ["revise", "suspend", "resume", "fail", "cancel", "next_candidate"].find(on);
  return (
    <>
      {on("review") && <ReviewDialog tender={tender} onClose={onClose} />}
      {on("publish") && <PublishDialog tender={tender} onClose={onClose} />}
      {on("clarify") && <ClarifyDialog tender={tender} onClose={onClose} />}
      {(on("draw_committee") || on("refill_committee")) && (
        <DrawDialog tender={tender} refill={on("refill_committee")} onClose={onClose} />
      )}
      {reason && (
        <ReasonDialog tender={tender} action={reason} lotId={opened?.lotId ?? ""} onClose={onClose} />
      )}
    </>
  );
}
