import type { ReactNode } from "react";
import { useTranslation } from "@/lib/i18n";
import { Card } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Empty } from "@/ui/states";
import { Day, Money, Percent } from "@/ui/values";
import { FileLink } from "./FileLink";
import type { AcceptanceView, ContractView, Item, MilestoneView } from "./model";
import "@/ui/table.css";
import "./contracts.css";

/** The milestones of a contract; `tools` adds what the reader may do with each. */
export function Milestones({ c, tools }: { c: ContractView; tools?: (m: MilestoneView) => ReactNode }) {
  const { t } = useTranslation("contracts");
  if (c.milestones.length === 0) return <Empty title={t("milestone.none")}>{t("milestone.noneText")}</Empty>;
  return (
    <>
      {c.milestones.map((m) => (
        <Milestone key={m.id} m={m} of={c.milestones.length} insider={c.insider} tools={tools?.(m)} />
      ))}
    </>
  );
}

function Milestone({
  m,
  of,
  insider,
  tools,
}: {
  m: MilestoneView;
  of: number;
  insider: boolean;
  tools?: ReactNode;
}) {
  const { t } = useTranslation("contracts");
  return (
    <Card
      title={t("milestone.heading", { number: m.number, of, title: m.title })}
      aside={<Status machine="milestone" state={m.status} />}
      id={`milestone-${m.number}`}
    >
      <div className="stack">
        <p className="row tight small">
          <strong>
            <Money fen={m.amountFen} />
          </strong>
          <span className="muted">
            {t("milestone.due")} <Day at={m.dueOn} />
          </span>
          {m.late && <Tag tone="bad">{t("milestone.late")}</Tag>}
          {m.rework > 0 && <Tag tone="wait">{t("milestone.rework", { count: m.rework })}</Tag>}
          {m.inspectBy && (m.status === "submitted" || m.status === "inspecting") && (
            <span className="muted">
              {t("milestone.inspectBy")} <Day at={m.inspectBy} />
            </span>
          )}
        </p>
        <Items m={m} />
        <Evidence m={m} />
        <Satisfaction m={m} />
        {m.acceptances.map((a) => (
          <Acceptance key={a.id} a={a} />
        ))}
        {insider && <Opinions m={m} />}
        {tools}
      </div>
    </Card>
  );
}

/** Agreed beside observed: the last finding of each item. */
function Items({ m }: { m: MilestoneView }) {
  const { t } = useTranslation("contracts");
  const last = m.acceptances.at(-1);
  return (
    <div className="scrollx">
      <table className="items">
        <thead>
          <tr>
            <th scope="col">{t("item.name")}</th>
            <th scope="col">{t("item.agreed")}</th>
            <th scope="col" className="r">
              {t("item.weight")}
            </th>
            {last && <th scope="col">{t("item.observed")}</th>}
          </tr>
        </thead>
        <tbody>
          {m.items.map((it, i) => (
            <tr key={i}>
              <th scope="row">{it.name}</th>
              <td>
                <Agreed it={it} />
              </td>
              <td className="r">
                <Percent bp={it.weightBp} />
              </td>
              {last && (
                <td>
                  <Observed it={it} a={last} i={i} />
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Agreed({ it }: { it: Item }) {
  const { t } = useTranslation("contracts");
  if (it.kind === "deliverable") return <>{t("item.deliver")}</>;
  return (
    <>
      {t(`item.${it.direction || "at_least"}`, { target: it.target ?? "", unit: it.unit ?? "" })}
      {it.proportional && <span className="muted tiny"> {t("item.proportional")}</span>}
    </>
  );
}

function Observed({ it, a, i }: { it: Item; a: AcceptanceView; i: number }) {
  const { t } = useTranslation("contracts");
  const f = a.findings[i];
  if (!f) return null;
  return (
    <span className={f.met ? "met" : "missed"}>
      {it.kind === "indicator" ? `${f.observed ?? ""} ${it.unit ?? ""} ` : ""}
      {t(f.met ? "item.met" : "item.missed")}
      {f.note && <span className="muted small"> · {f.note}</span>}
    </span>
  );
}

function Evidence({ m }: { m: MilestoneView }) {
  const { t } = useTranslation("contracts");
  if (m.evidence.length === 0) return null;
  return (
    <div>
      <h3 className="sub">{t("evidence.title")}</h3>
      <ul className="plainlist small">
        {m.evidence.map((e, i) => (
          <li key={i}>
            {e.fileId ? <FileLink id={e.fileId} name={e.title} /> : e.title}
            {(e.count ?? 0) > 0 && (
              <span className="muted num"> · {t("evidence.count", { count: e.count ?? 0 })}</span>
            )}
            {e.note && <span className="muted"> · {e.note}</span>}
          </li>
        ))}
      </ul>
    </div>
  );
}

/** A share is never shown without its sample. */
function Satisfaction({ m }: { m: MilestoneView }) {
  const { t } = useTranslation("contracts");
  const s = m.satisfaction;
  if (s.rated === 0) return null;
  const bp = (x: number) => Math.round(x * 10_000);
  return (
    <p className="small">
      {t("satisfaction.label")}{" "}
      <strong>
        <Percent bp={bp(s.share)} />
      </strong>{" "}
      <span className="muted">
        {t("satisfaction.sample", { satisfied: s.satisfied, rated: s.rated })} {t("satisfaction.interval")}{" "}
        <Percent bp={bp(s.low)} />–<Percent bp={bp(s.high)} />
      </span>
    </p>
  );
}

function Acceptance({ a }: { a: AcceptanceView }) {
  const { t } = useTranslation("contracts");
  return (
    <div className="acceptance">
      <p className="row tight small">
        <strong className="num">{a.code}</strong>
        <Status machine="milestone" state={a.result} />
        {a.deemed && <Tag tone="info">{t("acceptance.deemed")}</Tag>}
        <Day at={a.decidedAt} />
        <span>
          {t("acceptance.payable")}{" "}
          <strong>
            <Money fen={a.payableFen} />
          </strong>
        </span>
      </p>
      {a.usersOpinion && (
        <p className="small">
          {t("acceptance.users")} {a.usersOpinion}
        </p>
      )}
      {a.reason && (
        <p className="small">
          {t("acceptance.reason")} {a.reason}
        </p>
      )}
    </div>
  );
}

function Opinions({ m }: { m: MilestoneView }) {
  const { t } = useTranslation("contracts");
  const worded = m.opinions.filter((o) => o.text);
  if (worded.length === 0) return null;
  return (
    <details>
      <summary>{t("opinion.words", { count: worded.length })}</summary>
      <ul className="plainlist small">
        {worded.map((o, i) => (
          <li key={i}>
            <span className="num">{t("opinion.points", { rating: o.rating })}</span> {o.text}{" "}
            {o.assisted && <span className="muted">{t("opinion.assisted")}</span>}
          </li>
        ))}
      </ul>
    </details>
  );
}
