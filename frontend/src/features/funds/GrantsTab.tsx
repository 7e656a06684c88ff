import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "@/lib/i18n";
import { hasRole } from "@/lib/session";
import { Button } from "@/ui/Button";
import { Card, KeyValue } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { StepBar } from "@/ui/StepBar";
import { Empty, Loaded } from "@/ui/states";
import { DateTime, Day, Money } from "@/ui/values";
import { GrantActs } from "./GrantActs";
import { type Fund, type Grant, grantsQuery } from "./model";
import { ProposeDialog } from "./ProposeDialog";

/** Grants from the proposal to the report, each step by a second person. */
export function GrantsTab({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const query = useQuery(grantsQuery(fund.id));
  const [proposing, setProposing] = useState(false);
  return (
    <div className="stack">
      {hasRole("fund_manager") && (
        <div className="row">
          <Button icon="plus" kind="primary" onClick={() => setProposing(true)}>
            {t("propose.title")}
          </Button>
        </div>
      )}
      <Loaded query={query}>
        {({ items }) =>
          items.length === 0 ? (
            <Empty title={t("grants.none")}>{t("grants.noneText")}</Empty>
          ) : (
            <div className="stack">
              {items.toReversed().map((g) => (
                <GrantCard key={g.id} grant={g} />
              ))}
            </div>
          )
        }
      </Loaded>
      {proposing && <ProposeDialog fund={fund} onClose={() => setProposing(false)} />}
    </div>
  );
}

const order = ["grant_proposed", "reviewed", "publicised", "granted", "reported", "closed"];

function GrantCard({ grant: g }: { grant: Grant }) {
  const { t } = useTranslation("funds");
  const word = useTranslation("status").t;
  const at = order.indexOf(g.status);
  const days = [g.proposedAt, g.reviewedAt, g.publicisedAt, g.grantedAt, g.reportedAt, g.closedAt];
  return (
    <Card
      title={
        <>
          {g.title} <span className="small muted num">{g.code}</span>
        </>
      }
      aside={<Status machine="grant" state={g.status} />}
    >
      <div className="stack">
        {at >= 0 && (
          <StepBar
            label={t("grants.steps")}
            steps={order.map((s, i) => ({
              label: word(`grant.${s}`),
              note: days[i] ? <Day at={days[i]} /> : undefined,
              state: i < at ? "done" : i === at ? "current" : "todo",
            }))}
          />
        )}
        <KeyValue
          items={[
            { label: t("grants.recipient"), value: g.recipientName },
            {
              label: t("statement.amount"),
              value: (
                <>
                  <Money fen={g.amountFen} /> {g.restricted && <Tag tone="plain">{t("fund.restricted")}</Tag>}
                </>
              ),
            },
            { label: t("grants.purpose"), value: g.purpose },
            g.related && { label: t("grants.relation"), value: g.relation },
            g.status === "publicised" && { label: t("grants.until"), value: <Day at={g.objectionUntil} /> },
            g.grantedAt !== undefined && { label: t("grants.granted"), value: <DateTime at={g.grantedAt} /> },
            g.report !== "" && { label: t("grants.report"), value: g.report },
            g.report !== "" && {
              label: t("grants.spent"),
              value: (
                <>
                  <Money fen={g.spentFen} /> · {t("grants.returned")} <Money fen={g.returnedFen} />
                </>
              ),
            },
          ]}
        />
        <GrantActs grant={g} />
      </div>
    </Card>
  );
}
