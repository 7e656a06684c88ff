import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { ActionButton, Button, LinkButton } from "@/ui/Button";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import { isMove, MoveDialog, PayeeDecision, PayeeDialog, SignDialog } from "./ContractDialogs";
import { Milestones } from "./Milestones";
import { MilestoneTools } from "./MilestoneTools";
import { type ContractView, contractQuery, forward } from "./model";
import { ContractSteps, ContractSums, ContractTerms } from "./parts";
import { Supplements } from "./Supplements";
import { TermsForm } from "./TermsForm";

/** A contract as a case: content left, the next step right. */
export default function WorkContractPage() {
  const { contractId } = useParams({ strict: false }) as { contractId: string };
  const query = useQuery(contractQuery(contractId));
  return (
    <Loaded query={query}>{(c) => <Case key={c.version} c={c} reload={() => void query.refetch()} />}</Loaded>
  );
}

function Case({ c, reload }: { c: ContractView; reload: () => void }) {
  const { t } = useTranslation("contracts");
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  const props = { c, onClose: close, onReload: reload };
  return (
    <>
      <PageHead
        title={c.title}
        mark={<Status machine="contract" state={c.status} />}
        crumbs={[{ label: t("work.title"), to: paths.workContracts() }, { label: c.code }]}
        sub={t("detail.sub", { buyer: c.buyerName, supplier: c.supplierName, place: c.placeName })}
        actions={
          <LinkButton small icon="print" to={paths.contractPrint(c.id)}>
            {t("detail.print")}
          </LinkButton>
        }
      />
      <div className="stack loose">
        {c.statusReason && ["suspended", "terminated", "rescinded"].includes(c.status) && (
          <Notice tone="bad">{c.statusReason}</Notice>
        )}
        <ContractSteps c={c} />
        <ContractSums c={c} />
        <div className="columns">
          <div className="stack">
            {open === "amend" && <TermsForm {...props} />}
            <Milestones c={c} tools={(m) => <MilestoneTools m={m} onReload={reload} />} />
            <Supplements c={c} onReload={reload} />
          </div>
          <aside className="stack first">
            <Next c={c} open={open} onOpen={setOpen} />
            <Payee c={c} onOpen={setOpen} />
            <ContractTerms c={c} />
          </aside>
        </div>
      </div>
      {isMove(open) && <MoveDialog {...props} verb={open} />}
      {(open === "sign" || open === "sign_supplier") && <SignDialog {...props} side={open} />}
      {open === "payee" && <PayeeDialog {...props} />}
      {(open === "payee_confirm" || open === "payee_refuse") && (
        <PayeeDecision {...props} confirm={open === "payee_confirm"} />
      )}
    </>
  );
}

/** Who does what by when; first what the reader may do, then what waits for others, with the reason. */
function Next({ c, open, onOpen }: { c: ContractView; open: string; onOpen: (verb: string) => void }) {
  const { t } = useTranslation("contracts");
  const words = useTranslation("action");
  const ahead = c.actions.filter((a) => forward.includes(a.action));
  const rank = (a: { action: string; permitted: boolean }) =>
    (a.permitted ? 0 : 1) * 10 + (a.action === "amend" && c.milestones.length > 0 ? 5 : 0);
  const ordered = [...ahead].sort((a, b) => rank(a) - rank(b));
  const others = c.actions.filter((a) => !forward.includes(a.action) && a.permitted);
  const primary = ordered.find((a) => a.permitted)?.action;
  return (
    <NextStep
      title={t(`next.${c.status}.title`)}
      who={
        <>
          {t(`next.${c.status}.who`)} {c.status === "drafting" && <Day at={c.signBy} />}
          {c.status === "signed" && <Day at={c.publishBy} />}
          {c.status === "published" && <Day at={c.fileBy} />}
        </>
      }
    >
      {ordered.map((a) =>
        a.action === open ? null : (
          <ActionButton
            key={a.action}
            block
            kind={a.action === primary ? "primary" : "plain"}
            {...actionProps(c.actions, a.action)}
            onClick={() => onOpen(a.action)}
          >
            {words.t(`contract.${a.action}`)}
          </ActionButton>
        ),
      )}
      {others.map((a) => (
        <Button
          key={a.action}
          block
          kind={a.action === "suspend" ? "plain" : "danger"}
          onClick={() => onOpen(a.action)}
        >
          {words.t(`contract.${a.action}`)}
        </Button>
      ))}
    </NextStep>
  );
}

function Payee({ c, onOpen }: { c: ContractView; onOpen: (verb: string) => void }) {
  const { t } = useTranslation("contracts");
  if (!c.payee) return null;
  const pending = c.pendingPayee;
  const settled = c.status !== "drafting";
  return (
    <Card title={t("payee.title")}>
      <div className="stack tight">
        <KeyValue
          items={[
            { label: t("payee.holder"), value: c.payee.holder },
            { label: t("payee.bank"), value: c.payee.bank },
            {
              label: t("payee.number"),
              value: <span className="num">{c.payee.number ?? t("payee.tail", { tail: c.payee.tail })}</span>,
            },
          ]}
        />
        {pending && (
          <Notice tone="wait">
            {t("payee.pending", { bank: pending.bank, tail: pending.tail })} <Day at={pending.usableFrom} />
          </Notice>
        )}
        {pending && can("payee.confirm") && (
          <div className="row tight">
            <Button small kind="primary" onClick={() => onOpen("payee_confirm")}>
              {t("payee.confirm")}
            </Button>
            <Button small onClick={() => onOpen("payee_refuse")}>
              {t("payee.refuse")}
            </Button>
          </div>
        )}
        {!pending && settled && can("contract.change_payee") && (
          <div>
            <Button small onClick={() => onOpen("payee")}>
              {t("payee.change")}
            </Button>
          </div>
        )}
      </div>
    </Card>
  );
}
