/** Pieces that the public pages of the resource list share. */
import { listed, useTranslation } from "@/lib/i18n";
import { paths } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Tag } from "@/ui/Status";
import { DateTime, Day, Money } from "@/ui/values";
import { type AccessFact, type Checked, type Location, measured, type Offer, type Slot } from "./model";

/** "3 月 2 日由和美社区居委会核实" or a plain "not checked yet": every record shows its age. */
export function Freshness({ checked }: { checked?: Checked }) {
  const { t } = useTranslation("resources");
  if (!checked) return <span className="small muted">{t("check.never")}</span>;
  return (
    <span className="small ink2">
      <Day at={checked.at} /> {checked.by ? t("check.by", { name: checked.by }) : t("check.done")}
    </span>
  );
}

export function Price({ offer }: { offer: Pick<Offer, "lowFen" | "highFen" | "priceUnit" | "free"> }) {
  const { t } = useTranslation("resources");
  if (offer.highFen === 0) {
    return offer.free ? t("price.free") : <span className="muted">{t("price.unsaid")}</span>;
  }
  return (
    <span>
      <Money fen={offer.lowFen} short />
      {offer.highFen !== offer.lowFen && (
        <>
          {" – "}
          <Money fen={offer.highFen} short />
        </>
      )}{" "}
      {offer.priceUnit && <span className="muted small">{t(`unit.${offer.priceUnit}`)}</span>}
    </span>
  );
}

/** The answer before the figure: has places, waiting list, none, ask first. */
export function CapacityTag({ offer }: { offer: Offer }) {
  const { t } = useTranslation("resources");
  const c = offer.capacities.find((x) => x.period === "") ?? offer.capacities[0];
  if (!c) return <Tag tone="plain">{t("capacity.unsaid")}</Tag>;
  const tone = { has: "ok", waiting: "wait", none: "bad", ask: "info" } as const;
  const text =
    c.state === "has" && c.total > 0
      ? t("capacity.free", { free: c.free, total: c.total, unit: c.unit })
      : t(`capacity.${c.state}`);
  return <Tag tone={tone[c.state as keyof typeof tone] ?? "plain"}>{text}</Tag>;
}

export function AreaWords({ offer }: { offer: Offer }) {
  const { t } = useTranslation("resources");
  const words = offer.areas.map((a) => {
    if (a.kind === "city") return t("area.city");
    if (a.kind === "place") return a.place ?? a.placeId ?? "";
    return t("area.radius", { km: (a.radiusM ?? 0) / 1000 });
  });
  return <>{listed(words)}</>;
}

const weekOrder = [1, 2, 3, 4, 5, 6, 7];

/** A week of opening hours, one line a day; days without hours are left out. */
export function Hours({ week }: { week: Slot[] }) {
  const { t } = useTranslation("resources");
  if (week.length === 0) return null;
  return (
    <ul className="hours">
      {weekOrder
        .map((day) => ({ day, slots: week.filter((s) => s.weekday === day) }))
        .filter((d) => d.slots.length > 0)
        .map((d) => (
          <li key={d.day}>
            <span>{t(`weekday.${d.day}`)}</span>
            <span className="num">{listed(d.slots.map((s) => `${s.from}–${s.until}`))}</span>
          </li>
        ))}
    </ul>
  );
}

export function OpenNow({ state, changes }: { state?: string; changes?: string }) {
  const { t } = useTranslation("resources");
  if (!state) return null;
  return (
    <span className="row tight">
      <Tag tone={state === "open" ? "ok" : "plain"}>{t(`open.${state}`)}</Tag>
      {changes && (
        <span className="small muted">
          {t(state === "open" ? "open.until" : "open.again")} <DateTime at={changes} />
        </span>
      )}
    </span>
  );
}

/** Facts about getting in, judged by the reader: no summary word hides a step. */
export function AccessFacts({ facts }: { facts: AccessFact[] }) {
  const { t } = useTranslation("resources");
  const known = facts.filter((f) => f.value > 0 || f.code === "step_cm");
  if (known.length === 0) return <p className="small muted">{t("access.unknown")}</p>;
  return (
    <ul className="facts">
      {known.map((f) => (
        <li key={f.code}>
          {t(`access.${f.code}`)}
          {measured[f.code] && <b className="num"> {t(`access.${measured[f.code]}`, { n: f.value })}</b>}
        </li>
      ))}
    </ul>
  );
}

export function LocationCard({ at }: { at: Location }) {
  const { t } = useTranslation("resources");
  return (
    <section className="location">
      <div className="row between">
        <h3>{at.name}</h3>
        <OpenNow state={at.openNow} changes={at.changes} />
      </div>
      <p>
        {at.address}
        {at.place && (
          <span className="muted">
            {" · "}
            <Link to={paths.place(at.placeId)}>{at.place}</Link>
          </span>
        )}
      </p>
      {at.phone && (
        <p>
          {t("field.phone")} <a href={`tel:${at.phone}`}>{at.phone}</a>
        </p>
      )}
      <div className="locationfacts">
        <Hours week={at.hours} />
        <AccessFacts facts={at.access} />
      </div>
    </section>
  );
}
