import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { ActionButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Dues } from "./Dues";
import { type Fund, fundsChanged, offered, type Pledge, pledgesQuery } from "./model";
import { PledgeStatus, PledgeWords } from "./PublicLists";

/** What was promised to this fund, hidden ones marked. */
export function PledgesTab({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const query = useQuery(pledgesQuery({ fundId: fund.id }));
  return (
    <Loaded query={query}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty title={t("pledges.none")}>{t("pledges.noneText")}</Empty>
        ) : (
          <div className="stack">
            {items.toReversed().map((p) => (
              <PledgeCard key={p.id} pledge={p} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function PledgeCard({ pledge: p }: { pledge: Pledge }) {
  const { t } = useTranslation("funds");
  return (
    <Card
      title={
        <>
          <Link to={paths.workPledge(p.id)}>{p.donorName}</Link>{" "}
          <span className="small muted num">{p.code}</span>
        </>
      }
      aside={<PledgeStatus state={p.status} />}
    >
      <div className="stack tight">
        <PledgeWords pledge={p} />
        {p.purpose && <p className="small">{p.purpose}</p>}
        {p.hidden && (
          <p className="small">
            <Tag tone="wait" icon="lock">
              {t("pledges.hidden")}
            </Tag>{" "}
            <span className="muted">{t("pledges.hiddenWhy")}</span>
          </p>
        )}
        <Dues pledge={p} />
        <PledgeActs pledge={p} />
      </div>
    </Card>
  );
}

const acts = ["accept", "decline", "withdraw", "cancel"] as const;
type Act = (typeof acts)[number];

export function PledgeActs({ pledge }: { pledge: Pledge }) {
  const { t } = useTranslation("funds");
  const verb = useTranslation("action").t;
  const [asking, setAsking] = useState<Act>();
  const write = useWrite(
    ({ act, reason }: { act: Act; reason: string }, key) => {
      const to = {
        params: { path: { id: pledge.id }, header: { ...ifMatch(pledge.version), ...key } },
        body: { reason },
      };
      const calls = {
        accept: () => api.POST("/api/v1/pledges/{id}/accept", to),
        decline: () => api.POST("/api/v1/pledges/{id}/decline", to),
        withdraw: () => api.POST("/api/v1/pledges/{id}/withdraw", to),
        cancel: () => api.POST("/api/v1/pledges/{id}/cancel", to),
      };
      return ask(calls[act]());
    },
    { refresh: fundsChanged, onDone: () => setAsking(undefined) },
  );
  const reasoned = pledge.actions.find((a) => a.action === asking)?.reason;
  return (
    <div className="row tight">
      {offered(acts, pledge.actions).map((act) => (
        <ActionButton
          key={act}
          small
          kind={act === "accept" ? "primary" : "plain"}
          {...actionProps(pledge.actions, act)}
          onClick={() => setAsking(act)}
        >
          {verb(`pledge.${act}`)}
        </ActionButton>
      ))}
      {asking && (
        <ActDialog
          title={verb(`pledge.${asking}`)}
          text={t(`pledgeAct.${asking}`)}
          ask={reasoned ? { label: t("form.reason") } : undefined}
          write={write}
          onClose={() => setAsking(undefined)}
          onSubmit={(reason) => write.mutate({ act: asking, reason })}
        />
      )}
    </div>
  );
}
