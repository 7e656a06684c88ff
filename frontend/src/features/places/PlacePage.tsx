import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { placeQuery } from "@/lib/placesearch";
import { LinkButton } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Count, Day } from "@/ui/values";
import { CountForm } from "./CountForm";
import type { Place } from "./model";
import "./places.css";

/** A place with what it was called, what became of it, and what lies in it. */
export default function PlacePage() {
  const { placeId } = useParams({ strict: false });
  const query = useQuery(placeQuery(placeId ?? ""));
  return <Loaded query={query}>{(p) => <Detail p={p} />}</Loaded>;
}

function Detail({ p }: { p: Place }) {
  const { t } = useTranslation("places");
  const into = p.links.filter((l) => l.from.id === p.id);
  return (
    <>
      <PageHead
        title={p.name}
        mark={!p.active ? <Tag tone="plain">{t("ended")}</Tag> : undefined}
        crumbs={[
          { label: t("tree.title"), to: paths.places() },
          ...p.ancestors.map((a) => ({ label: a.name, to: paths.place(a.id) })),
          { label: p.name },
        ]}
        sub={`${t(`level.${p.level}`)} · ${p.code}`}
      />
      {!p.active && (
        <Notice tone="wait">
          {into.length > 0 ? t("detail.wentTo") : t("detail.endedOpen")}{" "}
          {into.map((l) => (
            <Link key={l.to.id} to={paths.place(l.to.id)}>
              {l.to.within} {l.to.name}
            </Link>
          ))}
        </Notice>
      )}
      <div className="columns">
        <div className="stack">
          {p.children.length > 0 && (
            <Card title={t(`children.${p.level}`)} aside={<Count n={p.children.length} />}>
              <ul className="placegrid">
                {p.children.map((c) => (
                  <li key={c.id}>
                    <Link to={paths.place(c.id)}>{c.name}</Link>
                  </li>
                ))}
              </ul>
            </Card>
          )}
          <History p={p} />
          {p.links.length > 0 && <Lineage p={p} />}
        </div>
        <aside className="stack first">
          {p.active && (
            <Card title={t("detail.here")}>
              <div className="stack tight">
                <LinkButton block to={withSearch(paths.needs(), { placeId: p.id })}>
                  {t("detail.needs")}
                </LinkButton>
                <LinkButton block to={withSearch(paths.resources(), { serves: p.id })}>
                  {t("detail.services")}
                </LinkButton>
                <LinkButton block to={withSearch(paths.projects(), { placeId: p.id })}>
                  {t("detail.projects")}
                </LinkButton>
              </div>
            </Card>
          )}
          <Facts p={p} />
          {p.mayCount && <CountForm place={p.id} />}
        </aside>
      </div>
    </>
  );
}

function Facts({ p }: { p: Place }) {
  const { t } = useTranslation("places");
  const latest = (kind: string) => p.facts.find((f) => f.kind === kind);
  const figure = (kind: string) => {
    const f = latest(kind);
    return (
      f && {
        label: t(`fact.${kind}`),
        value: (
          <>
            <Count n={f.value} />{" "}
            <span className="muted small">
              <Day at={f.asOf} /> · {f.source}
            </span>
          </>
        ),
      }
    );
  };
  const known = p.lat !== 0 || p.lng !== 0;
  return (
    <Card title={t("detail.facts")}>
      <KeyValue
        items={[
          { label: t("detail.code"), value: <code>{p.code}</code> },
          figure("households"),
          figure("population"),
          !!p.urbanRural && {
            label: t("detail.urban"),
            value: `${t(`urban.${p.urbanRural.charAt(0)}`)} (${p.urbanRural})`,
          },
          known && {
            label: t("detail.point"),
            value: (
              <span className="num">
                {p.lat.toFixed(5)}, {p.lng.toFixed(5)}{" "}
                <span className="muted small">
                  {p.uncertaintyM > 0 ? t("detail.imputed", { m: p.uncertaintyM }) : t("detail.surveyed")}
                </span>
              </span>
            ),
          },
        ]}
      />
    </Card>
  );
}

const beginning = "1970-01-01";

function History({ p }: { p: Place }) {
  const { t } = useTranslation("places");
  return (
    <Card title={t("detail.history")}>
      <DataTable
        caption={t("detail.history")}
        rows={[...p.periods].reverse()}
        rowKey={(x) => `${x.code}${x.from}`}
        empty={<p className="muted">{t("detail.noHistory")}</p>}
        columns={[
          {
            id: "name",
            head: t("detail.name"),
            title: true,
            cell: (x) => (
              <>
                {x.name}{" "}
                {x.listed !== x.name && (
                  <span className="muted small">{t("detail.listed", { name: x.listed })}</span>
                )}
              </>
            ),
          },
          { id: "code", head: t("detail.code"), cell: (x) => <code>{x.code}</code> },
          {
            id: "from",
            head: t("detail.from"),
            cell: (x) => (x.from === beginning ? t("detail.beginning") : <Day at={x.from} />),
          },
          {
            id: "until",
            head: t("detail.until"),
            cell: (x) => (x.until ? <Day at={x.until} /> : t("detail.now")),
          },
        ]}
      />
    </Card>
  );
}

function Lineage({ p }: { p: Place }) {
  const { t } = useTranslation("places");
  return (
    <Card title={t("detail.lineage")}>
      <ul className="placelist">
        {p.links.map((l) => {
          const other = l.from.id === p.id ? l.to : l.from;
          const way = l.from.id === p.id ? "out" : "in";
          return (
            <li key={`${l.kind}${other.id}`}>
              <span>
                {t(`link.${l.kind}.${way}`)} <Link to={paths.place(other.id)}>{other.name}</Link>
              </span>
              <span className="small muted">
                {other.within} · <Day at={l.since} /> · {t(`why.${l.reason}`)}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
