import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { components } from "@/api/generated/schema";
import { api, ask } from "@/lib/api";
import { month } from "@/lib/format";
import { type Translate, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { points } from "@/lib/procurement";
import { Capitals } from "@/ui/Capitals";
import { Link } from "@/ui/Link";
import { Crumbs, KeyValue, useTitle } from "@/ui/layout";
import { PrintView } from "@/ui/PrintView";
import { Loaded } from "@/ui/states";
import { DateTime, Day, Money } from "@/ui/values";
import "./tenders.css";

type Announcement = components["schemas"]["AnnouncementView"];
type Fact = components["schemas"]["FactView"];

/** A public notice as it was published, ready to be printed and posted. */
export default function NoticePage() {
  const { t } = useTranslation("tenders");
  const { noticeId = "" } = useParams({ strict: false });
  const query = useQuery({
    queryKey: ["announcements", "one", noticeId],
    queryFn: () => ask(api.GET("/api/v1/announcements/{id}", { params: { path: { id: noticeId } } })),
  });
  return (
    <>
      <Crumbs
        items={[{ label: t("notices.title"), to: paths.notices() }, { label: query.data?.code ?? "" }]}
      />
      <Loaded query={query}>{(notice) => <Sheet notice={notice} />}</Loaded>
    </>
  );
}

function Sheet({ notice }: { notice: Announcement }) {
  const { t } = useTranslation("tenders");
  const title = t("notices.headline", { title: notice.title, kind: t(`notices.kind.${notice.kind}`) });
  useTitle(title);
  const groups = [...new Set(notice.facts.map((f) => f.group ?? ""))];
  return (
    <PrintView
      title={title}
      code={notice.code}
      issuer={
        <>
          {notice.buyerName}
          <br />
          <DateTime at={notice.publishedAt} />
        </>
      }
    >
      <p className="small">
        {notice.placeName} · <Link to={paths.tender(notice.tenderId)}>{t("notices.toTender")}</Link>
      </p>
      {groups.map((g) => (
        <section key={g}>
          {g && <h2>{g}</h2>}
          <KeyValue
            items={notice.facts
              .filter((f) => (f.group ?? "") === g)
              .map((f) => ({ label: t(`fact.${f.key}`), value: <FactValue fact={f} t={t} /> }))}
          />
        </section>
      ))}
      <p className="tiny muted">{t("notices.source")}</p>
    </PrintView>
  );
}

function FactValue({ fact, t }: { fact: Fact; t: Translate }): ReactNode {
  switch (fact.key === "month" ? "month" : fact.type) {
    case "fen":
      return (
        <>
          <Money fen={Number(fact.value)} />
          <span className="block small muted">
            <Capitals fen={Number(fact.value)} />
          </span>
        </>
      );
    case "time":
      return <DateTime at={fact.value} />;
    case "date":
      return <Day at={fact.value} />;
    case "points":
      return t("points", { n: points(Number(fact.value)) });
    case "month":
      return <Month value={fact.value} />;
    case "months":
      return t("months", { count: Number(fact.value) });
    case "word":
      return <Word word={fact.value} />;
    default:
      return <span className="tendertext">{fact.value}</span>;
  }
}

function Month({ value }: { value: string }) {
  const { lang } = useTranslation("tenders");
  return <>{/^\d{4}-\d{2}$/.test(value) ? month(value, lang) : value}</>;
}

/** A code with words: a procedure, an action, a state, a reason, a size class. */
function Word({ word }: { word: string }) {
  const { t } = useTranslation("tenders");
  const { t: status } = useTranslation("status");
  if (word.startsWith("status.")) return status(`tender.${word.slice(7)}`);
  return t(`word.${word}`);
}
