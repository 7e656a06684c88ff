/** The acts on a payment: a word of explanation, what the bank said, perhaps why, and it is done. */
import { type ReactNode, useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { serverNow } from "@/lib/clock";
import { isoDate, money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { useWrite, type WriteKey } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { RadioGroup } from "@/ui/choices";
import { DateField, TextField } from "@/ui/fields";
import { MoneyField } from "@/ui/MoneyField";
import { type PaymentView, refreshed } from "./model";

interface Props {
  p: PaymentView;
  onClose: () => void;
  onReload: () => void;
}

interface ActProps extends Props {
  verb: string;
  reason?: boolean;
  ready?: boolean;
  children?: ReactNode;
  run: (reason: string, key: WriteKey) => Promise<unknown>;
}

function Act({ p, verb, reason, run, ...frame }: ActProps) {
  const { t, lang } = useTranslation("payments");
  const words = useTranslation("action");
  const write = useWrite((input: { why: string }, key) => run(input.why, key), {
    refresh: refreshed,
    onDone: frame.onClose,
  });
  return (
    <ActDialog
      {...frame}
      title={words.t(`payment.${verb}`)}
      text={t(`explain.${verb}`, { amount: money(p.amountFen, lang), supplier: p.supplierName })}
      ask={reason ? { label: t("form.reason"), help: t("form.reasonHelp") } : undefined}
      write={write}
      onSubmit={(why) => write.mutate({ why })}
    />
  );
}

const plain = {
  verify_invoice: "/api/v1/payments/{id}/verify-invoice",
  approve: "/api/v1/payments/{id}/approve",
  send_back: "/api/v1/payments/{id}/send-back",
  revoke: "/api/v1/payments/{id}/revoke",
  retry: "/api/v1/payments/{id}/retry",
  withdraw: "/api/v1/payments/{id}/withdraw",
  bounce: "/api/v1/payments/{id}/bounce",
} as const;

type Plain = keyof typeof plain;
const isPlain = (verb: string): verb is Plain => verb in plain;

const headers = (p: PaymentView, key: WriteKey) => ({
  path: { id: p.id },
  header: { ...ifMatch(p.version), ...key },
});

/** Chooses the dialog for a verb. */
export function PayDialog({ verb, ...props }: Props & { verb: string }) {
  if (isPlain(verb)) return <PlainDialog {...props} verb={verb} />;
  if (verb === "instruct") return <InstructDialog {...props} />;
  if (verb === "confirm_paid") return <PaidDialog {...props} />;
  if (verb === "dispute" || verb === "resolve") return <DisputeDialog {...props} verb={verb} />;
  return null;
}

function PlainDialog({ verb, ...props }: Props & { verb: Plain }) {
  return (
    <Act
      {...props}
      verb={verb}
      reason={verb !== "verify_invoice" && verb !== "approve"}
      run={(reason, key) =>
        ask(api.POST(plain[verb], { params: headers(props.p, key), body: { reason: reason || undefined } }))
      }
    />
  );
}

function InstructDialog(props: Props) {
  const { t } = useTranslation("payments");
  const [method, setMethod] = useState<"treasury_central" | "bank_transfer">("treasury_central");
  return (
    <Act
      {...props}
      verb="instruct"
      run={(_reason, key) =>
        ask(api.POST("/api/v1/payments/{id}/instruct", { params: headers(props.p, key), body: { method } }))
      }
    >
      <RadioGroup
        label={t("method.label")}
        value={method}
        onChange={(m) => setMethod(m as typeof method)}
        options={[
          { value: "treasury_central", label: t("method.treasury_central") },
          { value: "bank_transfer", label: t("method.bank_transfer") },
        ]}
      />
    </Act>
  );
}

function PaidDialog(props: Props) {
  const { t } = useTranslation("payments");
  const today = isoDate(serverNow());
  const [voucher, setVoucher] = useState("");
  const [on, setOn] = useState(today);
  return (
    <Act
      {...props}
      verb="confirm_paid"
      ready={voucher.trim() !== "" && on !== ""}
      run={(_reason, key) =>
        ask(
          api.POST("/api/v1/payments/{id}/confirm-paid", {
            params: headers(props.p, key),
            body: { voucherNumber: voucher.trim(), paidOn: on },
          }),
        )
      }
    >
      <TextField
        label={t("form.voucher")}
        help={t("form.voucherHelp")}
        value={voucher}
        onChange={setVoucher}
        maxLength={64}
      />
      <DateField label={t("form.paidOn")} value={on} onChange={setOn} max={today} />
    </Act>
  );
}

function DisputeDialog({ verb, ...props }: Props & { verb: "dispute" | "resolve" }) {
  const { t } = useTranslation("payments");
  const [fen, setFen] = useState<number | null>(props.p.amountFen);
  const path = verb === "dispute" ? "/api/v1/payments/{id}/dispute" : "/api/v1/payments/{id}/resolve";
  return (
    <Act
      {...props}
      verb={verb}
      reason
      ready={fen !== null && fen > 0 && fen <= props.p.amountFen}
      run={(reason, key) =>
        ask(api.POST(path, { params: headers(props.p, key), body: { amountFen: fen ?? 0, reason } }))
      }
    >
      <MoneyField
        label={t(`form.${verb}Amount`)}
        help={t(`form.${verb}Help`)}
        value={fen}
        onChange={setFen}
      />
    </Act>
  );
}
