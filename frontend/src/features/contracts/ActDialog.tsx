import { type ReactNode, useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { useWrite, type WriteKey } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { ProblemNotice } from "@/ui/states";
import { refreshed } from "./model";

export interface ActDialogProps {
  title: string;
  /** The verb on the button; the title when left out. */
  verb?: string;
  explain?: ReactNode;
  /** A public reason: not asked, may be given, must be given. */
  reason?: "no" | "may" | "must";
  danger?: boolean;
  /** Further fields; `ready` says whether they are filled in. */
  children?: ReactNode;
  ready?: boolean;
  run: (reason: string, key: WriteKey) => Promise<unknown>;
  onClose: () => void;
  onReload: () => void;
}

/** One act on a contract, milestone or supplement: what it means, perhaps why, and it is done. */
export function ActDialog(props: ActDialogProps) {
  const {
    title,
    verb = title,
    explain,
    reason = "no",
    danger,
    children,
    ready = true,
    run,
    onClose,
    onReload,
  } = props;
  const { t } = useTranslation("contracts");
  const [why, setWhy] = useState("");
  const write = useWrite((input: { why: string; at?: number }, key) => run(input.why, key), {
    refresh: refreshed,
    onDone: onClose,
  });
  return (
    <Dialog
      open
      title={title}
      onClose={onClose}
      actions={
        <>
          <Button
            kind={danger ? "danger" : "primary"}
            busy={write.isPending}
            disabled={!ready || (reason === "must" && !why.trim())}
            onClick={() => write.mutate({ why: why.trim() })}
          >
            {verb}
          </Button>
          <Button onClick={onClose}>{t("form.cancel")}</Button>
        </>
      }
    >
      <div className="stack">
        {explain && <p>{explain}</p>}
        {children}
        {reason !== "no" && (
          <TextArea
            label={t("form.reason")}
            help={t("form.reasonHelp")}
            optional={reason === "may"}
            value={why}
            onChange={setWhy}
            maxLength={500}
          />
        )}
        <ProblemNotice problem={write.error} onReload={onReload} />
      </div>
    </Dialog>
  );
}
