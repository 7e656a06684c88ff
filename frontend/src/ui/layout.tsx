/** Page anatomy: head, cards, the "next step" panel. */
import { type ReactNode, useEffect, useId } from "react";
import { useTranslation } from "@/lib/i18n";
import { Link } from "./Link";

export interface Crumb {
  label: string;
  to?: string;
}

export function Crumbs({ items }: { items: Crumb[] }) {
  const { t } = useTranslation("ui");
  return (
    <nav aria-label={t("crumbs")} className="crumbs no-print">
      <ol className="crumb">
        {items.map((item, i) => (
          <li key={i}>
            {item.to ? <Link to={item.to}>{item.label}</Link> : <span aria-current="page">{item.label}</span>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

interface PageHeadProps {
  title: ReactNode;
  /** Beside the title: a Status, a code. */
  mark?: ReactNode;
  crumbs?: Crumb[];
  /** One line under the title: whose, since when, how much. */
  sub?: ReactNode;
  actions?: ReactNode;
  /** Text for the browser's title when `title` is not plain text. */
  documentTitle?: string;
}

export function PageHead({ title, mark, crumbs, sub, actions, documentTitle }: PageHeadProps) {
  useTitle(documentTitle ?? (typeof title === "string" ? title : undefined));
  return (
    <header className="pagehead">
      {crumbs && <Crumbs items={crumbs} />}
      <div className="titlerow">
        <h1 tabIndex={-1}>{title}</h1>
        {mark}
        {actions && <div className="push no-print">{actions}</div>}
      </div>
      {sub && <div className="sub">{sub}</div>}
    </header>
  );
}

/** Names the page in the browser's title and history. */
export function useTitle(text: string | undefined): void {
  const { t } = useTranslation("ui");
  const name = t("productName");
  useEffect(() => {
    if (text) document.title = `${text} · ${name}`;
  }, [text, name]);
}

interface CardProps {
  title?: ReactNode;
  /** Right of the title: a link, a count. */
  aside?: ReactNode;
  next?: boolean;
  id?: string;
  className?: string;
  children?: ReactNode;
}

export function Card({ title, aside, next, id, className = "", children }: CardProps) {
  const head = useId();
  const name = `card pad ${next ? "next" : ""} ${className}`;
  if (!title) {
    return (
      <div className={name} id={id}>
        {children}
      </div>
    );
  }
  return (
    <section className={name} id={id} aria-labelledby={head}>
      <div className="cardhead">
        <h2 id={head}>{title}</h2>
        {aside && <div className="push small">{aside}</div>}
      </div>
      {children}
    </section>
  );
}

interface NextStepProps {
  /** "下一步：审批付款" */
  title: ReactNode;
  /** Who acts, by when, and what follows if not. */
  who?: ReactNode;
  children?: ReactNode;
}

/** The panel every case carries at the right: who does what by when, with the one primary button. */
export function NextStep({ title, who, children }: NextStepProps) {
  return (
    <Card next title={title} className="no-print">
      <div className="stack tight">
        {who && <div className="ink2 small">{who}</div>}
        {children}
      </div>
    </Card>
  );
}

export interface Fact {
  label: ReactNode;
  value: ReactNode;
}

/** Label and value pairs; values that are not known are left out by the caller or shown as a dash. */
export function KeyValue({ items }: { items: (Fact | false | null | undefined)[] }) {
  return <dl className="kv">{items.map((item, i) => (item ? <FactRow key={i} {...item} /> : null))}</dl>;
}

const FactRow = ({ label, value }: Fact) => (
  <>
    <dt>{label}</dt>
    <dd>{value ?? <span className="muted">—</span>}</dd>
  </>
);

/** Three to five large figures in a row; each should be a link to the lines that add up to it. */
export function Sums({ items }: { items: (Fact & { to?: string; note?: ReactNode })[] }) {
  return (
    <dl className="sums">
      {items.map((item, i) => (
        <div key={i}>
          <dt>{item.label}</dt>
          <dd>
            {item.to ? <Link to={item.to}>{item.value}</Link> : item.value}
            {item.note && <small>{item.note}</small>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
