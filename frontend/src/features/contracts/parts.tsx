/** What the public page and the case of a contract have in common. */
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Capitals } from "@/ui/Capitals";
import { Link } from "@/ui/Link";
import { Card, KeyValue, Sums } from "@/ui/layout";
import { type Step, StepBar } from "@/ui/StepBar";
import { Day, Money } from "@/ui/values";
import { type ContractView, stations } from "./model";

const dates: Partial<Record<(typeof stations)[number], (c: ContractView) => string | undefined>> = {
  drafting: (c) => c.awardNoticeOn,
  signed: (c) => c.signedAt,
  published: (c) => c.publishedAt,
  filed: (c) => c.filedAt,
  completed: (c) => c.completedAt,
  closed: (c) => c.closedAt,
};

/** Due dates of stations that have not been reached: the last day to sign, publish and file. */
const dues: Partial<Record<(typeof stations)[number], (c: ContractView) => string | undefined>> = {
  signed: (c) => c.signBy,
  published: (c) => c.publishBy,
  filed: (c) => c.fileBy,
};

export function ContractSteps({ c }: { c: ContractView }) {
  const { t } = useTranslation("contracts");
  const ended = ["suspended", "terminated", "rescinded"].includes(c.status);
  const at = (stations as readonly string[]).indexOf(ended ? "active" : c.status);
  const steps: Step[] = stations.map((s, i) => {
    const when = dates[s]?.(c);
    const due = dues[s]?.(c);
    return {
      label: t(`station.${s}`),
      state: i < at || c.status === "closed" ? "done" : i > at ? "todo" : ended ? "failed" : "current",
      note:
        i <= at && when ? (
          <Day at={when} />
        ) : i > at && due ? (
          <>
            {t("station.by")} <Day at={due} />
          </>
        ) : undefined,
    };
  });
  return <StepBar label={t("station.label")} steps={steps} />;
}

export function ContractSums({ c }: { c: ContractView }) {
  const { t } = useTranslation("contracts");
  return (
    <Sums
      items={[
        {
          label: t("sum.value"),
          value: <Money fen={c.valueFen} bare />,
          note:
            c.supplementFen > 0 ? (
              <>
                {t("sum.supplements")} <Money fen={c.supplementFen} bare />
              </>
            ) : undefined,
        },
        { label: t("sum.accepted"), value: <Money fen={c.acceptedFen} bare /> },
        { label: t("sum.paid"), value: <Money fen={c.paidFen} bare /> },
        { label: t("sum.open"), value: <Money fen={c.acceptedFen - c.paidFen} bare /> },
      ]}
    />
  );
}

export function ContractTerms({ c }: { c: ContractView }) {
  const { t } = useTranslation("contracts");
  return (
    <Card title={t("terms.title")}>
      <KeyValue
        items={[
          { label: t("terms.amount"), value: <Money fen={c.valueFen} /> },
          { label: t("terms.capitals"), value: <Capitals fen={c.valueFen} /> },
          { label: t("terms.buyer"), value: <Party name={c.buyerName} uscc={c.buyerUscc} /> },
          { label: t("terms.supplier"), value: <Party name={c.supplierName} uscc={c.supplierUscc} /> },
          c.termFrom
            ? {
                label: t("terms.term"),
                value: (
                  <>
                    <Day at={c.termFrom} /> – <Day at={c.termUntil} />
                  </>
                ),
              }
            : { label: t("terms.term"), value: t("terms.notFilled") },
          c.acceptanceDays > 0 && {
            label: t("terms.acceptance"),
            value: t("terms.days", { count: c.acceptanceDays }),
          },
          c.paymentDays > 0 && {
            label: t("terms.payment"),
            value: t("terms.days", { count: c.paymentDays }),
          },
          c.dailyInterest
            ? {
                label: t("terms.interest"),
                value: t(c.interestAgreed ? "terms.interestAgreed" : "terms.interestDefault", {
                  rate: Number(c.dailyInterest) * 100,
                }),
              }
            : null,
          c.filingNumber ? { label: t("terms.filing"), value: c.filingNumber } : null,
          { label: t("terms.from"), value: <Link to={paths.tender(c.tenderId)}>{t("terms.tender")}</Link> },
          {
            label: t("terms.project"),
            value: <Link to={paths.project(c.projectId)}>{t("terms.toProject")}</Link>,
          },
        ]}
      />
    </Card>
  );
}

const Party = ({ name, uscc }: { name: string; uscc: string }) => (
  <>
    {name} {uscc && <span className="muted num small">{uscc}</span>}
  </>
);
