import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { needQuery } from "@/lib/needs";
import { paths } from "@/lib/paths";
import { useSession } from "@/lib/session";
import { Link } from "@/ui/Link";
import { Card, PageHead } from "@/ui/layout";
import { NeedStatus } from "@/ui/needs/NeedStatus";
import { NeedDecision, NeedVoices } from "@/ui/needs/NeedVoices";
import { Empty, Loaded, Skeleton } from "@/ui/states";
import { listed } from "./filters";
import { NeedActs } from "./NeedActs";
import "./work.css";

/** The council's meeting on one page: what is ready for a vote, with the neighbours' words beside it. */
export default function CouncilPage() {
  const { t } = useTranslation("needs");
  const placeId = useSession()?.membership?.placeId || undefined;
  const query = { placeId, stage: ["screened", "deliberated"], sort: "supported" as const, limit: 20 };
  const agenda = useQuery({
    queryKey: ["needs", "agenda", query],
    queryFn: () => ask(api.GET("/api/v1/needs", { params: { query }, ...listed })),
  });
  return (
    <>
      <PageHead title={t("council.title")} sub={t("council.sub")} />
      <Loaded query={agenda}>
        {(page) =>
          page.items.length === 0 ? (
            <Empty title={t("council.empty")}>{t("council.emptyText")}</Empty>
          ) : (
            <div className="stack">
              {page.items.map((n) => (
                <Item key={n.id} id={n.id} />
              ))}
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function Item({ id }: { id: string }) {
  const { t } = useTranslation("needs");
  const need = useQuery(needQuery(id));
  if (!need.data) return <Skeleton lines={4} />;
  const n = need.data;
  return (
    <Card
      title={<Link to={paths.workNeed(n.code)}>{n.title}</Link>}
      aside={
        <span className="row tight">
          <NeedStatus need={n} /> {t("case.households", { count: n.counts.households })}
        </span>
      }
    >
      <div className="columns">
        <div className="stack tight">
          <p>{n.summary}</p>
          <NeedVoices voices={n.voices} />
        </div>
        <aside className="stack tight">
          <NeedDecision need={n} />
          <NeedActs need={n} />
        </aside>
      </div>
    </Card>
  );
}
