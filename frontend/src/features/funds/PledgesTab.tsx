import { useQuery } from "@tanstack/react-query";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Acts } from "./Acts";
import { Dues } from "./Dues";
import { type Fund, type Pledge, pledgesQuery } from "./model";
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

export function PledgeActs({ pledge }: { pledge: Pledge }) {
  const { t } = useTranslation("funds");
  return (
    <Acts
      machine="pledge"
      acts={acts}
      actions={pledge.actions}
      lead="accept"
      text={(act) => t(`pledgeAct.${act}`)}
      ask={(act) =>
        pledge.actions.find((a) => a.action === act)?.reason ? { label: t("form.reason") } : undefined
      }
      run={(act, reason, key) => {
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
      }}
    />
  );
}
