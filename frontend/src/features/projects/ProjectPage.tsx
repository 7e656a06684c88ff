import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { type ProjectView, projectQuery } from "./model";
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

/** One project, for anybody: which needs it answers, what it costs, and how far it is. */
export default function ProjectPage() {
  const { projectId } = useParams({ strict: false }) as { projectId: string };
  const query = useQuery(projectQuery(projectId));
  return <Loaded query={query}>{(p) => <Project p={p} />}</Loaded>;
}

function Project({ p }: { p: ProjectView }) {
  const { t } = useTranslation("projects");
  const session = useSession();
  const mine = session !== undefined && (p.mayRewrite || p.actions.some((a) => a.permitted));
  return (
    <>
      <PageHead
        title={p.title}
        mark={<Status machine="project" state={p.status} />}
        crumbs={[{ label: t("list.title"), to: paths.projects() }, { label: p.code }]}
        sub={t("detail.sub", { buyer: p.partyName, place: p.placeName })}
        actions={mine && <LinkButton to={paths.workProject(p.id)}>{t("detail.toWork")}</LinkButton>}
      />
      <div className="stack loose">
        <ProjectSteps p={p} />
        <div className="columns">
          <div className="stack">
            <ProjectSummaryText p={p} />
            <ProjectNeeds p={p} />
            <ProjectLots p={p} />
            <ProjectTenders p={p} />
            <ProjectPlan p={p} />
            <ProjectReview p={p} />
          </div>
          <aside className="stack">
            <ProjectMoney p={p} />
            <ProjectBudget p={p} />
            <ProjectFacts p={p} />
          </aside>
        </div>
      </div>
    </>
  );
}
