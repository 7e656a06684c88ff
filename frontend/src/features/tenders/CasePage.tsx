import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { Tender } from "@/lib/procurement";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead, Sums } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { History } from "@/ui/Timeline";
import { DateTime, Money } from "@/ui/values";
import { CommitteeCard } from "./CommitteeCard";
import { Findings } from "./Findings";
import { LotCard } from "./LotCard";
import { NextPanel } from "./NextPanel";
import { Remedies } from "./Remedies";
import { TenderFacts } from "./TenderPage";
import { TenderSteps } from "./TenderSteps";
import "./tenders.css";

/** A purchase as a case at work: where it stands, what is next and who does it. */
export default function CasePage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <Case tender={tender} />}</Loaded>;
}

function Case({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  return (
    <>
      <PageHead
        title={tender.title}
        mark={<Status machine="tender" state={tender.status} />}
        crumbs={[{ label: t("work.title"), to: paths.workTenders() }, { label: tender.code }]}
        sub={
          <>
            {tender.buyerName} ·{" "}
            <Link to={paths.workProject(tender.projectId)}>{t("project", { code: tender.projectCode })}</Link>{" "}
            · <Link to={paths.tender(tender.id)}>{t("case.publicPage")}</Link>
          </>
        }
      />
      <TenderSteps tender={tender} />
      <div className="columns">
        <div className="stack">
          <Figures tender={tender} />
          <Findings tender={tender} />
          {tender.status !== "intention" && <DocumentCard tender={tender} />}
          {tender.lots.map((lot) => (
            <LotCard key={lot.id} tender={tender} lot={lot} />
          ))}
          <Remedies tender={tender} />
          <Card title={t("case.history")}>
            <HistoryList tender={tender} />
          </Card>
        </div>
        <aside className="stack first">
          <NextPanel tender={tender} />
          <CommitteeCard tender={tender} />
          <OfficersCard tender={tender} />
          <TenderFacts tender={tender} />
        </aside>
      </div>
    </>
  );
}

function Figures({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const ceiling = tender.lots.reduce((sum, l) => sum + l.ceilingFen, 0);
  const awarded = tender.lots.reduce((sum, l) => sum + (l.award?.priceFen ?? 0), 0);
  const bids = tender.lots.reduce((sum, l) => sum + Math.max(0, l.bidCount), 0);
  const secret = tender.lots.every((l) => l.bidCount < 0);
  return (
    <Sums
      items={[
        { label: t("budget"), value: <Money fen={tender.budgetFen} /> },
        { label: t("lot.ceiling"), value: ceiling ? <Money fen={ceiling} /> : "—" },
        { label: t("lot.bids"), value: secret ? t("case.secret") : t("lot.bidCount", { count: bids }) },
        { label: t("case.awarded"), value: awarded ? <Money fen={awarded} /> : "—" },
      ]}
    />
  );
}

function DocumentCard({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const d = tender.document;
  const editable = tender.actions.some((a) => a.action === "save" && a.permitted);
  return (
    <Card
      title={t("documents.title")}
      aside={editable && <Link to={paths.workTenderEdit(tender.id)}>{t("edit.open")}</Link>}
    >
      <div className="stack">
        {tender.clarified.map((c) => (
          <section key={c.no}>
            <h3>
              {t("documents.correction", { no: c.no })} · <DateTime at={c.at} />
            </h3>
            <p className="tendertext">{c.text}</p>
          </section>
        ))}
        <KeyValue
          items={(["requirements", "contractTerms", "consultation"] as const).map((part) => ({
            label: t(`documents.${part}`),
            value: d[part] ? (
              <span className="tendertext">{d[part]}</span>
            ) : (
              <span className="muted">{t("documents.empty")}</span>
            ),
          }))}
        />
      </div>
    </Card>
  );
}

function OfficersCard({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  if (tender.officers.length === 0) return null;
  return (
    <Card title={t("case.officers")}>
      <p className="small">{tender.officers.map((o) => o.name).join(t("and"))}</p>
      <p className="tiny muted">
        {t("case.threshold", { k: tender.threshold ?? 0, n: tender.officers.length })}
      </p>
    </Card>
  );
}

function HistoryList({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const { t: action } = useTranslation("action");
  const seen = new Set<string>();
  const items = tender.history
    .filter((h) => {
      const key = `${h.action}${h.at}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    })
    .reverse()
    .map((h) => ({
      at: h.at,
      what: action(`tender.${h.action}`),
      by: tender.lots.length > 1 ? t("lot.number", { no: h.lotNo }) : undefined,
      reason: h.reason,
    }));
  return <History items={items} />;
}
