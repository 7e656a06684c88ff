/** Pieces that the public page and the work page of a project share. */
import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { listed, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, type Fact, KeyValue } from "@/ui/layout";
import { MoneyBar, type MoneyBarItem } from "@/ui/MoneyBar";
import { Status } from "@/ui/Status";
import { type Step, StepBar } from "@/ui/StepBar";
import { Notice } from "@/ui/states";
import { Count, DateTime, Day, Money, RulesOf } from "@/ui/values";
import { type ProjectView, stations } from "./model";

/** Where the project stands on its way, with the dates that are known. */
export function ProjectSteps({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const status = useTranslation("status").t;
  const at = stations.indexOf((p.suspendedFrom || p.status) as (typeof stations)[number]);
  const stopped = p.status === "suspended" || p.status === "terminated";
  const reached = at >= 0 ? at : p.plan ? 2 : p.budgetedAt ? 1 : 0;
  const dates: Record<string, string | undefined> = {
    proposed: p.proposedAt,
    budgeted: p.budgetedAt,
    planned: p.plannedAt,
  };
  const steps = stations.map((s, i): Step => {
    const state =
      i < reached
        ? "done"
        : i > reached
          ? "todo"
          : stopped
            ? "failed"
            : i === stations.length - 1
              ? "done"
              : "current";
    return {
      label: status(`project.${s}`),
      state,
      note: i <= reached && dates[s] ? <Day at={dates[s]} /> : undefined,
    };
  });
  return (
    <div className="stack">
      <StepBar label={t("detail.steps")} steps={steps} />
      {stopped && (
        <Notice tone="bad">
          <strong>
            <Status machine="project" state={p.status} />
          </strong>{" "}
          {p.reason}
        </Notice>
      )}
    </div>
  );
}

export function ProjectFacts({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const categories = useCategories();
  const facts: (Fact | false)[] = [
    { label: t("field.buyer"), value: p.partyName },
    { label: t("field.place"), value: <Link to={paths.place(p.placeId)}>{p.placeName}</Link> },
    { label: t("field.category"), value: categories.name(p.category) },
    { label: t("field.track"), value: t(`track.${p.track}`) },
    p.beneficiaries > 0 && {
      label: t("field.beneficiaries"),
      value: (
        <>
          <Count n={p.beneficiaries} /> {t("unit.people")}
        </>
      ),
    },
    { label: t("field.proposedAt"), value: <DateTime at={p.proposedAt} /> },
  ];
  return (
    <Card title={t("detail.facts")}>
      <KeyValue items={facts} />
    </Card>
  );
}

export const ProjectSummaryText = ({ p }: { p: ProjectView }) => (
  <p className="lead measure preline">{p.summary}</p>
);

export function ProjectNeeds({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  return (
    <Card title={t("detail.needs")} aside={t("detail.needsCount", { count: p.needs.length })}>
      <ul className="plain needlist">
        {p.needs.map((n) => (
          <li key={n.id}>
            <Link to={paths.need(n.id)}>{n.title}</Link>
            <span className="small muted">
              {n.placeName} · <span className="mono">{n.code}</span>
            </span>
            <Status machine="need" state={n.stage} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

export function ProjectLots({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const titles = new Map(p.needs.map((n) => [n.id, n.title]));
  return (
    <Card title={t("detail.lots")}>
      <DataTable
        caption={t("detail.lots")}
        rows={p.lots}
        rowKey={(l) => l.id}
        columns={[
          {
            id: "number",
            head: t("lot.number"),
            shrink: true,
            cell: (l) => <span className="num">{l.number}</span>,
          },
          { id: "title", head: t("lot.title"), title: true, cell: (l) => l.title },
          {
            id: "needs",
            head: t("lot.needs"),
            cell: (l) =>
              l.needIds.length === 0
                ? t("lot.allNeeds")
                : listed(l.needIds.map((id) => titles.get(id) ?? id)),
          },
          {
            id: "amount",
            head: t("lot.amount"),
            right: true,
            cell: (l) => <Money fen={l.amountFen} bare />,
            foot: <Money fen={p.amountFen} bare />,
          },
        ]}
      />
    </Card>
  );
}

export function ProjectBudget({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  if (p.budget.length === 0) {
    return (
      <Card title={t("detail.budget")}>
        <p className="muted">{t("detail.noBudget")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("detail.budget")} aside={<Money fen={p.budgetFen} />}>
      <ul className="plain budgetlist">
        {p.budget.map((b) => (
          <li key={b.lineId}>
            <span>{b.title}</span>
            <b>
              <Money fen={b.amountFen} bare />
            </b>
            <span className="small muted">
              {b.fiscalYear} · {t(`source.${b.source}`)} ·{" "}
              <span className="mono">
                {b.functionCode}/{b.economyCode}
              </span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The purchases made for the project, once there are any. */
export function ProjectTenders({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const query = useQuery({
    queryKey: ["tenders", "project", p.id],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/tenders", { params: { query: { projectId: p.id, limit: 50 } } }))).items,
  });
  if (!query.data?.length) return null;
  return (
    <Card title={t("detail.tenders")}>
      <ul className="plain needlist">
        {query.data.map((x) => (
          <li key={x.id}>
            <Link to={paths.tender(x.id)}>{x.title}</Link>
            <span className="small muted mono">{x.code}</span>
            <Status machine="tender" state={x.status} />
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** Where the money is: planned, awarded, accepted, paid, and what came back to neighbours. */
export function ProjectMoney({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const query = useQuery({
    queryKey: ["projects", p.id, "money"],
    queryFn: () => ask(api.GET("/api/v1/projects/{id}/money", { params: { path: { id: p.id } } })),
  });
  const m = query.data;
  if (!m || m.awardedFen === 0) return null;
  const bars: MoneyBarItem[] = [
    { id: "budget", label: t("money.budget"), fen: m.budgetFen, tone: "plan" },
    { id: "awarded", label: t("money.awarded"), fen: m.awardedFen },
    { id: "accepted", label: t("money.accepted"), fen: m.acceptedFen },
    { id: "paid", label: t("money.paid"), fen: m.paidFen },
  ];
  if (m.returnedFen > 0)
    bars.push({ id: "returned", label: t("money.returned"), fen: m.returnedFen, tone: "voice" });
  return (
    <Card title={t("money.title")}>
      <MoneyBar label={t("money.title")} items={bars} />
    </Card>
  );
}

export function ProjectPlan({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const plan = p.plan;
  if (!plan) return null;
  const sme = plan.sme;
  const facts: (Fact | false)[] = [
    { label: t("plan.method"), value: t(`method.${plan.method}`) },
    !!plan.approval && { label: t("plan.approval"), value: plan.approval },
    {
      label: t("plan.term"),
      value: (
        <>
          <Day at={plan.startsOn} /> — <Day at={plan.endsOn} />
        </>
      ),
    },
    {
      label: t("plan.sme"),
      value: sme.exemptionNumber
        ? t("plan.exempt", { number: sme.exemptionNumber, reason: sme.exemptionReason ?? "" })
        : sme.reserveShare
          ? t("plan.reserved", { share: sme.reserveShare })
          : t("plan.notReserved"),
    },
    !!plan.minAssessment && { label: t("plan.minAssessment"), value: `${plan.minAssessment}A` },
    { label: t("plan.screening"), value: t("plan.screened", { count: plan.answers.length }) },
    {
      label: t("plan.rules"),
      value: (
        <RulesOf at={plan.filedAt} version={plan.ruleVersion}>
          {t("plan.rulesOn")}
        </RulesOf>
      ),
    },
    { label: t("plan.filedAt"), value: <DateTime at={plan.filedAt} /> },
  ];
  return (
    <Card title={t("detail.plan")}>
      <KeyValue items={facts} />
    </Card>
  );
}

export function ProjectReview({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  if (!p.review) return null;
  return (
    <Card title={t("detail.review")} aside={<DateTime at={p.review.at} day />}>
      <p>
        <strong className="num">{t("review.score", { score: p.review.score })}</strong> ·{" "}
        {t(`review.${p.review.grade}`)}
      </p>
      <p className="measure preline">{p.review.note}</p>
    </Card>
  );
}
