import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { useWrite, type WriteKey } from "@/lib/query";
import * as ui from "@/ui/ActDialog";
import { refreshed } from "./model";

export interface ActDialogProps {
  title: string;
  /** The verb on the button; the title when left out. */
  verb?: string;
  explain?: ReactNode;
  /** Must a public reason be given? */
  reasoned?: boolean;
  danger?: boolean;
  /** Further fields; `ready` says whether they are filled in. */
  children?: ReactNode;
  ready?: boolean;
  run: (reason: string, key: WriteKey) => Promise<unknown>;
  onClose: () => void;
  onReload: () => void;
}

/** One act on a contract, milestone or supplement: what it means, perhaps why, and it is done. */
export function ActDialog({ explain, reasoned, run, ...frame }: ActDialogProps) {
  const { t } = useTranslation("contracts");
  const write = useWrite((input: { why: string }, key) => run(input.why, key), {
    refresh: refreshed,
    onDone: frame.onClose,
  });
  return (
    <ui.ActDialog
      {...frame}
      text={explain}
      ask={reasoned ? { label: t("form.reason"), help: t("form.reasonHelp") } : undefined}
      write={write}
      onSubmit={(why) => write.mutate({ why })}
    />
  );
}
