import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { actionProps } from "@/lib/can";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { ActionButton, LinkButton } from "@/ui/Button";
import { NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { BudgetForm } from "./BudgetForm";
import { EvaluateDialog, ReasonDialog, type ReasonVerb } from "./MoveDialogs";
import { type ProjectView, projectQuery } from "./model";
import { PlanForm } from "./PlanForm";
import {
  ProjectBudget,
  ProjectFacts,
  ProjectLots,
  ProjectMoney,
  ProjectNeeds,
  ProjectPlan,
  ProjectReview,
  ProjectSteps,
  ProjectSummaryText,
  ProjectTenders,
} from "./parts";
import "./projects.css";

/** A project as a case: content left, the next step right. */
export default function WorkProjectPage() {
  const { projectId } = useParams({ strict: false }) as { projectId: string };
  const query = useQuery(projectQuery(projectId));
  return (
    <Loaded query={query}>{(p) => <Case key={p.version} p={p} reload={() => void query.refetch()} />}</Loaded>
  );
}

/** The verbs that lead on; the others stand under "more". */
const forward = [
  "budget",
  "plan",
  "evaluate",
  "archive",
  "resume_planned",
  "resume_sourcing",
  "resume_contracted",
  "resume_delivering",
];

function Case({ p, reload }: { p: ProjectView; reload: () => void }) {
  const { t } = useTranslation("projects");
  const [open, setOpen] = useState("");
  const close = () => setOpen("");
  const first = p.actions.find((a) => forward.includes(a.action));
  // What only others may do is not this person's clutter; who is next stands above.
  const others = p.actions.filter((a) => a !== first && (a.permitted || a.code !== "access.forbidden"));
  const matches = ["budgeted", "planned", "sourcing"].includes(p.status) && can("matching.read");
  return (
    <>
      <PageHead
        title={p.title}
        mark={<Status machine="project" state={p.status} />}
        crumbs={[{ label: t("work.title"), to: paths.workProjects() }, { label: p.code }]}
        sub={t("detail.sub", { buyer: p.partyName, place: p.placeName })}
        actions={<LinkButton to={paths.project(p.id)}>{t("detail.toPublic")}</LinkButton>}
      />
      <div className="stack loose">
        <ProjectSteps p={p} />
        <div className="columns">
          <div className="stack">
            {open === "budget" && <BudgetForm p={p} onClose={close} onReload={reload} />}
            {open === "plan" && <PlanForm p={p} onClose={close} onReload={reload} />}
            <ProjectSummaryText p={p} />
            <ProjectLots p={p} />
            <ProjectBudget p={p} />
            <ProjectTenders p={p} />
            <ProjectPlan p={p} />
            <ProjectReview p={p} />
            <ProjectNeeds p={p} />
          </div>
          <aside className="stack first">
            <NextStep title={t(`next.${p.status}.title`)} who={t(`next.${p.status}.who`)}>
              {first && open !== first.action && (
                <ActionButton
                  kind="primary"
                  block
                  {...actionProps(p.actions, first.action)}
                  onClick={() => setOpen(first.action)}
                >
                  {t(`action.${first.action}`)}
                </ActionButton>
              )}
              {p.mayRewrite && (
                <LinkButton block to={`${paths.workPropose()}?project=${p.id}`}>
                  {t("action.rewrite")}
                </LinkButton>
              )}
              {matches && (
                <LinkButton block to={paths.workRanking("project", p.id)}>
                  {t("detail.toMatching")}
                </LinkButton>
              )}
              {others.map((a) => (
                <ActionButton
                  key={a.action}
                  block
                  kind={a.action === "terminate" ? "danger" : "plain"}
                  {...actionProps(p.actions, a.action)}
                  onClick={() => setOpen(a.action)}
                >
                  {t(`action.${a.action}`)}
                </ActionButton>
              ))}
            </NextStep>
            <ProjectMoney p={p} />
            <ProjectFacts p={p} />
          </aside>
        </div>
      </div>
      {open === "evaluate" && <EvaluateDialog p={p} onClose={close} onReload={reload} />}
      {open !== "" && !["budget", "plan", "evaluate"].includes(open) && (
        <ReasonDialog p={p} verb={open as ReasonVerb} onClose={close} onReload={reload} />
      )}
    </>
  );
}
