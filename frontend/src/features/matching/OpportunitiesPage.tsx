import { useQuery } from "@tanstack/react-query";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { useCategories } from "@/lib/categories";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { asProblem } from "@/lib/problem";
import { useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, Loaded, Notice } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Day, Money } from "@/ui/values";
import type { SubjectKind } from "./model";
import { RankCard } from "./parts";

type Opportunity = components["schemas"]["OpportunityView"];

/** 找活: the projects that can be bid for and the needs that are coming, best first, for one's own organisation. */
export default function OpportunitiesPage() {
  const { t } = useTranslation("matching");
  const [filters] = useFilters<"kind">();
  const kind: SubjectKind = filters.kind === "need" ? "need" : "project";
  const partyId = useSession()?.membership?.partyId ?? "";
  const query = useQuery({
    queryKey: ["opportunities", kind],
    queryFn: () => ask(api.GET("/api/v1/opportunities", { params: { query: { kind } } })),
  });
  const profile = (
    <LinkButton kind="primary" to={paths.workOrganization(partyId)}>
      {t("opportunities.toProfile")}
    </LinkButton>
  );
  const noProfile = query.isError && asProblem(query.error).code === "matching.no_profile";
  return (
    <>
      <PageHead title={t("opportunities.title")} sub={t("opportunities.sub")} />
      <Views
        label={t("opportunities.views")}
        items={(["project", "need"] as const).map((k) => ({
          to: withSearch(paths.workOpportunities(), { kind: k === "need" ? k : undefined }),
          label: t(`opportunities.${k}`),
          current: k === kind,
        }))}
      />
      {noProfile ? (
        <Empty title={t("opportunities.noProfile")} action={profile}>
          {t("opportunities.noProfileText")}
        </Empty>
      ) : (
        <Loaded query={query}>
          {(o) => (
            <div className="stack">
              {o.lists.length > 0 && <Notice tone="bad">{t(`gate.list.${o.lists[0]}`)}</Notice>}
              <p className="muted">{t("opportunities.of", { open: o.open, shown: o.items.length })}</p>
              {o.items.length === 0 && (
                <Empty title={t("opportunities.none")} action={profile}>
                  {t("opportunities.noneText")}
                </Empty>
              )}
              {o.items.map((item) => (
                <OpportunityCard key={item.subject.id} item={item} />
              ))}
            </div>
          )}
        </Loaded>
      )}
    </>
  );
}

function OpportunityCard({ item }: { item: Opportunity }) {
  const { t } = useTranslation("matching");
  const categories = useCategories();
  const { subject, line } = item;
  return (
    <RankCard
      line={line}
      title={
        <Link to={subject.kind === "project" ? paths.project(subject.id) : paths.need(subject.id)}>
          {subject.title}
        </Link>
      }
    >
      <div className="small muted">
        {categories.name(subject.category)} · <span className="mono">{subject.code}</span> ·{" "}
        {t("opportunities.with", { service: line.service })}
      </div>
      <div className="row tight small">
        <Status machine={subject.kind} state={subject.status} />
        {subject.capFen > 0 && (
          <span>
            {t("ranking.cap")} <Money fen={subject.capFen} short />
          </span>
        )}
        {subject.startsOn && (
          <span>
            {t("ranking.startsOn")} <Day at={subject.startsOn} />
          </span>
        )}
      </div>
    </RankCard>
  );
}
