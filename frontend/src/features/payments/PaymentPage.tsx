import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { actionProps } from "@/lib/can";
import { money } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { ActionButton, Button } from "@/ui/Button";
import { Capitals } from "@/ui/Capitals";
import { Link } from "@/ui/Link";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { PrintButton } from "@/ui/TakeAway";
import { Day, Money } from "@/ui/values";
import { InvoiceDialog } from "./InvoiceDialog";
import { forward, type PaymentView, paymentQuery } from "./model";
import { PayDialog } from "./PayDialogs";
import { Checks, PayHistory, PaySteps, PaySums, Preview } from "./parts";

/** A payment as a case: what is asked, what speaks for it, what will be booked, and who is next. */
export default function PaymentPage() {
  const { paymentId } = useParams({ strict: false }) as { paymentId: string };
  const query = useQuery(paymentQuery(paymentId));
  return (
    <Loaded query={query}>{(p) => <Case key={p.version} p={p} reload={() => void query.refetch()} />}</Loaded>
  );
}

function Case({ p, reload }: { p: PaymentView; reload: () => void }) {
  const { t, lang } = useTranslation("payments");
  const [open, setOpen] = useState("");
  const props = { p, onClose: () => setOpen(""), onReload: reload };
  return (
    <>
      <PageHead
        title={t("detail.heading", { title: p.title, n: p.milestoneNumber })}
        mark={<Status machine="payment" state={p.status} />}
        crumbs={[{ label: t("list.title"), to: paths.workPayments() }, { label: p.code }]}
        actions={<PrintButton />}
        sub={
          <>
            {p.supplierName} · {t("detail.contract")}{" "}
            <Link to={paths.workContract(p.contractId)}>{p.contractCode}</Link> ·{" "}
            {t("detail.milestone", { n: p.milestoneNumber, of: p.milestones })} ·{" "}
            <Link to={paths.project(p.projectId)}>{t("detail.trail")}</Link>
          </>
        }
      />
      <div className="stack loose">
        {p.overdueDays > 0 && (
          <Notice tone="bad">
            {t("detail.overdue", { days: p.overdueDays, interest: money(p.interestFen, lang) })}
          </Notice>
        )}
        {p.approvalVoid && <Notice tone="wait">{t("detail.void")}</Notice>}
        {p.statusReason && ["disputed", "returned", "withdrawn", "requested"].includes(p.status) && (
          <Notice tone="wait">{p.statusReason}</Notice>
        )}
        <PaySteps p={p} />
        <div className="columns">
          <div className="stack">
            <PaySums p={p} />
            <Checks p={p} />
            <Preview p={p} />
            <PayHistory p={p} />
          </div>
          <aside className="stack first">
            <Next p={p} onOpen={setOpen} />
            <Facts p={p} />
            <Invoices p={p} />
          </aside>
        </div>
      </div>
      {open === "invoice" ? <InvoiceDialog {...props} /> : open && <PayDialog {...props} verb={open} />}
    </>
  );
}

function Next({ p, onOpen }: { p: PaymentView; onOpen: (verb: string) => void }) {
  const { t, lang } = useTranslation("payments");
  const words = useTranslation("action");
  const ahead = p.actions.filter((a) => forward.includes(a.action));
  const back = p.actions.filter(
    (a) => !forward.includes(a.action) && (a.permitted || a.code !== "access.forbidden"),
  );
  const amount = money(p.amountFen, lang);
  const replace = p.status === "requested" && can("payment.request");
  return (
    <NextStep
      title={t(`next.${p.status}.title`)}
      who={
        <>
          {t(`next.${p.status}.who`)}{" "}
          {p.status === "invoice_verified" && p.approveBy && (
            <>
              <Day at={p.approveBy} />
              {t("next.late", { daily: money(p.dailyInterestFen, lang) })}
            </>
          )}
        </>
      }
    >
      {ahead.map((a) => (
        <ActionButton
          key={a.action}
          block
          kind="primary"
          {...actionProps(p.actions, a.action)}
          onClick={() => onOpen(a.action)}
        >
          {a.action === "approve" ? t("next.approve", { amount }) : words.t(`payment.${a.action}`)}
        </ActionButton>
      ))}
      {p.status === "paid" && <Link to={paths.workReconciliation()}>{t("next.toReconcile")}</Link>}
      {replace && (
        <Button block onClick={() => onOpen("invoice")}>
          {words.t("payment.replace_invoice")}
        </Button>
      )}
      {back.map((a) => (
        <ActionButton
          key={a.action}
          block
          {...actionProps(p.actions, a.action)}
          onClick={() => onOpen(a.action)}
        >
          {words.t(`payment.${a.action}`)}
        </ActionButton>
      ))}
    </NextStep>
  );
}

function Facts({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  return (
    <Card title={t("facts.title")}>
      <KeyValue
        items={[
          { label: t("facts.amount"), value: <Money fen={p.amountFen} /> },
          { label: t("facts.capitals"), value: <Capitals fen={p.amountFen} /> },
          { label: t("facts.due"), value: <Day full at={p.dueOn} /> },
          { label: t("facts.holder"), value: p.payee.holder },
          {
            label: t("facts.account"),
            value: (
              <>
                {p.payee.bank}{" "}
                <span className="num">{p.payee.number ?? t("facts.tail", { tail: p.payee.tail })}</span>
              </>
            ),
          },
          p.method ? { label: t("method.label"), value: t(`method.${p.method}`) } : null,
          p.voucherNumber
            ? { label: t("form.voucher"), value: <span className="num">{p.voucherNumber}</span> }
            : null,
          { label: t("facts.acceptance"), value: <span className="num">{p.acceptanceCode}</span> },
          p.approvals.length > 0 && {
            label: t("facts.approvals"),
            value: p.approvals.map((a) => (
              <div key={a.at}>
                {a.approver} <Day at={a.at} />
              </div>
            )),
          },
        ]}
      />
    </Card>
  );
}

function Invoices({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  return (
    <Card title={t("invoice.title")}>
      {p.invoices.map((v) => (
        <div key={v.id} className="linebox small">
          <p className="row tight">
            <span className="num wrapany">{v.number}</span>
            {v.replaced && <Tag>{t("invoice.replaced")}</Tag>}
          </p>
          <p>
            <Money fen={v.totalFen} /> · {v.item} · <Day at={v.issuedOn} />
          </p>
        </div>
      ))}
    </Card>
  );
}
