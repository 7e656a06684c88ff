import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { figure, figuresQuery, moneyQuery } from "@/lib/figures";
import { dateTime } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { paths, withSearch } from "@/lib/paths";
import { Link } from "@/ui/Link";
import { Count, Money } from "@/ui/values";

/** Three figures; each is a link to the lines or the formula it comes from. */
export function LiveFigures() {
  const { t, lang } = useTranslation("home");
  const figures = useQuery(figuresQuery()).data;
  const money = useQuery(moneyQuery()).data;
  const open = figures && figure(figures, "needs_open");
  const closed = figures && figure(figures, "needs_closed");
  const days = figures && figure(figures, "days_to_close");
  return (
    <section aria-labelledby="live">
      <h2 id="live" className="visually-hidden">
        {t("figures.label")}
      </h2>
      <ul className="plain livefigures">
        <Live
          to={paths.needs()}
          value={open && <Count n={open.value} />}
          label={t("figures.open")}
          note={t("figures.openNote")}
        />
        <Live
          to={withSearch(paths.data(), {})}
          value={closed && <Count n={closed.value} />}
          label={t("figures.closed")}
          note={days?.known ? t("figures.days", { count: Math.round(days.value) }) : t("figures.formula")}
        />
        <Live
          to={`${paths.data()}#money`}
          value={money && <Money fen={money.total.paidFen} short />}
          label={t("figures.paid", { year: money?.year ?? "" })}
          note={money ? t("figures.projects", { count: money.projectCount }) : ""}
        />
      </ul>
      <p className="tiny muted">
        {figures && t("figures.asOf", { when: dateTime(figures.asOf, lang) })}{" "}
        <Link to={paths.data()}>{t("figures.how")}</Link>
      </p>
    </section>
  );
}

function Live({ to, value, label, note }: { to: string; value: ReactNode; label: string; note: string }) {
  return (
    <li>
      <Link to={to} className="card live">
        <b>{value ?? <span className="skeleton">&nbsp;</span>}</b>
        <span>{label}</span>
        <small>{note}</small>
      </Link>
    </li>
  );
}
