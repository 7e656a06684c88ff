import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { paths, withSearch } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Crumbs, useTitle } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { Timeline } from "@/ui/Timeline";
import { Day } from "@/ui/values";
import { categoriesQuery, nowOf, type Thread, threadQuery } from "./model";
import { MoneyCard, ProofCard, RemedyCard } from "./Side";
import { useStations } from "./useStations";
import { useSentence, useWords } from "./words";
import "./thread.css";

/** One need from the first voice to the last fen: the page everything else leads to. */
export default function ThreadPage() {
  const { code } = useParams({ strict: false }) as { code: string };
  const query = useQuery(threadQuery(code));
  if (query.data) return <Whole thread={query.data} />;
  return (
    <div className="wrap threadload">
      <Loaded query={query} lines={12}>
        {() => null}
      </Loaded>
    </div>
  );
}

function Whole({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const stations = useStations(thread);
  return (
    <>
      <Hero thread={thread} />
      <div className="wrap threadgrid">
        <section aria-label={t("stations")}>
          <Timeline label={t("stations")} stations={stations} />
        </section>
        <aside className="threadside">
          <MoneyCard thread={thread} />
          <ProofCard thread={thread} />
          <RemedyCard thread={thread} />
        </aside>
      </div>
    </>
  );
}

function Hero({ thread }: { thread: Thread }) {
  const { t } = useWords();
  const { need } = thread;
  const now = nowOf(thread);
  const sentence = useSentence(now);
  useTitle(need.title);
  return (
    <header className="threadhero">
      <div className="wrap">
        <Crumbs
          items={[
            { label: t("crumb"), to: paths.needs() },
            ...need.places.map((p) => ({ label: p.name, to: withSearch(paths.needs(), { place: p.id }) })),
          ]}
        />
        <p className="threadkind">
          <Category code={need.category} />
        </p>
        <h1 tabIndex={-1} className="said">
          {need.title}
        </h1>
        {thread.quotes[0] && (
          <p className="firstword">
            <q>{thread.quotes[0].words}</q>
          </p>
        )}
        <div className="threadmeta">
          <span>{t("meta.households", { count: need.households })}</span>
          {need.beneficiaries > 0 && <span>{t("meta.beneficiaries", { count: need.beneficiaries })}</span>}
          <span>
            {t("meta.since")} <Day at={need.openedAt} />
          </span>
          <span>{t("meta.body", { body: need.body })}</span>
          <span className="num">{t("meta.code", { code: need.code })}</span>
        </div>
        <div className={`threadnow ${now.good ? "good" : ""}`}>
          {need.outcome === "none" ? (
            <Status machine="need" state={need.stage} />
          ) : (
            <Status machine="need_outcome" state={need.outcome} />
          )}
          <p>
            {sentence} {need.mergedInto && <Link to={paths.need(need.mergedInto)}>{t("now.go")}</Link>}
          </p>
        </div>
      </div>
    </header>
  );
}

function Category({ code }: { code: string }) {
  const { lang } = useWords();
  const all = useQuery(categoriesQuery);
  const found = all.data?.find((c) => c.code === code);
  if (!found) return null;
  return <Tag tone="voice">{lang === "zh" ? found.zh : found.en}</Tag>;
}
