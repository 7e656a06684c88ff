import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "@/lib/i18n";
import { SearchBox, useFilters } from "@/ui/Chips";
import { Link } from "@/ui/Link";
import { PageHead } from "@/ui/layout";
import { Empty, Loaded } from "@/ui/states";
import { OperationView } from "./OperationView";
import { byTag, type Document, documentQuery, matches } from "./openapi";
import "./developers.css";

/** The reference of the open API, drawn from the document that the server makes of its own operations. */
export default function ApiPage() {
  const { t } = useTranslation("developers");
  const query = useQuery(documentQuery);
  const [filters, setFilters] = useFilters<"q">();
  return (
    <>
      <PageHead title={t("title")} sub={t("lead")} />
      <div className="stack">
        <ul className="measure">
          <li>{t("rule.auth")}</li>
          <li>{t("rule.key")}</li>
          <li>{t("rule.version")}</li>
          <li>{t("rule.page")}</li>
          <li>
            {t("rule.problem")} <Link to="/api/v1/openapi.json">openapi.json</Link>
          </li>
        </ul>
        <SearchBox
          label={t("search")}
          placeholder={t("searchHint")}
          value={filters.q}
          onSearch={(q) => setFilters({ q })}
        />
        <Loaded query={query} lines={12}>
          {(doc) => <Operations doc={doc} words={filters.q ?? ""} />}
        </Loaded>
      </div>
    </>
  );
}

function Operations({ doc, words }: { doc: Document; words: string }) {
  const { t } = useTranslation("developers");
  const groups = [...byTag(doc)]
    .map(([tag, routes]) => ({ tag, routes: routes.filter((r) => matches(r, words)) }))
    .filter((g) => g.routes.length > 0);
  const count = groups.reduce((sum, g) => sum + g.routes.length, 0);
  if (count === 0) return <Empty title={t("none")}>{t("noneText")}</Empty>;
  return (
    <>
      <p className="small muted" role="status">
        {t("count", { count })}
      </p>
      {groups.map((g) => (
        <section key={g.tag} className="stack tight" aria-labelledby={`tag-${g.tag}`}>
          <h2 id={`tag-${g.tag}`}>{g.tag}</h2>
          <div className="card operations">
            {g.routes.map((r) => (
              <OperationView key={r.operation.operationId} doc={doc} route={r} />
            ))}
          </div>
        </section>
      ))}
    </>
  );
}
