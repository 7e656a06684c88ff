import { type KeyboardEvent, type ReactNode, useId, useState } from "react";
import { Link } from "./Link";
import "./tabs.css";

export interface TabItem {
  id: string;
  label: ReactNode;
  count?: number;
  content: ReactNode;
}

/** Tabs of one page's content. Arrow keys move, only the open panel is rendered. */
export function Tabs({ label, items, initial }: { label: string; items: TabItem[]; initial?: string }) {
  const [open, setOpen] = useState(initial ?? items[0]?.id ?? "");
  const base = useId();
  const current = items.find((i) => i.id === open) ?? items[0];

  function move(event: KeyboardEvent) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step || !current) return;
    event.preventDefault();
    const next = items[(items.indexOf(current) + step + items.length) % items.length];
    if (!next) return;
    setOpen(next.id);
    document.getElementById(`${base}-${next.id}`)?.focus();
  }

  if (!current) return null;
  return (
    <div>
      <div role="tablist" aria-label={label} className="tabs" onKeyDown={move}>
        {items.map((item) => (
          <button
            key={item.id}
            type="button"
            role="tab"
            id={`${base}-${item.id}`}
            aria-selected={item.id === current.id}
            aria-controls={`${base}-panel`}
            tabIndex={item.id === current.id ? 0 : -1}
            onClick={() => setOpen(item.id)}
          >
            {item.label}
            {item.count !== undefined && <span className="tabcount num">{item.count}</span>}
          </button>
        ))}
      </div>
      <section
        role="tabpanel"
        id={`${base}-panel`}
        aria-labelledby={`${base}-${current.id}`}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a tab panel is reachable by keyboard (ARIA practices)
        tabIndex={0}
        className="tabpanel"
      >
        {current.content}
      </section>
    </div>
  );
}

export interface ViewLink {
  to: string;
  label: ReactNode;
  count?: number;
  current: boolean;
}

/** Saved views of a list as links with counts; the view lives in the URL. */
export function Views({ label, items }: { label: string; items: ViewLink[] }) {
  return (
    <nav aria-label={label} className="tabs no-print">
      {items.map((item) => (
        <Link key={item.to} view to={item.to} aria-current={item.current ? "page" : undefined}>
          {item.label}
          {item.count !== undefined && <span className="tabcount num">{item.count}</span>}
        </Link>
      ))}
    </nav>
  );
}
