import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useCategories } from "@/lib/categories";
import { listed, useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded } from "@/ui/states";
import { Day, Money } from "@/ui/values";
import { type Item, itemQuery } from "./model";
import { AccessFacts, Hours, OpenNow } from "./parts";
import { TrustBar } from "./TrustBar";
import "./resources.css";

/** A room to use, or hours that volunteers give. */
export default function ItemPage() {
  const { resourceId } = useParams({ strict: false });
  const query = useQuery(itemQuery(resourceId ?? ""));
  return <Loaded query={query}>{(i) => <Thing i={i} />}</Loaded>;
}

function Thing({ i }: { i: Item }) {
  const { t, lang } = useTranslation("resources");
  const f = i.facts;
  const title = lang === "en" && f.titleEn ? f.titleEn : f.title;
  const venue = i.kind === "venue";
  return (
    <>
      <PageHead
        title={title}
        mark={
          i.state === "offered" ? (
            <OpenNow state={venue ? i.openNow : undefined} changes={i.changes} />
          ) : (
            <Status machine="resource" state={i.state} />
          )
        }
        crumbs={[
          {
            label: t("list.title"),
            to: withSearch(paths.resources(), { view: venue ? "venues" : "volunteers" }),
          },
          { label: title },
        ]}
        sub={
          <>
            <Link to={paths.organization(i.partyId)}>{i.partyName}</Link> · {i.place}
          </>
        }
        actions={
          i.mine ? (
            <LinkButton small to={paths.workItem(i.id)}>
              {t("own.edit")}
            </LinkButton>
          ) : undefined
        }
      />
      <div className="stack">
        {f.description && <p className="measure preline">{f.description}</p>}
        <Facts i={i} />
        {f.week.length > 0 && (
          <Card title={t(venue ? "item.hours" : "item.shifts")}>
            <Hours week={f.week} />
          </Card>
        )}
        {venue && (
          <Card title={t("item.access")}>
            <AccessFacts facts={f.access ?? []} />
          </Card>
        )}
        <TrustBar
          kind="resource"
          id={i.id}
          version={i.version}
          checked={i.checked}
          mayCheck={i.mayCheck}
          mine={i.mine}
        />
      </div>
    </>
  );
}

function Facts({ i }: { i: Item }) {
  const { t } = useTranslation("resources");
  const categories = useCategories();
  const f = i.facts;
  const venue = i.kind === "venue";
  return (
    <Card title={t("service.facts")}>
      <KeyValue
        items={[
          { label: t("field.category"), value: listed(f.categories.map(categories.name)) },
          !!f.address && { label: t("field.address"), value: f.address },
          !!f.phone && { label: t("field.phone"), value: <a href={`tel:${f.phone}`}>{f.phone}</a> },
          venue && { label: t("item.size"), value: t("item.persons", { count: f.persons ?? 0 }) },
          venue && !!f.areaSqm && { label: t("item.area"), value: t("item.sqm", { count: f.areaSqm }) },
          venue && {
            label: t("item.rent"),
            value: f.hourFen ? <Money fen={f.hourFen} /> : t("price.free"),
          },
          !!f.booking && { label: t("item.booking"), value: f.booking },
          !venue && { label: t("item.hands"), value: t("item.wanted", { count: f.wanted ?? 0 }) },
          !!f.from && { label: t("item.from"), value: <Day at={f.from} /> },
          !!f.until && { label: t("item.until"), value: <Day at={f.until} /> },
          (f.skills ?? []).length > 0 && { label: t("item.skills"), value: listed(f.skills ?? []) },
          (f.features ?? []).length > 0 && { label: t("item.features"), value: listed(f.features ?? []) },
        ]}
      />
    </Card>
  );
}
