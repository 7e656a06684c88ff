import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { saveText } from "@/lib/save";
import { Button } from "@/ui/Button";
import { CheckboxGroup } from "@/ui/choices";
import { Dialog } from "@/ui/Dialog";
import { ErrorSummary, errorsOf } from "@/ui/ErrorSummary";
import { FormDialog } from "@/ui/FormDialog";
import { TextArea, TextField } from "@/ui/fields";
import { KeyValue } from "@/ui/layout";
import { ProblemNotice } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { type PaymentRow, refreshed, type StatementLine } from "./model";

const header = "sequence,booked_on,amount_yuan,counterparty,counter_account,remark";

/** Banks still write GB 18030; what is not UTF-8 is read as that, so that names stay names. */
async function textOf(file: File): Promise<string> {
  const raw = await file.arrayBuffer();
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(raw);
  } catch {
    return new TextDecoder("gb18030").decode(raw);
  }
}

/** A bank statement as text: pasted or read from a file; importing it twice changes nothing. */
export function ImportDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation("payments");
  const [account, setAccount] = useState("");
  const [csv, setCsv] = useState("");
  const write = useWrite(
    (body: { account: string; csv: string }, key) =>
      ask(api.POST("/api/v1/statement-lines/import", { params: { header: key }, body })),
    { refresh: refreshed, onDone: onClose },
  );
  return (
    <FormDialog
      title={t("reconcile.import")}
      ready={account.trim() !== "" && csv.trim() !== ""}
      write={write}
      onSubmit={() => write.mutate({ account: account.trim(), csv })}
      onClose={onClose}
    >
      <ErrorSummary errors={errorsOf(write.error)} />
      <TextField label={t("reconcile.account")} value={account} onChange={setAccount} maxLength={64} />
      <div className="field">
        <label htmlFor="statement-file">{t("reconcile.file")}</label>
        <input
          id="statement-file"
          type="file"
          accept=".csv,text/csv,text/plain"
          className="input"
          onChange={(e) => {
            const file = e.target.files?.[0];
            if (file) void textOf(file).then(setCsv);
          }}
        />
        <div>
          <Button
            small
            kind="quiet"
            icon="download"
            onClick={() => saveText("linli-statement.csv", "text/csv", `${header}\r\n`)}
          >
            {t("reconcile.template")}
          </Button>
        </div>
      </div>
      <TextArea
        label={t("reconcile.text")}
        help={t("reconcile.textHelp")}
        rows={6}
        value={csv}
        onChange={setCsv}
      />
    </FormDialog>
  );
}

interface LineProps {
  line: StatementLine;
  paid: PaymentRow[];
  onClose: () => void;
  onReload: () => void;
}

/** Binds a line to payments that add up to it exactly, or sets it aside with a reason. */
export function LineDialog({ line, paid, onClose, onReload }: LineProps) {
  const { t, lang } = useTranslation("payments");
  const [chosen, setChosen] = useState<string[]>(() =>
    line.suggested.length === 1 && line.suggested[0] ? [line.suggested[0].id] : [],
  );
  const [reason, setReason] = useState("");
  const picked = paid.filter((p) => chosen.includes(p.id));
  const sum = picked.reduce((total, p) => total + p.amountFen, 0);
  const rest = -line.amountFen - sum;
  const params = (key: { "Idempotency-Key": string }) => ({
    path: { id: line.id },
    header: { ...ifMatch(line.version), ...key },
  });
  const match = useWrite(
    (matches: { paymentId: string; amountFen: number }[], key) =>
      ask(api.POST("/api/v1/statement-lines/{id}/match", { params: params(key), body: { matches } })),
    { refresh: refreshed, onDone: onClose },
  );
  const ignore = useWrite(
    (body: { reason: string }, key) =>
      ask(api.POST("/api/v1/statement-lines/{id}/ignore", { params: params(key), body })),
    { refresh: refreshed, onDone: onClose },
  );
  return (
    <Dialog
      open
      title={t("reconcile.lineTitle")}
      onClose={onClose}
      actions={
        <>
          <Button
            kind="primary"
            busy={match.isPending}
            disabled={picked.length === 0 || rest !== 0}
            onClick={() => match.mutate(picked.map((p) => ({ paymentId: p.id, amountFen: p.amountFen })))}
          >
            {t("reconcile.match")}
          </Button>
          <Button
            busy={ignore.isPending}
            disabled={!reason.trim()}
            onClick={() => ignore.mutate({ reason: reason.trim() })}
          >
            {t("reconcile.ignore")}
          </Button>
        </>
      }
    >
      <div className="stack">
        <KeyValue
          items={[
            { label: t("reconcile.counterparty"), value: line.counterparty },
            { label: t("reconcile.day"), value: <Day at={line.bookedOn} /> },
            { label: t("col.amount"), value: <Money fen={line.amountFen} /> },
            { label: t("reconcile.remark"), value: line.remark },
          ]}
        />
        {paid.length > 0 && (
          <CheckboxGroup
            label={t("reconcile.choose")}
            value={chosen}
            onChange={setChosen}
            options={paid.map((p) => ({
              value: p.id,
              label: `${p.code} · ${p.supplierName} · ${money(p.amountFen, lang)}`,
            }))}
          />
        )}
        {picked.length > 0 && rest !== 0 && (
          <p className="small deadline late">{t("reconcile.rest", { rest: money(rest, lang) })}</p>
        )}
        <TextArea
          optional
          label={t("reconcile.reason")}
          help={t("reconcile.reasonHelp")}
          value={reason}
          onChange={setReason}
          maxLength={500}
          rows={2}
        />
        <ProblemNotice problem={match.error ?? ignore.error} onReload={onReload} />
      </div>
    </Dialog>
  );
}
