import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { date } from "@/lib/format";
import { listed, useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { LinkButton } from "@/ui/Button";
import { Link } from "@/ui/Link";
import { Card, type Fact, KeyValue, PageHead } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { Day, Money, Percent } from "@/ui/values";
import { type Organization, organizationQuery } from "./model";
import { CapacityTag, LocationCard, Price } from "./parts";
import { ItemCard } from "./results";
import { TrustBar } from "./TrustBar";
import "./resources.css";

/** One organisation: what it offers, where, and what registers say about it. */
export default function OrganizationPage() {
  const { organizationId } = useParams({ strict: false });
  const query = useQuery(organizationQuery(organizationId ?? ""));
  return <Loaded query={query}>{(o) => <Sheet o={o} />}</Loaded>;
}

function Sheet({ o }: { o: Organization }) {
  const { t, lang } = useTranslation("resources");
  return (
    <>
      <PageHead
        title={lang === "en" && o.nameEn ? o.nameEn : o.name}
        crumbs={[
          { label: t("list.title"), to: withSearch(paths.resources(), { view: "organizations" }) },
          { label: o.name },
        ]}
        sub={[t(`kind.${o.kind}`), o.place].filter(Boolean).join(" · ")}
        mark={o.register.listing ? <Tag tone="bad">{t(`listing.${o.register.listing}`)}</Tag> : undefined}
        actions={
          o.mine ? (
            <LinkButton small to={paths.workResources()}>
              {t("own.edit")}
            </LinkButton>
          ) : undefined
        }
      />
      {o.register.listing && <Notice tone="bad">{t(`listing.${o.register.listing}Text`)}</Notice>}
      <div className="columns">
        <div className="stack">
          {o.profile.summary && <p className="lead measure preline">{o.profile.summary}</p>}
          <Services o={o} />
          {o.profile.locations.length > 0 && (
            <Card title={t("organization.locations")}>
              {o.profile.locations.map((l) => (
                <LocationCard key={l.id} at={l} />
              ))}
            </Card>
          )}
          {o.items.length > 0 && (
            <Card title={t("organization.items")}>
              <div className="cardgrid">
                {o.items.map((i) => (
                  <ItemCard key={i.id} i={i} />
                ))}
              </div>
            </Card>
          )}
          <TrustBar
            kind="organization"
            id={o.id}
            version={o.version}
            checked={o.checked}
            mayCheck={o.mayCheck}
            mine={o.mine}
          />
        </div>
        <aside className="stack">
          <Contact o={o} />
          <Register o={o} />
        </aside>
      </div>
    </>
  );
}

function Services({ o }: { o: Organization }) {
  const { t, lang } = useTranslation("resources");
  const shown = o.services.filter((s) => s.state !== "withdrawn");
  return (
    <Card title={t("organization.services")} aside={<span className="num">{shown.length}</span>}>
      {shown.length === 0 && <p className="muted">{t("organization.noServices")}</p>}
      <ul className="servicelist">
        {shown.map((s) => (
          <li key={s.id}>
            <Link to={paths.service(s.id)}>{(lang === "en" && s.offer.titleEn) || s.offer.title}</Link>
            <span className="small">
              <Price offer={s.offer} />
            </span>
            {s.state === "offered" ? (
              <CapacityTag offer={s.offer} />
            ) : (
              <Status machine="service" state={s.state} />
            )}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Contact({ o }: { o: Organization }) {
  const { t } = useTranslation("resources");
  const p = o.profile;
  const facts: (Fact | false)[] = [
    !!p.contact && { label: t("field.contact"), value: p.contact },
    !!p.phone && { label: t("field.phone"), value: <a href={`tel:${p.phone}`}>{p.phone}</a> },
    !!p.website && { label: t("field.website"), value: <Link to={p.website}>{p.website}</Link> },
    p.languages.length > 0 && {
      label: t("field.languages"),
      value: listed(p.languages.map((l) => t(`language.${l}`, { defaultValue: l }))),
    },
    p.staff > 0 && { label: t("field.staff"), value: t("field.people", { count: p.staff }) },
    p.revenueFen > 0 && { label: t("field.revenue"), value: <Money fen={p.revenueFen} short /> },
    p.reinvestBP > 0 && { label: t("field.reinvest"), value: <Percent bp={p.reinvestBP} /> },
    p.hub && { label: t("field.hub"), value: t("yes") },
  ];
  if (!facts.some(Boolean)) return null;
  return (
    <Card title={t("organization.contact")}>
      <KeyValue items={facts} />
    </Card>
  );
}

function Register({ o }: { o: Organization }) {
  const { t, lang } = useTranslation("resources");
  const r = o.register;
  const expired = r.grade > 0 && o.gradeNow === 0;
  return (
    <Card title={t("organization.register")}>
      <KeyValue
        items={[
          { label: t("field.uscc"), value: o.uscc ? <code>{o.uscc}</code> : undefined },
          !!r.legalRep && { label: t("field.legalRep"), value: r.legalRep },
          !!r.registrar && { label: t("field.registrar"), value: r.registrar },
          !!r.registeredOn && { label: t("field.registeredOn"), value: <Day at={r.registeredOn} /> },
          {
            label: t("field.grade"),
            value:
              r.grade > 0 ? (
                <>
                  {r.grade}A{" "}
                  {r.gradeUntil && (
                    <span className="muted">{t("until", { day: date(r.gradeUntil, lang) })}</span>
                  )}{" "}
                  {expired && <Tag tone="wait">{t("grade.expired")}</Tag>}
                </>
              ) : undefined,
          },
          r.annualReportYear > 0 && { label: t("field.annualReport"), value: String(r.annualReportYear) },
          { label: t("field.charity"), value: t(r.charity ? "yes" : "no") },
          r.charity && { label: t("field.fundraising"), value: t(r.fundraising ? "yes" : "no") },
          !!r.seGrade && {
            label: t("field.social"),
            value: `${r.seGrade}${r.seUntil ? ` ${t("until", { day: date(r.seUntil, lang) })}` : ""}`,
          },
        ]}
      />
      <p className="tiny muted">{t("organization.registerNote")}</p>
    </Card>
  );
}
