import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { serverNow } from "@/lib/clock";
import { isoDate } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { upload } from "@/lib/upload";
import { ActionButton, LinkButton } from "@/ui/Button";
import { FileUpload, type UploadedFile } from "@/ui/FileUpload";
import { DateField, TextArea, TextField } from "@/ui/fields";
import { ActDialog } from "./ActDialog";
import { DecideDialog } from "./DecideDialog";
import { accepted, type MilestoneView } from "./model";

interface Props {
  m: MilestoneView;
  onReload: () => void;
}

const routes = {
  start: "/api/v1/milestones/{id}/start",
  rework: "/api/v1/milestones/{id}/rework",
  deem: "/api/v1/milestones/{id}/deem",
  drop: "/api/v1/milestones/{id}/drop",
  inspect: "/api/v1/milestones/{id}/inspect",
  return: "/api/v1/milestones/{id}/return",
  publish: "/api/v1/milestones/{id}/publish",
} as const;

type Step = keyof typeof routes;
const verbs = [
  "start",
  "rework",
  "attach",
  "submit",
  "inspect",
  "accept",
  "publish",
  "deem",
  "return",
  "drop",
];

/** The buttons of one milestone: what the table offers now and this reader may do. */
export function MilestoneTools({ m, onReload }: Props) {
  const words = useTranslation("action");
  const { t } = useTranslation("contracts");
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  const mine = m.actions.filter(
    (a) => verbs.includes(a.action) && (a.permitted || a.code !== "access.forbidden"),
  );
  const request = m.status === "payable" && can("payment.request");
  if (mine.length === 0 && !request) return null;
  const props = { m, onClose: close, onReload };
  return (
    <div className="row tight no-print">
      {mine.map((a, i) => (
        <ActionButton
          key={a.action}
          small
          kind={a.action === "drop" ? "danger" : i === 0 ? "primary" : "plain"}
          {...actionProps(m.actions, a.action)}
          onClick={() => setOpen(a.action)}
        >
          {a.action === "accept" ? t("decide.open") : words.t(`milestone.${a.action}`)}
        </ActionButton>
      ))}
      {request && (
        <LinkButton small kind="primary" to={paths.workPaymentNew(m.id)}>
          {words.t("milestone.request_payment")}
        </LinkButton>
      )}
      {open === "attach" && <AttachDialog {...props} />}
      {open === "submit" && <SubmitDialog {...props} />}
      {open === "accept" && <DecideDialog {...props} />}
      {open in routes && <StepDialog {...props} verb={open as Step} />}
    </div>
  );
}

type DialogProps = Props & { onClose: () => void };

function StepDialog({ m, verb, ...rest }: DialogProps & { verb: Step }) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  return (
    <ActDialog
      {...rest}
      title={words.t(`milestone.${verb}`)}
      explain={t(`step.${verb}`)}
      reasoned={verb === "drop" || verb === "return"}
      danger={verb === "drop"}
      run={(reason, key) =>
        ask(
          api.POST(routes[verb], {
            params: { path: { id: m.id }, header: { ...ifMatch(m.version), ...key } },
            body: { reason: reason || undefined },
          }),
        )
      }
    />
  );
}

function AttachDialog({ m, ...rest }: DialogProps) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const [files, setFiles] = useState<UploadedFile[]>([]);
  const [title, setTitle] = useState("");
  const [note, setNote] = useState("");
  const [count, setCount] = useState("");
  return (
    <ActDialog
      {...rest}
      title={words.t("milestone.attach")}
      explain={t("step.attach")}
      ready={title.trim() !== ""}
      run={(_reason, key) =>
        ask(
          api.POST("/api/v1/milestones/{id}/evidence", {
            params: { path: { id: m.id }, header: { ...ifMatch(m.version), ...key } },
            body: {
              title: title.trim(),
              note: note.trim() || undefined,
              count: Number(count) || undefined,
              fileId: files[0]?.id,
            },
          }),
        )
      }
    >
      <TextField label={t("evidence.name")} value={title} onChange={setTitle} maxLength={200} />
      <TextField
        optional
        label={t("evidence.records")}
        help={t("evidence.recordsHelp")}
        inputMode="numeric"
        className="short"
        value={count}
        onChange={setCount}
      />
      <FileUpload
        optional
        label={t("evidence.file")}
        files={files}
        onChange={setFiles}
        upload={upload}
        accept={accepted}
        maxFiles={1}
      />
      <TextArea optional label={t("evidence.note")} value={note} onChange={setNote} maxLength={1000} />
    </ActDialog>
  );
}

function SubmitDialog({ m, ...rest }: DialogProps) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const today = isoDate(serverNow());
  const [on, setOn] = useState(today);
  return (
    <ActDialog
      {...rest}
      title={words.t("milestone.submit")}
      explain={t("step.submit")}
      ready={on !== ""}
      run={(_reason, key) =>
        ask(
          api.POST("/api/v1/milestones/{id}/submit", {
            params: { path: { id: m.id }, header: { ...ifMatch(m.version), ...key } },
            body: { deliveredOn: on },
          }),
        )
      }
    >
      <DateField
        label={t("milestone.deliveredOn")}
        help={t("milestone.deliveredHelp")}
        value={on}
        onChange={setOn}
        max={today}
      />
    </ActDialog>
  );
}
