import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import type { Tender } from "@/lib/procurement";
import { hasRole, useSession } from "@/lib/session";
import { LinkButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { DateTime, Day, Deadline, Money } from "@/ui/values";
import { Answers } from "./Answers";
import { LotCard } from "./LotCard";
import { TenderSteps } from "./TenderSteps";
import "./tenders.css";

/** One purchase as everybody sees it: what is bought, by which rules, until when, and what became of it. */
export default function TenderPage() {
  const { tenderId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["tenders", tenderId],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}", { params: { path: { id: tenderId } } })),
  });
  return <Loaded query={query}>{(tender) => <PublicTender tender={tender} />}</Loaded>;
}

function PublicTender({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  return (
    <>
      <PageHead
        title={tender.title}
        mark={<Status machine="tender" state={tender.status} />}
        crumbs={[{ label: t("list.title"), to: paths.tenders() }, { label: tender.code }]}
        sub={
          <>
            {tender.buyerName} · {tender.placeName} ·{" "}
            <Link to={paths.project(tender.projectCode)}>{t("project", { code: tender.projectCode })}</Link>
          </>
        }
      />
      <TenderSteps tender={tender} />
      <div className="columns">
        <div className="stack">
          <Documents tender={tender} />
          {tender.lots.map((lot) => (
            <LotCard key={lot.id} tender={tender} lot={lot} />
          ))}
          <Answers tenderId={tender.id} />
        </div>
        <aside className="stack first">
          <WhatNow tender={tender} />
          <TenderFacts tender={tender} />
          <NoticeLinks tender={tender} />
        </aside>
      </div>
    </>
  );
}

function WhatNow({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const session = useSession();
  const open = tender.status === "open";
  if (!open) {
    return <NextStep title={t("now.title")} who={t(`now.${tender.status}`)} />;
  }
  return (
    <NextStep title={t("now.open")} who={<Deadline at={tender.deadlineAt} />}>
      <p className="small">{t("now.sealed")}</p>
      {hasRole("supplier_agent", "supplier_admin") ? (
        <LinkButton kind="primary" block to={paths.workBid(tender.id)}>
          {t("now.bid")}
        </LinkButton>
      ) : (
        !session && (
          <LinkButton block to={paths.signIn(paths.tender(tender.id))}>
            {t("now.signIn")}
          </LinkButton>
        )
      )}
    </NextStep>
  );
}

export function TenderFacts({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const d = tender.document;
  return (
    <Card title={t("facts.title")}>
      <KeyValue
        items={[
          { label: t("facts.code"), value: <span className="num">{tender.code}</span> },
          { label: t("facts.procedure"), value: t(`procedure.${tender.procedure}`) },
          { label: t("budget"), value: <Money fen={tender.budgetFen} /> },
          { label: t("facts.intention"), value: <Day at={tender.intention.announcedAt} /> },
          tender.issuedAt ? { label: t("facts.issued"), value: <DateTime at={tender.issuedAt} /> } : null,
          tender.deadlineAt
            ? { label: t("facts.deadline"), value: <DateTime at={tender.deadlineAt} /> }
            : null,
          d.termMonths ? { label: t("facts.term"), value: t("months", { count: d.termMonths }) } : null,
          d.reserved
            ? { label: t("facts.small"), value: t("facts.reserved") }
            : d.exemption
              ? { label: t("facts.small"), value: d.exemption }
              : null,
          d.deductBp ? { label: t("facts.deduct"), value: `${d.deductBp / 100} %` } : null,
          d.contact ? { label: t("facts.contact"), value: d.contact } : null,
        ]}
      />
    </Card>
  );
}

function NoticeLinks({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  return (
    <Card title={t("notices.title")}>
      <ul className="plain stack tight">
        {tender.notices.map((n) => (
          <li key={n.id} className="small">
            <Link to={paths.notice(n.id)}>{t(`notices.kind.${n.kind}`)}</Link>
            <span className="muted">
              {" · "}
              <DateTime at={n.publishedAt} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Documents({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const d = tender.document;
  return (
    <Card title={t("documents.title")}>
      <div className="stack">
        {tender.clarified.map((c) => (
          <Notice key={c.no} tone={c.affecting ? "wait" : "info"}>
            <strong>
              {t("documents.correction", { no: c.no })} · <DateTime at={c.at} />
            </strong>
            <p className="tendertext">{c.text}</p>
          </Notice>
        ))}
        {(["requirements", "contractTerms", "consultation"] as const).map((part) => (
          <section key={part}>
            <h3>{t(`documents.${part}`)}</h3>
            <p className="tendertext">{d[part]}</p>
          </section>
        ))}
      </div>
    </Card>
  );
}
