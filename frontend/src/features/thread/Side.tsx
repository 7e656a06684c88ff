import { askBlob } from "@/lib/api";
import { paths, withSearch } from "@/lib/paths";
import { saveBlob } from "@/lib/save";
import { Button, LinkButton } from "@/ui/Button";
import { Icon } from "@/ui/icons";
import { Card } from "@/ui/layout";
import { MoneyBar, type MoneyBarItem } from "@/ui/MoneyBar";
import { DateTime } from "@/ui/values";
import { contractsOf, fundOf, type Thread } from "./model";
import { useWords } from "./words";

/** Budget, award, accepted, paid, returned: to scale, to the fen. */
export function MoneyCard({ thread }: { thread: Thread }) {
  const { t, money } = useWords();
  const m = thread.money;
  if (m.budgetFen === 0 && m.returnedFen === 0) return null;
  const fund = fundOf(thread)[0];
  const contract = contractsOf(thread).at(-1);
  const items: (MoneyBarItem | false)[] = [
    {
      id: "budget",
      label: t("money.budget"),
      fen: m.budgetFen,
      tone: "plan",
      to: thread.projects.at(-1) && paths.project(thread.projects.at(-1)?.id ?? ""),
    },
    m.awardFen > 0 && { id: "award", label: t("money.award"), fen: m.awardFen },
    m.contractFen > 0 &&
      m.contractFen !== m.awardFen && { id: "contract", label: t("money.contract"), fen: m.contractFen },
    m.contractFen > 0 && {
      id: "accepted",
      label: t("money.accepted"),
      fen: m.acceptedFen,
      to: contract?.publishedAt ? paths.contract(contract.id) : undefined,
    },
    m.contractFen > 0 && { id: "paid", label: t("money.paid"), fen: m.paidFen },
    (m.returnedFen > 0 || m.pledgedFen > 0) && {
      id: "returned",
      label: t("money.returned"),
      fen: m.returnedFen,
      tone: "voice",
      to: fund && paths.fund(fund.fundId),
    },
  ];
  const notes = [
    m.savedFen > 0 && t("money.saved", { amount: money(m.savedFen) }),
    m.dueFen > 0 && t("money.due", { amount: money(m.dueFen) }),
    m.contractFen > 0 && m.paidFen === m.contractFen && t("money.settled"),
  ].filter((x): x is string => Boolean(x));
  return (
    <Card title={t("money.title")} className="moneycard">
      <MoneyBar
        label={t("money.title")}
        items={items.filter((x): x is MoneyBarItem => x !== false)}
        note={notes.join(" ")}
      />
    </Card>
  );
}

/** What anybody can keep today and compare later. */
export function ProofCard({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const { proof, need } = thread;
  const short = `${proof.fingerprint.slice(0, 4)}…${proof.fingerprint.slice(-4)}`;
  const take = async () =>
    saveBlob(`${need.code}-proof.json`, await askBlob(`/api/v1/threads/${need.code}/proof`));
  return (
    <Card title={t("proof.title")}>
      <div className="stack tight small">
        <p className="proofline">
          <Icon name="check" /> {t("proof.line", { documents: proof.documents, records: proof.records })}
        </p>
        <p className="muted">
          {t("proof.fingerprint")} <code title={proof.fingerprint}>{short}</code>
        </p>
        <div className="row tight no-print">
          <Button small onClick={() => void take()}>
            {t("proof.take")}
          </Button>
          <LinkButton small kind="quiet" to={paths.proof()}>
            {t("proof.how")}
          </LinkButton>
        </div>
        <p className="tiny muted">
          {t("proof.asOf")} <DateTime at={thread.asOf} />
        </p>
      </div>
    </Card>
  );
}

/** Something wrong? The right place to turn to at this stage. */
export function RemedyCard({ thread }: { thread: Thread }) {
  const { t, day } = useWords();
  const { remedy, need } = thread;
  return (
    <Card title={t("remedy.title")} className="no-print">
      <div className="stack tight small">
        <p>{t(`remedy.${remedy.kind}`, { body: need.body, day: remedy.until ? day(remedy.until) : "" })}</p>
        <div className="row tight">
          {remedy.tender && (
            <LinkButton small to={withSearch(paths.tender(remedy.tender), { tab: "remedies" })}>
              {t("remedy.ask")}
            </LinkButton>
          )}
          <LinkButton
            small
            kind={remedy.tender ? "quiet" : "plain"}
            to={withSearch(paths.say(), { about: need.code })}
          >
            {t("remedy.say")}
          </LinkButton>
        </div>
      </div>
    </Card>
  );
}
