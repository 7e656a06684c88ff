import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { hasRole, useSession } from "@/lib/session";
import { Button } from "@/ui/Button";
import { errorsOf } from "@/ui/ErrorSummary";
import { FormDialog } from "@/ui/FormDialog";
import { Link } from "@/ui/Link";
import { KeyValue, PageHead } from "@/ui/layout";
import { MoneyField } from "@/ui/MoneyField";
import { Loaded, Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import { Dues } from "./Dues";
import { fundsChanged, type Pledge, pledgeQuery } from "./model";
import { PledgeActs } from "./PledgesTab";
import { PledgeStatus, PledgeWords } from "./PublicLists";

/** One promise: its instalments, and what is to be declared or paid next. */
export default function WorkPledgePage() {
  const { pledgeId } = useParams({ strict: false }) as { pledgeId: string };
  const query = useQuery(pledgeQuery(pledgeId));
  return <Loaded query={query}>{(pledge) => <Whole pledge={pledge} />}</Loaded>;
}

function Whole({ pledge: p }: { pledge: Pledge }) {
  const { t } = useTranslation("funds");
  const mine = useSession()?.membership?.partyId === p.donorId && hasRole("supplier_admin", "supplier_agent");
  const [declaring, setDeclaring] = useState<number>();
  return (
    <>
      <PageHead
        title={t("pledge.of", { donor: p.donorName, fund: p.fundName })}
        mark={<PledgeStatus state={p.status} />}
        crumbs={[
          {
            label: t(mine ? "pledges.title" : "work.title"),
            to: mine ? paths.workPledges() : paths.workFund(p.fundId),
          },
          { label: p.code },
        ]}
        sub={<PledgeWords pledge={p} />}
      />
      <div className="stack">
        {p.hidden && <Notice tone="wait">{t("pledges.hiddenWhy")}</Notice>}
        <KeyValue
          items={[
            { label: t("fund.title"), value: <Link to={paths.fund(p.fundId)}>{p.fundName}</Link> },
            { label: t("offer.origin"), value: t(`origin.${p.origin}`) },
            p.projectCode !== undefined && {
              label: t("offer.project"),
              value: <Link to={paths.project(p.projectId ?? "")}>{p.projectCode}</Link>,
            },
            p.purpose !== "" && { label: t("grants.purpose"), value: p.purpose },
            { label: t("pledge.offered"), value: <Day at={p.offeredAt} /> },
          ]}
        />
        <Dues
          pledge={p}
          act={(d) =>
            mine && p.status === "accepted" && p.basis === "turnover" && d.paidFen === 0 ? (
              <Button small onClick={() => setDeclaring(d.number)}>
                {t("declare.title")}
              </Button>
            ) : null
          }
        />
        {mine && p.status === "accepted" && <p className="small muted">{t("pledge.howToPay")}</p>}
        <PledgeActs pledge={p} />
      </div>
      {declaring !== undefined && (
        <DeclareDialog pledge={p} number={declaring} onClose={() => setDeclaring(undefined)} />
      )}
    </>
  );
}

function DeclareDialog({ pledge, number, onClose }: { pledge: Pledge; number: number; onClose: () => void }) {
  const { t } = useTranslation("funds");
  const [turnoverFen, setTurnover] = useState<number | null>(null);
  const write = useWrite(
    (fen: number, key) =>
      ask(
        api.POST("/api/v1/pledges/{id}/declare", {
          params: { path: { id: pledge.id }, header: { ...ifMatch(pledge.version), ...key } },
          body: { number, turnoverFen: fen },
        }),
      ),
    { refresh: fundsChanged, onDone: onClose },
  );
  return (
    <FormDialog
      title={t("declare.title")}
      verb={t("declare.do")}
      ready={turnoverFen !== null}
      write={write}
      onSubmit={() => turnoverFen !== null && write.mutate(turnoverFen)}
      onClose={onClose}
    >
      <p>{t("declare.text", { period: pledge.dues.find((d) => d.number === number)?.period ?? "" })}</p>
      <MoneyField
        label={t("dues.turnover")}
        value={turnoverFen}
        onChange={setTurnover}
        error={errorsOf(write.error).turnoverFen}
      />
    </FormDialog>
  );
}
