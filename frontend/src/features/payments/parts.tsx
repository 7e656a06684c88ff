import { date } from "@/lib/format";
import { type Lang, useLang, useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { Capitals } from "@/ui/Capitals";
import { Icon } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { Card, Sums } from "@/ui/layout";
import { type Step, StepBar } from "@/ui/StepBar";
import { History } from "@/ui/Timeline";
import { Day, Money } from "@/ui/values";
import { type PaymentView, stations } from "./model";
import "./payments.css";

const dates: Record<(typeof stations)[number], (p: PaymentView) => string | undefined> = {
  requested: (p) => p.requestedAt,
  invoice_verified: (p) => p.verifiedAt,
  approved: (p) => p.approvedAt,
  instructed: (p) => p.instructedAt,
  paid: (p) => p.paidOn,
  reconciled: (p) => p.reconciledAt,
};

export function PaySteps({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  const off = ["disputed", "returned", "withdrawn"].includes(p.status);
  const fallen: Record<string, string> = {
    disputed: "requested",
    returned: "instructed",
    withdrawn: "requested",
  };
  const at = (stations as readonly string[]).indexOf(off ? (fallen[p.status] ?? "requested") : p.status);
  // The state names what has been done; what people wait for is the station after it.
  const steps: Step[] = stations.map((s, i) => {
    const when = dates[s](p);
    const state = i <= at ? (off && i === at ? "failed" : "done") : i === at + 1 && !off ? "current" : "todo";
    return {
      label: t(`station.${s}`),
      state,
      note:
        i <= at && when ? (
          <Day at={when} />
        ) : s === "approved" && p.approveBy && at === 1 ? (
          <>
            {t("station.by")} <Day at={p.approveBy} />
          </>
        ) : s === "paid" ? (
          <>
            {t("station.due")} <Day at={p.dueOn} />
          </>
        ) : undefined,
    };
  });
  return <StepBar label={t("station.label")} steps={steps} />;
}

export function PaySums({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  const contract = paths.workContract(p.contractId);
  return (
    <Sums
      items={[
        {
          label: t("sum.accepted"),
          value: <Money fen={p.acceptedFen} bare />,
          to: `${contract}#milestone-${p.milestoneNumber}`,
        },
        { label: t("sum.asked"), value: <Money fen={p.amountFen} bare /> },
        {
          label: t("sum.before"),
          value: <Money fen={p.paidBeforeFen} bare />,
          to: withSearch(paths.workPayments(), { contract: p.contractId }),
        },
        { label: t("sum.after"), value: <Money fen={p.leftAfterFen} bare />, to: contract },
      ]}
    />
  );
}

/** A found value as people write it: days in words, anything else as it stands on the paper. */
const shown = (value: string, lang: Lang) => (/^\d{4}-\d\d-\d\d$/.test(value) ? date(value, lang) : value);

/** What speaks for and against paying, each with what was found. */
export function Checks({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  const lang = useLang();
  return (
    <Card title={t("check.title")}>
      <ul className="checks">
        {p.checks.map((c) => (
          <li key={c.code}>
            <span className={c.passed ? "y" : c.warning ? "w" : "n"}>
              <Icon name={c.passed ? "check" : "alert"} size={18} />
              <span className="visually-hidden">
                {t(c.passed ? "check.passed" : c.warning ? "check.warning" : "check.failed")}
              </span>
            </span>
            <span>
              {t(`check.${c.code}`)}
              {!c.passed && c.wanted && (
                <span className="small muted"> {t("check.wanted", { wanted: shown(c.wanted, lang) })}</span>
              )}
            </span>
            <span className="small muted num">{c.found && shown(c.found, lang)}</span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** What will be booked, in the two parallel ledgers of the accounting rules. */
export function Preview({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  const done = p.journals.length > 0;
  return (
    <Card title={t(done ? "preview.booked" : "preview.title")}>
      {(["financial", "budget"] as const).map((book) => (
        <div className="scrollx" key={book}>
          <table>
            <caption className="small">{t(`ledger.${book}`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t("preview.account")}</th>
                <th scope="col" className="r">
                  {t("preview.debit")}
                </th>
                <th scope="col" className="r">
                  {t("preview.credit")}
                </th>
              </tr>
            </thead>
            <tbody>
              {p.preview
                .filter((l) => l.ledger === book)
                .map((l, i) => (
                  <tr key={i}>
                    <td>
                      {t(`account.${l.account}`)} <span className="muted num small">{l.subject}</span>
                    </td>
                    <td className="r">{l.debitFen > 0 && <Money fen={l.debitFen} bare />}</td>
                    <td className="r">{l.creditFen > 0 && <Money fen={l.creditFen} bare />}</td>
                  </tr>
                ))}
            </tbody>
          </table>
        </div>
      ))}
      <p className="small">
        {t("preview.memo")}{" "}
        <span className="num">
          {p.contractCode} · {t("detail.milestone", { n: p.milestoneNumber, of: p.milestones })}
        </span>{" "}
        · <Capitals fen={p.amountFen} />
      </p>
      {done && (
        <p className="row tight small">
          {p.journals.map((j) => (
            <Link key={j.id} to={paths.workJournal(j.id)}>
              {j.code} {t(`journal.${j.kind}`)}
            </Link>
          ))}
        </p>
      )}
    </Card>
  );
}

export function PayHistory({ p }: { p: PaymentView }) {
  const { t } = useTranslation("payments");
  const words = useTranslation("action");
  return (
    <Card title={t("history.title")}>
      <History
        items={[...p.history].reverse().map((h) => ({
          at: h.at,
          what: words.t(h.action),
          by: t(`role.${h.role}`),
        }))}
      />
    </Card>
  );
}
