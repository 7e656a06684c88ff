import type { ReactNode } from "react";
import { DateTime } from "./values";
import "./timeline.css";

export interface Station {
  id: string;
  title: ReactNode;
  /** Right of the title: dates, days taken against the days allowed. */
  when?: ReactNode;
  /** The one line shown while closed. */
  line?: ReactNode;
  /** Opened on demand: people by office, documents, amounts. */
  content?: ReactNode;
  open?: boolean;
  /** `voice` for what neighbours say, `todo` for what has not happened, `failed` for an end. */
  tone?: "voice" | "todo" | "failed";
}

/** The stations of a thread: each one line, open on demand. */
export function Timeline({ label, stations }: { label: string; stations: Station[] }) {
  return (
    <ol className="timeline" aria-label={label}>
      {stations.map((s, i) => (
        <li key={s.id} className={s.tone} id={s.id}>
          <span className="dot num" aria-hidden="true">
            {i + 1}
          </span>
          {s.content ? (
            <details open={s.open}>
              <summary>
                <StationHead {...s} />
              </summary>
              <div className="stationbody">{s.content}</div>
            </details>
          ) : (
            <div className="closed">
              <StationHead {...s} />
            </div>
          )}
        </li>
      ))}
    </ol>
  );
}

const StationHead = ({ title, when, line }: Station) => (
  <>
    <h2>{title}</h2>
    {when && <span className="when">{when}</span>}
    {line && <span className="line">{line}</span>}
  </>
);

export interface HistoryItem {
  at: string;
  what: ReactNode;
  /** Who, by office. */
  by?: ReactNode;
  reason?: ReactNode;
}

/** What changed, when, by whom: below every case, newest first. */
export function History({ items }: { items: HistoryItem[] }) {
  return (
    <ol className="history">
      {items.map((item, i) => (
        <li key={i}>
          <DateTime at={item.at} />
          <span>
            {item.what}
            {item.by && <span className="muted"> · {item.by}</span>}
            {item.reason && <span className="block muted">{item.reason}</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
