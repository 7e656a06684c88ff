import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { type NeedDetail, needQuery } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { can } from "@/lib/session";
import { Button, LinkButton } from "@/ui/Button";
import { FollowButton } from "@/ui/FollowButton";
import { Link } from "@/ui/Link";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { NeedDecision, NeedSteps, NeedVoices } from "@/ui/needs/NeedVoices";
import { StatusWord } from "@/ui/Status";
import { type Step, StepBar } from "@/ui/StepBar";
import { Loaded } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { EditForm } from "./EditForm";
import { NeedActs } from "./NeedActs";
import "./work.css";

/** A need at work: where it stands, what was said and decided, and the one next step. */
export default function CasePage() {
  const { needId } = useParams({ strict: false }) as { needId: string };
  const need = useQuery(needQuery(needId));
  return <Loaded query={need}>{(n) => <Case need={n} />}</Loaded>;
}

function Case({ need }: { need: NeedDetail }) {
  const { t } = useTranslation("needs");
  const { t: verb } = useTranslation("action");
  const next = need.actions.find((a) => a.permitted);
  return (
    <>
      <PageHead
        title={need.title}
        mark={<NeedStatus need={need} />}
        crumbs={[{ label: t("board.title"), to: paths.workNeeds() }, { label: need.code }]}
        sub={
          <span className="row tight">
            <span className="num">{need.code}</span>
            <span>{need.place.slice(-2).join(" ")}</span>
            <span>{t("case.households", { count: need.counts.households })}</span>
            <span>{need.body}</span>
          </span>
        }
        actions={
          <>
            <FollowButton kind="need" id={need.id} small />
            <LinkButton small to={paths.need(need.code)}>
              {t("case.public")}
            </LinkButton>
          </>
        }
      />
      <StepBar label={t("case.steps")} steps={stepsOf(need)} />
      <div className="columns">
        <div className="stack">
          <Facts need={need} />
          <Card title={t("case.voices", { count: need.counts.voices })}>
            <NeedVoices voices={need.voices} />
          </Card>
          <Card title={t("case.history")}>
            <NeedSteps need={need} />
          </Card>
        </div>
        <aside className="first">
          <NextStep
            title={next ? t("case.next", { action: verb(`need.${next.action}`) }) : t("case.noNext")}
            who={<Waiting need={need} />}
          >
            <NeedActs need={need} />
          </NextStep>
          <Card title={t("case.decision")}>
            <NeedDecision need={need} />
          </Card>
        </aside>
      </div>
    </>
  );
}

function Facts({ need }: { need: NeedDetail }) {
  const { t } = useTranslation("needs");
  const categories = useCategories();
  const [editing, setEditing] = useState(false);
  return (
    <Card
      title={t("case.facts")}
      aside={
        can("need.gather") &&
        need.stage !== "closed" && (
          <Button small kind="quiet" onClick={() => setEditing(true)}>
            {t("case.edit")}
          </Button>
        )
      }
    >
      <p className="measure needsummary">{need.summary}</p>
      <KeyValue
        items={[
          { label: t("case.category"), value: categories.name(need.category) },
          { label: t("case.urgency"), value: t(`urgency.${need.urgency}`) },
          need.beneficiaries > 0 && {
            label: t("case.beneficiaries"),
            value: t("case.people", { count: need.beneficiaries }),
          },
          need.estimateFen > 0 && { label: t("case.estimate"), value: <Money fen={need.estimateFen} /> },
          { label: t("case.opened"), value: <Day at={need.openedAt} /> },
          need.reason !== undefined && { label: t("case.reason"), value: need.reason },
          need.mergedInto !== undefined && {
            label: t("case.mergedInto"),
            value: <Link to={paths.workNeed(need.mergedInto)}>{need.mergedInto}</Link>,
          },
          need.merged.length > 0 && {
            label: t("case.merged"),
            value: need.merged.map((code) => (
              <Link key={code} to={paths.workNeed(code)} className="num">
                {code}{" "}
              </Link>
            )),
          },
        ]}
      />
      {editing && <EditForm need={need} onClose={() => setEditing(false)} />}
    </Card>
  );
}

/** What the need waits for, in one sentence. */
function Waiting({ need }: { need: NeedDetail }) {
  const { t } = useTranslation("needs");
  if (need.stage === "open" && need.agenda) {
    const missing = need.agenda.threshold - need.agenda.households;
    return missing > 0
      ? t("waiting.support", { count: missing, threshold: need.agenda.threshold })
      : t("waiting.ready");
  }
  if (need.stage === "publicised") {
    return (
      <>
        {t("waiting.publicity")} <Day at={need.publicUntil} />
      </>
    );
  }
  return t(`waiting.${need.stage}`);
}

/** The phases of a need; several stages of preparing and confirming are one phase each. */
const phases = [
  ["open"],
  ["on_agenda", "classified", "screened"],
  ["deliberated"],
  ["publicised"],
  ["adopted"],
  ["linked"],
  ["in_delivery"],
  ["delivered", "confirmed"],
  ["closed"],
];

function stepsOf(need: NeedDetail): Step[] {
  const at = new Map(need.steps.map((s) => [s.stage, s.at]));
  const here = phases.findIndex((p) => p.includes(need.stage));
  const ended = need.stage === "closed" && need.outcome !== "met" && need.outcome !== "partly_met";
  return phases
    .filter((p) => !ended || p.some((stage) => at.has(stage)))
    .map((p) => {
      const i = phases.indexOf(p);
      const current = ended ? "failed" : need.stage === "closed" ? "done" : "current";
      const state = i === here ? current : i < here ? "done" : "todo";
      const shown = (i === here ? need.stage : p[0]) ?? "";
      const when = i <= here ? p.map((stage) => at.get(stage)).find(Boolean) : undefined;
      return { label: <StatusWord machine="need" state={shown} />, note: when && <Day at={when} />, state };
    });
}
