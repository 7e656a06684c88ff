import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { hasRole } from "@/lib/session";
import { Button } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { Acts } from "./Acts";
import { type Fund, type Inflow, inflowMachine, inflowsQuery } from "./model";
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

function InflowActs({ inflow }: { inflow: Inflow }) {
  const { t } = useTranslation("funds");
  return (
    <Acts
      machine="donation"
      acts={acts}
      actions={inflow.actions}
      lead="confirm"
      text={(act) => act === "confirm" && t("inflow.confirmText", { line: inflow.bankReference })}
      ask={(act) =>
        ({
          confirm: undefined,
          reject: { label: t("form.reason") },
          issue_receipt: { label: t("inflow.receipt"), help: t("inflow.receiptHelp"), short: true },
        })[act]
      }
      run={(act, words, key) => {
        const params = { path: { id: inflow.id }, header: { ...ifMatch(inflow.version), ...key } };
        const calls = {
          confirm: () => api.POST("/api/v1/inflows/{id}/confirm", { params, body: {} }),
          reject: () => api.POST("/api/v1/inflows/{id}/reject", { params, body: { reason: words } }),
          issue_receipt: () =>
            api.POST("/api/v1/inflows/{id}/receipt", { params, body: { receiptNumber: words } }),
        };
        return ask(calls[act]());
      }}
    />
  );
}
