import type { ReactNode } from "react";
import { Link } from "./Link";
import { Empty } from "./states";
import { Deadline } from "./values";
import "./todo.css";

export interface TodoItem {
  id: string;
  /** The verb: "审批付款". */
  action: ReactNode;
  /** XQ-2026-000123 */
  code?: string;
  title: ReactNode;
  dueAt?: string | null;
  to: string;
}

/** What I must do, the earliest deadline first; each row is one link. */
export function TodoList({
  items,
  empty,
}: {
  items: TodoItem[];
  empty: { title: ReactNode; text?: ReactNode };
}) {
  if (items.length === 0) return <Empty title={empty.title}>{empty.text}</Empty>;
  return (
    <ul className="todos card">
      {items.map((item) => (
        <li key={item.id}>
          <Link to={item.to}>
            <span className="act">{item.action}</span>
            <span className="what">
              {item.title}
              {item.code && <span className="code num nowrap"> {item.code}</span>}
            </span>
            {item.dueAt && (
              <span className="due">
                <Deadline at={item.dueAt} />
              </span>
            )}
          </Link>
        </li>
      ))}
    </ul>
  );
}
