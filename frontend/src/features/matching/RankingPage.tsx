import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { listed, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, Loaded, Notice, ProblemNotice } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { KeptList } from "./KeptList";
import type { Kept, Ranked, Subject, SubjectKind } from "./model";
import { RankCard } from "./parts";
import { WhyNot } from "./WhyNot";

const subjectPath = (s: Subject) => (s.kind === "project" ? paths.workProject(s.id) : paths.need(s.id));

/** The best suppliers for a need or project: points that add up, choices that are recorded. */
export default function RankingPage() {
  const { kind, subjectId } = useParams({ strict: false }) as { kind: SubjectKind; subjectId: string };
  const { t } = useTranslation("matching");
  const query = useQuery({
    queryKey: ["matching", kind, subjectId],
    queryFn: () =>
      ask(api.GET("/api/v1/matching/{kind}/{id}/suppliers", { params: { path: { kind, id: subjectId } } })),
  });
  const kept = useQuery({
    queryKey: ["matchings", kind, subjectId],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/matchings", { params: { query: { kind, id: subjectId } } }))).items,
  });
  return (
    <Loaded query={query}>
      {(r) => (
        <>
          <PageHead
            title={t("ranking.of", { title: r.subject.title })}
            mark={<Status machine={r.subject.kind} state={r.subject.status} />}
            crumbs={[{ label: t("index.title"), to: paths.workMatching() }, { label: r.subject.code }]}
            sub={t("ranking.sub", { considered: r.considered, shown: r.items.length })}
          />
          <div className="columns">
            <div className="stack">
              <Notice>{t("ranking.notAward")}</Notice>
              {r.items.length === 0 && <Empty title={t("ranking.none")}>{t("ranking.noneText")}</Empty>}
              {r.items.map((line) => (
                <Candidate key={line.organizationId} line={line} />
              ))}
              <WhyNot kind={kind} subjectId={subjectId} />
            </div>
            <aside className="stack first">
              {r.mayChoose && r.items.length > 0 && (
                <Draw kind={kind} subjectId={subjectId} kept={kept.data ?? []} />
              )}
              <SubjectCard subject={r.subject} weights={r.weights} engine={r.engine} />
              <Loaded query={kept} lines={2}>
                {(list) => <KeptList list={list} />}
              </Loaded>
            </aside>
          </div>
        </>
      )}
    </Loaded>
  );
}

function Candidate({ line }: { line: Ranked }) {
  const { t } = useTranslation("matching");
  const categories = useCategories();
  return (
    <RankCard line={line} title={<Link to={paths.organization(line.organizationId)}>{line.name}</Link>}>
      <div className="small muted">
        {t(`kind.${line.kind}`)} · {line.service} · {listed(line.categories.map(categories.name))}
      </div>
    </RankCard>
  );
}

function SubjectCard({ subject, weights, engine }: { subject: Subject; weights: string; engine: string }) {
  const { t } = useTranslation("matching");
  const categories = useCategories();
  return (
    <Card title={t("ranking.subject")}>
      <KeyValue
        items={[
          {
            label: t(`ranking.${subject.kind}`),
            value: <Link to={subjectPath(subject)}>{subject.title}</Link>,
          },
          { label: t("ranking.category"), value: categories.name(subject.category) },
          {
            label: t("ranking.cap"),
            value: subject.capFen > 0 ? <Money fen={subject.capFen} /> : t("ranking.noCap"),
          },
          subject.startsOn !== "" && { label: t("ranking.startsOn"), value: <Day at={subject.startsOn} /> },
          subject.minGrade > 0 && { label: t("ranking.minGrade"), value: `${subject.minGrade}A` },
          subject.estimated && { label: t("ranking.position"), value: t("ranking.estimated") },
          { label: t("ranking.weights"), value: <Link to={paths.workWeights()}>{weights}</Link> },
          { label: t("ranking.engine"), value: <code>{engine}</code> },
        ]}
      />
    </Card>
  );
}

function Draw({ kind, subjectId, kept }: { kind: SubjectKind; subjectId: string; kept: Kept[] }) {
  const { t } = useTranslation("matching");
  const [done, setDone] = useState(false);
  const write = useWrite(
    (body: { kind: SubjectKind; id: string }, key) =>
      ask(api.POST("/api/v1/matchings", { params: { header: key }, body })),
    { refresh: [["matchings", kind, subjectId]], onDone: () => setDone(true) },
  );
  return (
    <NextStep title={t("draw.title")} who={t("draw.text")}>
      <Button
        kind={kept.length ? "plain" : "primary"}
        block
        busy={write.isPending}
        onClick={() => write.mutate({ kind, id: subjectId })}
      >
        {t(kept.length ? "draw.again" : "draw.button")}
      </Button>
      {done && (
        <Notice tone="ok" live>
          {t("draw.done")}
        </Notice>
      )}
      <ProblemNotice problem={write.error} />
    </NextStep>
  );
}
