import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { Card } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Day, Money } from "@/ui/values";
import { type Fund, grantsQuery, type Pledge, pledgesQuery, rate } from "./model";

/** Free pledges that may be seen by now, with what was kept of them. */
export function PublicPledges({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const items = (useQuery(pledgesQuery({ fundId: fund.id })).data?.items ?? []).filter((p) => !p.hidden);
  return (
    <Card title={t("pledges.public")} id="pledges">
      <div className="stack tight small">
        {items.length === 0 && <p className="muted">{t("pledges.none")}</p>}
        {items.map((p) => (
          <div key={p.id} className="givenline">
            <div className="row between">
              <b>{p.donorName}</b>
              <PledgeStatus state={p.status} />
            </div>
            <PledgeWords pledge={p} />
          </div>
        ))}
        <p className="tiny muted">{t("pledges.free")}</p>
      </div>
    </Card>
  );
}

/** A kept promise is good news; its code says so nowhere else. */
export const PledgeStatus = ({ state }: { state: string }) => (
  <Status machine="pledge" state={state} tone={state === "fulfilled" ? "ok" : undefined} />
);

/** What was promised and what of it came, in a sentence. */
export function PledgeWords({ pledge: p }: { pledge: Pledge }) {
  const { t } = useTranslation("funds");
  const next = p.dues.find((d) => !d.declared || d.paidFen < d.amountFen);
  return (
    <p>
      {t(`origin.${p.origin}`)} ·{" "}
      {p.basis === "turnover" ? t("pledges.share", { rate: rate(p.rateBp) }) : <Money fen={p.amountFen} />} ·{" "}
      {t("pledges.paid")} <Money fen={p.paidFen} />
      {next && p.status === "accepted" && (
        <>
          {" · "}
          {t(p.overdue ? "pledges.overdue" : "pledges.next")} <Day at={next.dueOn} />
        </>
      )}
    </p>
  );
}

/** Grants from their publicity on: what for, to whom, and what became of the money. */
export function PublicGrants({ fund }: { fund: Fund }) {
  const { t } = useTranslation("funds");
  const hidden = new Set(["grant_proposed", "reviewed"]);
  const items = (useQuery(grantsQuery(fund.id)).data?.items ?? []).filter((g) => !hidden.has(g.status));
  return (
    <Card title={t("grants.public")}>
      <div className="stack tight small">
        {items.length === 0 && <p className="muted">{t("grants.none")}</p>}
        {items.map((g) => (
          <div key={g.id} className="givenline">
            <div className="row between">
              <b>{g.title}</b>
              <Status machine="grant" state={g.status} />
            </div>
            <p>
              {g.recipientName} · <Money fen={g.amountFen} />
            </p>
            {g.related && <p className="muted">{t("grants.related", { relation: g.relation })}</p>}
            {g.status === "publicised" && (
              <p>
                {t("grants.until")} <Day at={g.objectionUntil} />
              </p>
            )}
            {g.report && <p className="muted">{g.report}</p>}
          </div>
        ))}
      </div>
    </Card>
  );
}
