import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Capitals } from "@/ui/Capitals";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { PrintButton } from "@/ui/TakeAway";
import { DateTime, Day, Money } from "@/ui/values";
import { Document } from "./AccountPage";
import type { JournalView } from "./model";
import "./ledger.css";

/** One journal as a voucher: postings, what it books, and what it means by the accounting rules. */
export default function JournalPage() {
  const { journalId } = useParams({ strict: false }) as { journalId: string };
  const query = useQuery({
    queryKey: ["ledger", "journal", journalId],
    queryFn: () => ask(api.GET("/api/v1/ledger/journals/{id}", { params: { path: { id: journalId } } })),
  });
  return <Loaded query={query}>{(j) => <Journal j={j} />}</Loaded>;
}

function Journal({ j }: { j: JournalView }) {
  const { t } = useTranslation("ledger");
  return (
    <>
      <PageHead
        title={t("journal.heading", { code: j.code })}
        mark={
          <Tag tone={j.state === "posted" ? "ok" : "wait"}>
            {t(j.state === "posted" ? "journal.posted" : `pending.${j.resolution || "open"}`)}
          </Tag>
        }
        crumbs={[{ label: t("accounts.title"), to: paths.workLedger() }, { label: j.code }]}
        sub={t(`journal.${j.kind}`)}
        actions={<PrintButton />}
      />
      <div className="columns">
        <div className="stack">
          <Card title={t("journal.postings")}>
            <Postings j={j} />
            <p className="small">
              <Capitals fen={j.amountFen} />
            </p>
          </Card>
          {j.statutory.length > 0 && <Statutory j={j} />}
        </div>
        <aside className="stack">
          <Card title={t("journal.about")}>
            <KeyValue
              items={[
                { label: t("journal.document"), value: <Document j={j} /> },
                { label: t("journal.effective"), value: <Day full at={j.effectiveOn} /> },
                { label: t("journal.bookedAt"), value: <DateTime full at={j.at} /> },
                j.projectId
                  ? {
                      label: t("journal.project"),
                      value: <Link to={paths.project(j.projectId)}>{t("journal.toProject")}</Link>,
                    }
                  : null,
                j.reverses
                  ? {
                      label: t("journal.reverses"),
                      value: <Link to={paths.workJournal(j.reverses)}>{t("journal.see")}</Link>,
                    }
                  : null,
                j.releases
                  ? {
                      label: t("journal.releases"),
                      value: <Link to={paths.workJournal(j.releases)}>{t("journal.see")}</Link>,
                    }
                  : null,
              ]}
            />
          </Card>
          <p className="small muted">{t("journal.never")}</p>
        </aside>
      </div>
    </>
  );
}

function Postings({ j }: { j: JournalView }) {
  const { t } = useTranslation("ledger");
  return (
    <div className="scrollx">
      <table>
        <thead>
          <tr>
            <th scope="col">{t("col.account")}</th>
            <th scope="col" className="r">
              {t("col.debit")}
            </th>
            <th scope="col" className="r">
              {t("col.credit")}
            </th>
          </tr>
        </thead>
        <tbody>
          {j.postings.map((p) => (
            <tr key={p.accountId}>
              <td>
                <Link to={paths.workAccount(p.accountId)}>{p.accountName || p.accountCode}</Link>{" "}
                <span className="muted small">{t(`kind.${p.accountKind}`)}</span>
              </td>
              <td className="r">{p.debitFen > 0 && <Money fen={p.debitFen} bare />}</td>
              <td className="r">{p.creditFen > 0 && <Money fen={p.creditFen} bare />}</td>
            </tr>
          ))}
          <tr className="total">
            <td>{t("journal.total")}</td>
            <td className="r">
              <Money fen={j.amountFen} bare />
            </td>
            <td className="r">
              <Money fen={j.amountFen} bare />
            </td>
          </tr>
        </tbody>
      </table>
    </div>
  );
}

function Statutory({ j }: { j: JournalView }) {
  const { t } = useTranslation("ledger");
  return (
    <Card title={t("statutory.title")}>
      <p className="small muted">{t("statutory.text")}</p>
      <div className="scrollx">
        <table>
          <thead>
            <tr>
              <th scope="col">{t("statutory.ledger")}</th>
              <th scope="col">{t("col.account")}</th>
              <th scope="col" className="r">
                {t("col.debit")}
              </th>
              <th scope="col" className="r">
                {t("col.credit")}
              </th>
            </tr>
          </thead>
          <tbody>
            {j.statutory.map((s, i) => (
              <tr key={i}>
                <td>{t(`statutory.${s.ledger}`)}</td>
                <td>
                  {t(`statutoryAccount.${s.account}`)} <span className="muted num small">{s.subject}</span>
                </td>
                <td className="r">{s.debitFen > 0 && <Money fen={s.debitFen} bare />}</td>
                <td className="r">{s.creditFen > 0 && <Money fen={s.creditFen} bare />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Card>
  );
}
