import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { askedQuery } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { VoiceStatus } from "@/ui/needs/NeedVoices";
import { Pagination } from "@/ui/Pagination";
import { Empty, Loaded } from "@/ui/states";
import { Day } from "@/ui/values";
import "./work.css";

/** What I said, and the needs I stand behind: what became of each, in one line. */
export default function MinePage() {
  const { t } = useTranslation("needs");
  return (
    <>
      <PageHead
        title={t("mine.title")}
        actions={
          <LinkButton kind="primary" to={paths.say()}>
            {t("list.say")}
          </LinkButton>
        }
      />
      <div className="stack">
        <Voices />
        <Supported />
      </div>
    </>
  );
}

function Voices() {
  const { t } = useTranslation("needs");
  const voices = useInfiniteQuery({
    queryKey: ["voices", "mine"],
    initialPageParam: "",
    queryFn: ({ pageParam }) =>
      ask(api.GET("/api/v1/voices/mine", { params: { query: { cursor: pageParam || undefined } } })),
    getNextPageParam: (last) => last.nextCursor || undefined,
  });
  return (
    <Loaded query={voices}>
      {(data) => {
        const items = data.pages.flatMap((p) => p.items);
        if (items.length === 0) return <Empty title={t("mine.empty")}>{t("mine.emptyText")}</Empty>;
        return (
          <Card title={t("mine.voices")}>
            <ul className="minelist">
              {items.map((v) => (
                <li key={v.id}>
                  <Link to={paths.voice(v.code)} className="clamp">
                    {v.fullWords || t("voices.withdrawn")}
                  </Link>
                  <span className="small muted row tight">
                    <VoiceStatus status={v.status} />
                    <Day at={v.postedAt} />
                    {v.needCode && <Link to={paths.need(v.needCode)}>{v.needTitle}</Link>}
                    {v.status === "returned" && <span>{v.reason}</span>}
                  </span>
                </li>
              ))}
            </ul>
            <Pagination shown={items.length} pages={voices} />
          </Card>
        );
      }}
    </Loaded>
  );
}

function Supported() {
  const { t } = useTranslation("needs");
  const needs = useQuery(askedQuery);
  if (!needs.data || needs.data.items.length === 0) return null;
  return (
    <Card title={t("mine.needs")}>
      <ul className="minelist">
        {needs.data.items.map((n) => (
          <li key={n.id}>
            <Link to={paths.need(n.code)}>{n.title}</Link>
            <span className="small muted row tight">
              <NeedStatus need={n} />
              {t("case.households", { count: n.counts.households })}
              {n.stage === "delivered" && (
                <LinkButton small to={paths.workNeed(n.code)}>
                  {t("mine.confirm")}
                </LinkButton>
              )}
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}
