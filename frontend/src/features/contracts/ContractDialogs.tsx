/** The acts on a contract itself. */
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import type { WriteKey } from "@/lib/query";
import { Capitals } from "@/ui/Capitals";
import { Checkbox } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { KeyValue } from "@/ui/layout";
import { Money } from "@/ui/values";
import { ActDialog } from "./ActDialog";
import type { ContractView } from "./model";

interface Props {
  c: ContractView;
  onClose: () => void;
  onReload: () => void;
}

const routes = {
  publish: "/api/v1/contracts/{id}/publish",
  file: "/api/v1/contracts/{id}/file",
  start: "/api/v1/contracts/{id}/start",
  complete: "/api/v1/contracts/{id}/complete",
  close: "/api/v1/contracts/{id}/close",
  suspend: "/api/v1/contracts/{id}/suspend",
  resume: "/api/v1/contracts/{id}/resume",
  terminate: "/api/v1/contracts/{id}/terminate",
  rescind: "/api/v1/contracts/{id}/rescind",
} as const;

export type ContractMove = keyof typeof routes;
export const isMove = (verb: string): verb is ContractMove => verb in routes;

const reasoned = ["suspend", "resume", "terminate", "rescind"];

export function MoveDialog({ c, verb, ...rest }: Props & { verb: ContractMove }) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const [filingNumber, setFilingNumber] = useState("");
  return (
    <ActDialog
      {...rest}
      title={words.t(`contract.${verb}`)}
      explain={t(`explain.${verb}`)}
      reasoned={reasoned.includes(verb)}
      danger={verb === "terminate" || verb === "rescind"}
      ready={verb !== "file" || filingNumber.trim() !== ""}
      run={(reason, key) =>
        ask(
          api.POST(routes[verb], {
            params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
            body: { reason: reason || undefined, filingNumber: filingNumber.trim() || undefined },
          }),
        )
      }
    >
      {verb === "file" && (
        <TextField
          label={t("form.filingNumber")}
          help={t("form.filingHelp")}
          value={filingNumber}
          onChange={setFilingNumber}
          maxLength={64}
        />
      )}
    </ActDialog>
  );
}

/** Signing: what is signed in three lines, the hash of the text, and one box to tick. */
export function SignDialog({ c, side, ...rest }: Props & { side: "sign" | "sign_supplier" }) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const [read, setRead] = useState(false);
  const path = side === "sign" ? "/api/v1/contracts/{id}/sign" : "/api/v1/contracts/{id}/sign-as-supplier";
  return (
    <ActDialog
      {...rest}
      title={words.t(`contract.${side}`)}
      explain={t(`explain.${side}`)}
      ready={read}
      run={(_reason: string, key: WriteKey) =>
        ask(
          api.POST(path, {
            params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
            body: { textHash: c.textHash },
          }),
        )
      }
    >
      <KeyValue
        items={[
          { label: t("terms.amount"), value: <Money fen={c.valueFen} /> },
          { label: t("terms.capitals"), value: <Capitals fen={c.valueFen} /> },
          { label: t("sign.milestones"), value: t("sign.count", { count: c.milestones.length }) },
          {
            label: t("sign.hash"),
            value: <span className="num small wrapany">{c.textHash.slice(0, 16)}…</span>,
          },
        ]}
      />
      <Checkbox label={t("sign.read")} checked={read} onChange={setRead} />
    </ActDialog>
  );
}

export function PayeeDialog({ c, ...rest }: Props) {
  const { t } = useTranslation("contracts");
  const [holder, setHolder] = useState(c.supplierName);
  const [bank, setBank] = useState("");
  const [number, setNumber] = useState("");
  const fits = /^\d{8,34}$/.test(number.replaceAll(" ", ""));
  return (
    <ActDialog
      {...rest}
      title={t("payee.change")}
      explain={t("payee.changeExplain")}
      ready={fits && holder.trim() !== "" && bank.trim() !== ""}
      run={(_reason, key) =>
        ask(
          api.POST("/api/v1/contracts/{id}/payee", {
            params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
            body: { holder: holder.trim(), bank: bank.trim(), number: number.replaceAll(" ", "") },
          }),
        )
      }
    >
      <TextField label={t("payee.holder")} value={holder} onChange={setHolder} maxLength={200} />
      <TextField label={t("payee.bank")} value={bank} onChange={setBank} maxLength={200} />
      <TextField
        label={t("payee.number")}
        inputMode="numeric"
        value={number}
        onChange={setNumber}
        maxLength={40}
        error={number && !fits ? t("payee.numberError") : undefined}
      />
    </ActDialog>
  );
}

export function PayeeDecision({ c, confirm, ...rest }: Props & { confirm: boolean }) {
  const { t } = useTranslation("contracts");
  return (
    <ActDialog
      {...rest}
      title={t(confirm ? "payee.confirm" : "payee.refuse")}
      explain={t(confirm ? "payee.confirmExplain" : "payee.refuseExplain")}
      reasoned={!confirm}
      danger={!confirm}
      run={(reason, key) =>
        ask(
          api.POST("/api/v1/contracts/{id}/payee/decide", {
            params: { path: { id: c.id }, header: { ...ifMatch(c.version), ...key } },
            body: { confirm, reason: reason || undefined },
          }),
        )
      }
    />
  );
}
