import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { KeyValue } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { DateTime, Day, Money } from "@/ui/values";
import type { Project, Tender, Thread } from "./model";
import { useWords } from "./words";

/** The project that carries the need, its budget and where suppliers were looked for. */
export function ProjectBody({ thread }: { thread: Thread }) {
  return (
    <div className="stack">
      {thread.projects.map((p) => (
        <ProjectFacts key={p.id} project={p} />
      ))}
    </div>
  );
}

function ProjectFacts({ project: p }: { project: Project }) {
  const { t } = useWords();
  return (
    <div className="stack tight">
      <h3>
        <Link to={paths.project(p.id)}>{p.title}</Link> <Status machine="project" state={p.status} />
      </h3>
      <KeyValue
        items={[
          { label: t("project.code"), value: <span className="num">{p.code}</span> },
          { label: t("project.buyer"), value: p.buyer },
          { label: t("project.budget"), value: <Money fen={p.budgetFen} /> },
          p.needs > 1 && { label: t("project.needs"), value: t("project.needsN", { count: p.needs }) },
          p.candidates > 0 && {
            label: t("project.candidates"),
            value: t("project.candidatesN", { count: p.candidates }),
          },
          p.startsOn !== undefined &&
            p.startsOn !== "" && {
              label: t("project.term"),
              value: (
                <>
                  <Day at={p.startsOn} /> – <Day at={p.endsOn} />
                </>
              ),
            },
          p.reason !== "" && { label: t("project.reason"), value: p.reason },
        ]}
      />
    </div>
  );
}

/** How it was bought: published, sealed, opened in public. */
export function TenderBody({ tenders }: { tenders: Tender[] }) {
  return (
    <div className="stack">
      {tenders.map((x) => (
        <TenderFacts key={x.id} tender={x} />
      ))}
    </div>
  );
}

function TenderFacts({ tender: x }: { tender: Tender }) {
  const { t } = useWords();
  const bids = Math.max(-1, ...x.lots.map((l) => l.bids));
  return (
    <div className="stack tight">
      <h3>
        <Link to={paths.tender(x.id)}>{x.title}</Link> <Status machine="tender" state={x.status} />
      </h3>
      <KeyValue
        items={[
          { label: t("tender.method"), value: t(`method.${x.method.replace(".", "_")}`) },
          x.intentionAt !== undefined && { label: t("tender.intention"), value: <Day at={x.intentionAt} /> },
          x.urgent !== undefined && { label: t("tender.urgent"), value: x.urgent },
          x.issuedAt !== undefined && { label: t("tender.issued"), value: <Day at={x.issuedAt} /> },
          x.deadlineAt !== undefined && {
            label: t("tender.deadline"),
            value: <DateTime at={x.deadlineAt} />,
          },
          x.openedAt !== undefined && {
            label: t("tender.opened"),
            value: (
              <>
                <DateTime at={x.openedAt} /> ·{" "}
                {t("tender.officers", { threshold: x.threshold, officers: x.officers })}
              </>
            ),
          },
          {
            label: t("tender.bids"),
            value: bids < 0 ? t("tender.sealed") : t("tender.bidsN", { count: bids }),
          },
          x.corrections > 0 && {
            label: t("tender.corrections"),
            value: t("tender.correctionsN", { count: x.corrections }),
          },
        ]}
      />
      {x.notices.length > 0 && (
        <ul className="plainlist small">
          {x.notices.map((n) => (
            <li key={n.id}>
              <Link to={paths.notice(n.id)}>{t(`notice.${n.kind}`)}</Link> <span className="muted">· </span>
              <Day at={n.at} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
