import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { hasRole } from "@/lib/session";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton, Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { type Fund, fundsChanged, type Inflow, inflowMachine, inflowsQuery, offered } from "./model";
import { RegisterDialog } from "./RegisterDialog";

/** Money as the bank reports it: one person registers a line, another confirms it. */
export function InflowsTab({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const query = useQuery(inflowsQuery(fund.id));
  const [registering, setRegistering] = useState(false);
  return (
    <div className="stack">
      {hasRole("fund_manager") && (
        <div className="row">
          <Button icon="plus" kind="primary" onClick={() => setRegistering(true)}>
            {t("register.title")}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {({ items }) => (
          <DataTable
            caption={t("tab.inflows")}
            rows={items.toReversed()}
            rowKey={(i) => i.id}
            empty={<Empty title={t("inflow.none")}>{t("inflow.noneText")}</Empty>}
            columns={[
              {
                id: "code",
                head: t("inflow.code"),
                title: true,
                cell: (i) => (
                  <>
                    {t(`kind.${i.kind}`)}
                    <div className="tiny muted num">{i.code}</div>
                  </>
                ),
              },
              {
                id: "donor",
                head: t("statement.who"),
                cell: (i) => (
                  <>
                    {i.donorName} {i.anonymous && <span className="tiny muted">{t("inflow.anonymous")}</span>}
                    {i.purpose && <div className="tiny muted">{i.purpose}</div>}
                  </>
                ),
              },
              {
                id: "line",
                head: t("inflow.line"),
                cell: (i) => (
                  <>
                    <span className="num">{i.bankReference || t("inflow.card")}</span>
                    {i.receivedOn && (
                      <div className="tiny muted">
                        <Day at={i.receivedOn} />
                      </div>
                    )}
                  </>
                ),
              },
              {
                id: "amount",
                head: t("statement.amount"),
                right: true,
                cell: (i) => <Money fen={i.amountFen} bare />,
              },
              {
                id: "status",
                head: t("inflow.status"),
                cell: (i) => (
                  <>
                    <Status machine={inflowMachine(i)} state={i.status} />
                    {i.receiptNumber && <div className="tiny muted num">{i.receiptNumber}</div>}
                  </>
                ),
              },
              { id: "acts", head: t("inflow.next"), cell: (i) => <InflowActs inflow={i} /> },
            ]}
          />
        )}
      </Loaded>
      {registering && <RegisterDialog fund={fund} onClose={() => setRegistering(false)} />}
    </div>
  );
}

const acts = ["confirm", "reject", "issue_receipt"] as const;
type Act = (typeof acts)[number];

function InflowActs({ inflow }: { inflow: Inflow }) {
  const { t } = useTranslation("funds");
  const verb = useTranslation("action").t;
  const [asking, setAsking] = useState<Act>();
  const write = useWrite(
    ({ act, words }: { act: Act; words: string }, key) => {
      const params = { path: { id: inflow.id }, header: { ...ifMatch(inflow.version), ...key } };
      const calls = {
        confirm: () => api.POST("/api/v1/inflows/{id}/confirm", { params, body: {} }),
        reject: () => api.POST("/api/v1/inflows/{id}/reject", { params, body: { reason: words } }),
        issue_receipt: () =>
          api.POST("/api/v1/inflows/{id}/receipt", { params, body: { receiptNumber: words } }),
      };
      return ask(calls[act]());
    },
    { refresh: fundsChanged, onDone: () => setAsking(undefined) },
  );
  const asks = {
    confirm: undefined,
    reject: { label: t("form.reason") },
    issue_receipt: { label: t("inflow.receipt"), help: t("inflow.receiptHelp"), short: true },
  };
  return (
    <div className="row tight">
      {offered(acts, inflow.actions).map((act) => (
        <ActionButton
          key={act}
          small
          kind={act === "confirm" ? "primary" : "plain"}
          {...actionProps(inflow.actions, act)}
          onClick={() => setAsking(act)}
        >
          {verb(`donation.${act}`)}
        </ActionButton>
      ))}
      {asking && (
        <ActDialog
          title={verb(`donation.${asking}`)}
          text={asking === "confirm" ? t("inflow.confirmText", { line: inflow.bankReference }) : undefined}
          ask={asks[asking]}
          write={write}
          onClose={() => setAsking(undefined)}
          onSubmit={(words) => write.mutate({ act: asking, words })}
        />
      )}
    </div>
  );
}
