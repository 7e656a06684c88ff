import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { ActDialog } from "@/ui/ActDialog";
import { type ActBody, useNeedAct } from "./acts";
import type { ActFormProps } from "./NeedActs";

interface Props extends ActFormProps {
  verb: string;
  /** What the fields say, as the server takes it. */
  body: ActBody;
  /** Whether the fields are filled in. */
  ready: boolean;
  /** The act wants a public reason too. */
  reasoned?: boolean;
  children: ReactNode;
}

/** One act on a need: its own fields, and why where the neighbours are told. */
export function ActForm({ need, verb, body, ready, reasoned, onClose, children }: Props) {
  const { t } = useTranslation("needs");
  const words = useTranslation("action").t;
  const act = useNeedAct(need, onClose);
  return (
    <ActDialog
      title={words(`need.${verb}`)}
      ask={reasoned ? { label: t("reason.label"), help: t("reason.help") } : undefined}
      ready={ready}
      write={act}
      onClose={onClose}
      onSubmit={(reason) => act.mutate({ verb, body: reasoned ? { ...body, reason } : body })}
    >
      {children}
    </ActDialog>
  );
}
