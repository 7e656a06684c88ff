import { useQuery } from "@tanstack/react-query";
import { useParams, useSearch } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { type Hall, lotOf, type Tender } from "@/lib/procurement";
import { Card, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { Views } from "@/ui/Tabs";
import { Minutes } from "./Minutes";
import { Officers } from "./Officers";
import { Unlocking } from "./Unlocking";
import "./opening.css";

/** The opening hall of one lot: who has come, who has unlocked, and the minutes. */
export default function OpeningPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <Ceremony tender={tender} />}</Loaded>;
}

function Ceremony({ tender }: { tender: Tender }) {
  const { t } = useTranslation("opening");
  const search = useSearch({ strict: false }) as { lot?: string; ceremony?: string };
  const lot = lotOf(tender.lots, search.lot);
  const ceremony = search.ceremony === "price" ? "price" : "opening";
  const hall = useQuery({
    queryKey: ["tenders", tender.id, "hall", lot?.id, ceremony],
    queryFn: () =>
      ask(
        api.GET("/api/v1/lots/{lotId}/ceremonies/{ceremony}", {
          params: { path: { lotId: lot?.id ?? "", ceremony } },
        }),
      ),
    refetchInterval: (q) => (q.state.data?.openedAt ? false : 5_000), // colleagues report from their own screens
  });
  if (!lot) return null;
  return (
    <>
      <PageHead
        title={t(`ceremony.${ceremony}`)}
        mark={<Status machine="tender" state={lot.status} />}
        crumbs={[
          { label: t("tenders"), to: paths.workTenders() },
          { label: tender.code, to: paths.workTender(tender.id) },
          { label: t("title") },
        ]}
        sub={tender.lots.length > 1 ? `${tender.title} · ${lot.title}` : tender.title}
      />
      <Views
        label={t("ceremonies")}
        items={(["opening", "price"] as const).map((c) => ({
          to: paths.workOpening(tender.id, lot.id, c),
          label: t(`ceremony.${c}`),
          current: c === ceremony,
        }))}
      />
      <Loaded query={hall}>{(h) => <HallView key={ceremony} hall={h} />}</Loaded>
    </>
  );
}

function HallView({ hall }: { hall: Hall }) {
  const { t } = useTranslation("opening");
  return (
    <div className="columns">
      <div className="stack">{hall.openedAt ? <Minutes hall={hall} /> : <Unlocking hall={hall} />}</div>
      <aside className="stack first">
        <Officers hall={hall} />
        <Card title={t("how.title")}>
          <ol className="small">
            {["report", "unlock", "verify", "minutes"].map((k) => (
              <li key={k}>{t(`how.${k}`)}</li>
            ))}
          </ol>
        </Card>
      </aside>
    </div>
  );
}
