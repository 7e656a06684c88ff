import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { KeyValue } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Day, Money } from "@/ui/values";
import { type Contract, contractsOf, fundOf, type Thread } from "./model";
import { useWords } from "./words";

/** The contract and its deliveries. */
export function DeliveryBody({ contracts }: { contracts: Contract[] }) {
  return (
    <div className="stack">
      {contracts.map((c) => (
        <ContractFacts key={c.id} contract={c} />
      ))}
    </div>
  );
}

function ContractFacts({ contract: c }: { contract: Contract }) {
  const { t } = useWords();
  return (
    <div className="stack tight">
      <h3>
        {c.publishedAt ? <Link to={paths.contract(c.id)}>{c.code}</Link> : c.code}{" "}
        <Status machine="contract" state={c.status} />
      </h3>
      <KeyValue
        items={[
          { label: t("contract.supplier"), value: c.supplier },
          { label: t("contract.value"), value: <Money fen={c.valueFen} /> },
          c.supplements > 0 && {
            label: t("contract.supplements"),
            value: t("contract.supplementsN", { count: c.supplements }),
          },
          c.signedAt !== undefined && { label: t("contract.signed"), value: <Day at={c.signedAt} /> },
          {
            label: t("contract.published"),
            value: c.publishedAt ? <Day at={c.publishedAt} /> : t("contract.unpublished"),
          },
          c.termFrom !== undefined &&
            c.termFrom !== "" && {
              label: t("contract.term"),
              value: (
                <>
                  <Day at={c.termFrom} /> – <Day at={c.termUntil} />
                </>
              ),
            },
        ]}
      />
      {c.milestones.length > 0 && (
        <DataTable
          caption={t("milestone.caption")}
          rows={c.milestones}
          rowKey={(m) => String(m.number)}
          columns={[
            { id: "number", head: t("milestone.number"), shrink: true, cell: (m) => m.number },
            { id: "title", head: t("milestone.title"), title: true, cell: (m) => m.title },
            { id: "due", head: t("milestone.due"), cell: (m) => <Day at={m.dueOn} /> },
            {
              id: "amount",
              head: t("milestone.amount"),
              right: true,
              cell: (m) => <Money fen={m.amountFen} bare />,
            },
            {
              id: "status",
              head: t("milestone.status"),
              cell: (m) => <Status machine="milestone" state={m.status} />,
            },
          ]}
        />
      )}
    </div>
  );
}

/** What was found on delivery, and what the people served say, always with how many were asked. */
export function AcceptanceBody({ thread }: { thread: Thread }) {
  const { t, day } = useWords();
  const rows = contractsOf(thread)
    .flatMap((c) => c.milestones)
    .flatMap((m) =>
      m.acceptance ? [{ ...m.acceptance, number: m.number, title: m.title, rework: m.rework }] : [],
    );
  return (
    <div className="stack tight">
      {rows.map((a) => (
        <div key={a.code} className="finding">
          <div className="row between">
            <b>
              {a.number}. {a.title}
            </b>
            <Status machine="milestone" state={a.result} />
          </div>
          <KeyValue
            items={[
              {
                label: t("acceptance.decided"),
                value: t(a.deemed ? "acceptance.deemed" : "acceptance.on", { day: day(a.decidedAt) }),
              },
              a.items > 0 && {
                label: t("acceptance.items"),
                value: t("acceptance.met", { met: a.met, items: a.items }),
              },
              { label: t("acceptance.payable"), value: <Money fen={a.payableFen} /> },
              { label: t("acceptance.satisfaction"), value: <Opinions {...a} /> },
              a.rework > 0 && {
                label: t("acceptance.rework"),
                value: t("acceptance.reworkN", { count: a.rework }),
              },
            ]}
          />
          {a.usersOpinion && <blockquote className="quote">{a.usersOpinion}</blockquote>}
        </div>
      ))}
    </div>
  );
}

function Opinions({
  rated,
  satisfied,
  low,
  high,
}: {
  rated: number;
  satisfied: number;
  low: number;
  high: number;
}) {
  const { t } = useWords();
  if (rated === 0) return <span className="muted">{t("acceptance.noOpinions")}</span>;
  const percent = (share: number) => (share * 100).toFixed(1);
  return (
    <span className="num">
      {t("acceptance.share", {
        share: percent(satisfied / rated),
        low: percent(low),
        high: percent(high),
        count: rated,
      })}
    </span>
  );
}

/** Every payment to the fen, and what came back to the community. */
export function MoneyBody({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const payments = contractsOf(thread).flatMap((c) => c.payments);
  return (
    <div className="stack">
      {payments.length > 0 && (
        <DataTable
          caption={t("payment.caption")}
          wide
          rows={payments}
          rowKey={(p) => p.code}
          columns={[
            {
              id: "code",
              head: t("payment.code"),
              title: true,
              cell: (p) => <span className="num">{p.code}</span>,
            },
            { id: "milestone", head: t("payment.milestone"), cell: (p) => p.milestone },
            {
              id: "amount",
              head: t("payment.amount"),
              right: true,
              cell: (p) => <Money fen={p.amountFen} bare />,
            },
            { id: "due", head: t("payment.due"), cell: (p) => <Day at={p.dueOn} /> },
            { id: "paid", head: t("payment.paid"), cell: (p) => <Day at={p.paidOn} /> },
            {
              id: "status",
              head: t("payment.status"),
              cell: (p) => (
                <>
                  <Status machine="payment" state={p.status} />
                  {p.overdueDays > 0 && (
                    <div className="tiny">{t("payment.late", { count: p.overdueDays })}</div>
                  )}
                </>
              ),
            },
          ]}
        />
      )}
      <FundReturn thread={thread} />
    </div>
  );
}

function FundReturn({ thread }: { thread: Thread }) {
  const { t, money, day } = useWords();
  const flows = fundOf(thread);
  if (flows.length === 0 && thread.grants.length === 0) return null;
  return (
    <div className="stack tight">
      <h3>{t("fund.title")}</h3>
      {flows.map((f) => (
        <div key={f.pledge} className="quote">
          <p>
            {t(`fund.pledge_${f.origin}`, { donor: f.donor, fund: f.fund })}{" "}
            <Link to={paths.fund(f.fundId)}>{t("fund.statement")}</Link>
          </p>
          <ul className="plainlist small">
            {f.entries.map((e) => (
              <li key={e.code}>
                <Day at={e.on} /> · <Money fen={e.amountFen} />{" "}
                {e.receipt && <span className="muted">{t("fund.receipt", { number: e.receipt })}</span>}
              </li>
            ))}
          </ul>
          {f.nextDue && (
            <p className="small muted">
              {t("fund.next", { day: day(f.nextDue), open: money(f.promisedFen - f.paidFen) })}
            </p>
          )}
          <p className="tiny muted">{t("fund.free")}</p>
        </div>
      ))}
      {thread.grants.map((g) => (
        <p key={g.code} className="small">
          {t("fund.grant", {
            fund: g.fund,
            recipient: g.recipient,
            amount: money(g.amountFen),
            title: g.title,
          })}
        </p>
      ))}
    </div>
  );
}
