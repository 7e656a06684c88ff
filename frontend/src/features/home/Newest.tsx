import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Status } from "@/ui/Status";
import { Empty, Loaded } from "@/ui/states";
import { Day } from "@/ui/values";

const shown = 6;

/** The newest needs that still ask for something. */
export function Newest() {
  const { t } = useTranslation("home");
  const query = useQuery({
    queryKey: ["needs", "newest"],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/needs", { params: { query: { active: true, limit: shown } } }))).items,
  });
  return (
    <section className="stack tight" aria-labelledby="newest">
      <div className="row between">
        <h2 id="newest">{t("newest.title")}</h2>
        <Link to={paths.needs()} className="small">
          {t("newest.all")}
        </Link>
      </div>
      <Loaded query={query} lines={shown}>
        {(items) =>
          items.length === 0 ? (
            <Empty title={t("newest.none")}>{t("newest.noneText")}</Empty>
          ) : (
            <ol className="plain card newest">
              {items.map((n) => (
                <li key={n.id}>
                  <h3>
                    <Link to={paths.need(n.code)}>{n.title}</Link>
                  </h3>
                  <p className="row tight small ink2">
                    <Status machine="need" state={n.stage} />
                    <span>{n.place.slice(-2).join(" ")}</span>
                    <span>{t("newest.households", { count: n.counts.households })}</span>
                    <Day at={n.openedAt} />
                  </p>
                </li>
              ))}
            </ol>
          )
        }
      </Loaded>
    </section>
  );
}
