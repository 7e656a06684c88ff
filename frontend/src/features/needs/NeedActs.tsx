/** The buttons of a need at work, each with its form; the server says which, and why not. */
import { useState } from "react";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import type { NeedDetail } from "@/lib/needs";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton } from "@/ui/Button";
import { useNeedAct } from "./acts";
import { ClassifyForm } from "./ClassifyForm";
import { CloseForm } from "./CloseForm";
import { MergeForm } from "./MergeForm";
import { PubliciseForm } from "./PubliciseForm";
import { ScreenForm } from "./ScreenForm";
import { VoteForm } from "./VoteForm";

export interface ActFormProps {
  need: NeedDetail;
  onClose: () => void;
}

const forms: Record<string, (props: ActFormProps) => React.ReactNode> = {
  classify: ClassifyForm,
  screen: ScreenForm,
  deliberate: VoteForm,
  publicise: PubliciseForm,
  close: CloseForm,
  merge: MergeForm,
};

/** What leads on; everything else answers or steps back and stands below. */
const onward = [
  "put_on_agenda",
  "classify",
  "screen",
  "deliberate",
  "publicise",
  "adopt",
  "start_delivery",
  "deliver",
  "confirm",
  "close",
  "resume",
];

const signedOut = "access.sign_in_required";
const forbidden = "access.forbidden";

export function NeedActs({ need }: { need: NeedDetail }) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  const [open, setOpen] = useState<string>();
  const act = useNeedAct(need, () => setOpen(undefined));
  // Acts of other roles are left out: nobody needs twelve buttons that are never his.
  const mine = need.actions.filter((a) => a.code !== forbidden && a.code !== signedOut);
  const lead = mine.filter((a) => onward.includes(a.action));
  const rest = mine.filter((a) => !onward.includes(a.action));
  const chosen = mine.find((a) => a.action === open);
  const Form = open ? forms[open] : undefined;
  const button = (a: (typeof mine)[number], primary: boolean) => (
    <ActionButton
      key={a.action}
      kind={primary ? "primary" : "plain"}
      small={!primary}
      block={primary}
      {...actionProps(need.actions, a.action)}
      onClick={() => setOpen(a.action)}
    >
      {verb(`need.${a.action}`)}
    </ActionButton>
  );
  if (mine.length === 0) return <p className="small muted">{t("acts.none")}</p>;
  return (
    <>
      {lead.map((a, i) => button(a, i === 0))}
      {rest.length > 0 && (
        <details className="otheracts">
          <summary>{t("acts.other")}</summary>
          <div className="stack tight">{rest.map((a) => button(a, false))}</div>
        </details>
      )}
      {Form && <Form need={need} onClose={() => setOpen(undefined)} />}
      {chosen && !Form && (
        <ActDialog
          title={verb(`need.${chosen.action}`)}
          text={chosen.reason ? undefined : t("reason.none")}
          ask={chosen.reason ? { label: t("reason.label"), help: t("reason.help") } : undefined}
          write={act}
          onClose={() => setOpen(undefined)}
          onSubmit={(reason) => act.mutate({ verb: chosen.action, body: reason ? { reason } : {} })}
        />
      )}
    </>
  );
}
