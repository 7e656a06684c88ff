import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { lotOf, type Tender, type Workbench, wasOpened } from "@/lib/procurement";
import { PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Empty, ErrorState, Loaded, Notice, Skeleton } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Conformity } from "./Conformity";
import { Declare } from "./Declare";
import { PriceDecisions } from "./PriceDecisions";
import { Result } from "./Result";
import { Sheets } from "./Sheets";
import "./scoring.css";

/** The reviewer's place: only what he was drawn for, one step after the other. */
export default function ScoringPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <Place tender={tender} />}</Loaded>;
}

function Place({ tender }: { tender: Tender }) {
  const { t } = useTranslation("scoring");
  const { lot: chosen } = useSearch({ strict: false }) as { lot?: string };
  const lot = lotOf(tender.lots, chosen);
  const mine = tender.committee?.mine;
  const bench = useQuery({
    queryKey: ["tenders", tender.id, "evaluation", lot?.id],
    queryFn: () =>
      ask(api.GET("/api/v1/lots/{lotId}/evaluation", { params: { path: { lotId: lot?.id ?? "" } } })),
    enabled: Boolean(mine?.declared && !mine.recused && lot && wasOpened(tender, lot)),
  });
  if (!lot) return null;
  return (
    <>
      <PageHead
        title={t("title")}
        mark={<Status machine="tender" state={lot.status} />}
        crumbs={[{ label: t("list.title"), to: paths.workReviews() }, { label: tender.code }]}
        sub={tender.title}
      />
      {tender.lots.length > 1 && (
        <Views
          label={t("lots")}
          items={tender.lots.map((l) => ({
            to: paths.workScoring(tender.id, l.id),
            label: l.title,
            current: l.id === lot.id,
          }))}
        />
      )}
      {!mine && <Empty title={t("notMember")} />}
      {mine?.recused && <Notice>{t("recused")}</Notice>}
      {mine && !mine.declared && <Declare tender={tender} />}
      {mine?.declared && !mine.recused && !wasOpened(tender, lot) && (
        <Empty title={t("sealed")}>{t("sealedText")}</Empty>
      )}
      {bench.isLoading && <Skeleton lines={6} />}
      {bench.isError && <ErrorState fault={bench.error} />}
      {bench.data && <Judge bench={bench.data} />}
    </>
  );
}

function Judge({ bench: w }: { bench: Workbench }) {
  const { t } = useTranslation("scoring");
  const chair = w.member?.chair ?? false;
  if (w.status === "opened") return <Notice>{t("waitQualification")}</Notice>;
  if (w.status === "qualification")
    return chair ? <Conformity bench={w} /> : <Notice>{t("waitConformity")}</Notice>;
  if (w.status === "evaluation" && !w.finalInvitedAt) return <Sheets bench={w} />;
  if (w.status === "evaluation") return <PriceDecisions bench={w} />;
  return <Result bench={w} />;
}
