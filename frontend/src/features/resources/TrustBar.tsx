/** Under every public record: who checked it when, a button for those who may, and "something wrong?". */
import { useId, useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Dialog } from "@/ui/Dialog";
import { TextArea } from "@/ui/fields";
import { Notice, ProblemNotice } from "@/ui/states";
import { type Checked, refreshed } from "./model";
import { Freshness } from "./parts";

interface Props {
  kind: "organization" | "service" | "resource";
  id: string;
  version: number;
  checked?: Checked;
  mayCheck: boolean;
  mine: boolean;
}

export function TrustBar({ kind, id, version, checked, mayCheck, mine }: Props) {
  const { t } = useTranslation("resources");
  const [open, setOpen] = useState(false);
  const [sent, setSent] = useState(false);
  const check = useWrite(
    (_: { version: number }, key) =>
      ask(
        api.POST("/api/v1/resource-checks", {
          params: { header: { ...ifMatch(version), ...key } },
          body: { kind, id },
        }),
      ),
    { refresh: refreshed },
  );
  return (
    <div className="stack tight no-print">
      <div className="row between">
        <Freshness checked={checked} />
        <span className="row tight">
          {mayCheck && (
            <Button small icon="check" busy={check.isPending} onClick={() => check.mutate({ version })}>
              {t("check.act")}
            </Button>
          )}
          {!mine && (
            <Button small kind="quiet" onClick={() => setOpen(true)}>
              {t("mistake.report")}
            </Button>
          )}
        </span>
      </div>
      <ProblemNotice problem={check.error} />
      {sent && (
        <Notice tone="ok" live>
          {t("mistake.sent")}
        </Notice>
      )}
      {open && (
        <MistakeDialog
          kind={kind}
          id={id}
          onClose={() => setOpen(false)}
          onSent={() => {
            setOpen(false);
            setSent(true);
          }}
        />
      )}
    </div>
  );
}

const shortest = 4;

function MistakeDialog({
  kind,
  id,
  onClose,
  onSent,
}: {
  kind: string;
  id: string;
  onClose: () => void;
  onSent: () => void;
}) {
  const { t } = useTranslation("resources");
  const form = useId();
  const [text, setText] = useState("");
  const [tried, setTried] = useState(false);
  const report = useWrite(
    (input: { text: string }, key) =>
      ask(api.POST("/api/v1/resource-mistakes", { params: { header: key }, body: { kind, id, ...input } })),
    { refresh: refreshed, onDone: onSent },
  );
  const short = text.trim().length < shortest;
  return (
    <Dialog
      title={t("mistake.title")}
      open
      onClose={onClose}
      actions={
        <Button kind="primary" type="submit" form={form} busy={report.isPending}>
          {t("mistake.send")}
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
          if (!short) report.mutate({ text: text.trim() });
        }}
      >
        <p>{t("mistake.text")}</p>
        <ProblemNotice problem={report.error} />
        <TextArea
          id="mistake"
          label={t("mistake.label")}
          value={text}
          onChange={setText}
          maxLength={500}
          error={tried && short ? t("mistake.short") : undefined}
        />
      </form>
    </Dialog>
  );
}
