import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useCategories } from "@/lib/categories";
import { listed, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { DataTable } from "@/ui/DataTable";
import { Link } from "@/ui/Link";
import { Card, KeyValue, NextStep, PageHead } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Day } from "@/ui/values";
import { type ServicePage as Page, serviceQuery } from "./model";
import { AreaWords, CapacityTag, LocationCard, Price } from "./parts";
import { TrustBar } from "./TrustBar";
import "./resources.css";

/** One service: what it is, for whom there is room, what it costs, where it is given. */
export default function ServicePage() {
  const { serviceId } = useParams({ strict: false });
  const query = useQuery(serviceQuery(serviceId ?? ""));
  return <Loaded query={query}>{(s) => <Service s={s} />}</Loaded>;
}

function Service({ s }: { s: Page }) {
  const { t, lang } = useTranslation("resources");
  const categories = useCategories();
  const o = s.offer;
  const title = lang === "en" && o.titleEn ? o.titleEn : o.title;
  return (
    <>
      <PageHead
        title={title}
        mark={
          s.state === "offered" ? <CapacityTag offer={o} /> : <Status machine="service" state={s.state} />
        }
        crumbs={[{ label: t("list.title"), to: paths.resources() }, { label: title }]}
        sub={
          <>
            <Link to={paths.organization(s.organizationId)}>{s.organizationName}</Link> ·{" "}
            {t(`kind.${s.organizationKind}`)}
          </>
        }
        actions={
          s.mine ? (
            <LinkButton small to={paths.workService(s.id)}>
              {t("own.edit")}
            </LinkButton>
          ) : undefined
        }
      />
      {s.listing && <Notice tone="bad">{t(`listing.${s.listing}Text`)}</Notice>}
      {s.state === "withdrawn" && <Notice tone="wait">{t("service.withdrawn")}</Notice>}
      <div className="columns">
        <div className="stack">
          {o.description && <p className="measure preline">{o.description}</p>}
          <Card title={t("service.facts")}>
            <KeyValue
              items={[
                { label: t("field.category"), value: listed(o.categories.map(categories.name)) },
                { label: t("field.area"), value: <AreaWords offer={o} /> },
                { label: t("field.price"), value: <Price offer={o} /> },
                o.free && { label: t("field.cost"), value: t("price.freeForYou") },
                !!o.bring && { label: t("field.bring"), value: o.bring },
                o.languages.length > 0 && {
                  label: t("field.languages"),
                  value: listed(o.languages.map((l) => t(`language.${l}`, { defaultValue: l }))),
                },
              ]}
            />
          </Card>
          {o.capacities.length > 0 && <Capacities s={s} />}
          {s.locations.length > 0 && (
            <Card title={t("service.locations")}>
              {s.locations.map((l) => (
                <LocationCard key={l.id} at={l} />
              ))}
            </Card>
          )}
          <TrustBar
            kind="service"
            id={s.id}
            version={s.version}
            checked={s.checked}
            mayCheck={s.mayCheck}
            mine={s.mine}
          />
        </div>
        <aside className="stack first">
          <NextStep title={t("service.ask")} who={t("service.askText")}>
            {s.phone ? (
              <LinkButton kind="primary" block to={`tel:${s.phone}`}>
                {t("service.call", { phone: s.phone })}
              </LinkButton>
            ) : (
              <LinkButton kind="primary" block to={paths.organization(s.organizationId)}>
                {t("service.owner")}
              </LinkButton>
            )}
            <LinkButton block to={paths.say()}>
              {t("service.say")}
            </LinkButton>
          </NextStep>
        </aside>
      </div>
    </>
  );
}

function Capacities({ s }: { s: Page }) {
  const { t } = useTranslation("resources");
  return (
    <Card title={t("service.capacity")}>
      <DataTable
        caption={t("service.capacity")}
        rows={s.offer.capacities}
        rowKey={(c) => c.period}
        columns={[
          {
            id: "period",
            head: t("capacity.period"),
            title: true,
            cell: (c) => c.period || t("capacity.standing"),
          },
          { id: "state", head: t("capacity.state"), cell: (c) => t(`capacity.${c.state}`) },
          {
            id: "free",
            head: t("capacity.freeOf"),
            right: true,
            cell: (c) => `${c.free} / ${c.total} ${c.unit}`,
          },
          { id: "at", head: t("capacity.updated"), cell: (c) => <Day at={c.updatedOn} /> },
        ]}
      />
    </Card>
  );
}
