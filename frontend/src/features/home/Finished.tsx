import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { Icon } from "@/ui/icons";
import { Link } from "@/ui/Link";
import { Empty, Loaded } from "@/ui/states";
import { Day, Money } from "@/ui/values";

const shown = 3;
const outcomes = ["met", "partly_met"];

const threadOf = (code: string) => ask(api.GET("/api/v1/threads/{code}", { params: { path: { code } } }));
type ThreadAnswer = Awaited<ReturnType<typeof threadOf>>;

/** What was finished, in the words it was asked for, with what it cost and what came back. */
export function Finished() {
  const { t } = useTranslation("home");
  const query = useQuery({
    queryKey: ["needs", "finished"],
    queryFn: async () => {
      const query = { outcome: outcomes, limit: shown };
      const { items } = await ask(api.GET("/api/v1/needs", { params: { query } }));
      return Promise.all(items.map((n) => threadOf(n.code)));
    },
  });
  return (
    <section className="stack tight" aria-labelledby="finished">
      <div className="row between">
        <h2 id="finished">{t("finished.title")}</h2>
        <Link to={withSearch(paths.needs(), { stage: "closed" })} className="small">
          {t("finished.all")}
        </Link>
      </div>
      <Loaded query={query} lines={4}>
        {(threads) =>
          threads.length === 0 ? (
            <Empty title={t("finished.none")}>{t("finished.noneText")}</Empty>
          ) : (
            <ul className="plain stack">
              {threads.map((thread) => (
                <Done key={thread.need.id} thread={thread} />
              ))}
            </ul>
          )
        }
      </Loaded>
    </section>
  );
}

function Done({ thread }: { thread: ThreadAnswer }) {
  const { t } = useTranslation("home");
  const { need, money, quotes } = thread;
  return (
    <li className="card finished">
      <h3>
        <Link to={paths.need(need.code)}>{need.title}</Link>
      </h3>
      {quotes[0] && <blockquote>{quotes[0].words}</blockquote>}
      <p className="small ink2 row tight">
        <span className="donemark">
          <Icon name="check" /> {t("finished.on")} <Day at={need.closedAt} />
        </span>
        {money.paidFen > 0 && (
          <span>
            {t("finished.cost")} <Money fen={money.paidFen} />
          </span>
        )}
        {money.returnedFen > 0 && (
          <span>
            {t("finished.returned")} <Money fen={money.returnedFen} />
          </span>
        )}
      </p>
    </li>
  );
}
