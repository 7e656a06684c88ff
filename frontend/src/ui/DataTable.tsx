/**
 * Lists at work: sticky head, figures right aligned, a row opens by click or Enter, arrow
 * keys walk. On a phone every row becomes a card unless `wide` keeps the table.
 */
import { type KeyboardEvent, type ReactNode, useCallback, useState } from "react";
import "./table.css";

export interface Column<T> {
  id: string;
  head: ReactNode;
  cell: (row: T) => ReactNode;
  /** Figures: right aligned, tabular. Name the unit in the head. */
  right?: boolean;
  /** As narrow as its content. */
  shrink?: boolean;
  /** The row's name: leads the card on a phone. */
  title?: boolean;
  foot?: ReactNode;
}

export interface DataTableProps<T> {
  /** What the table shows, read out before it. */
  caption: string;
  columns: Column<T>[];
  rows: T[];
  rowKey: (row: T) => string;
  onOpen?: (row: T) => void;
  /** Key of the row whose panel is open. */
  chosen?: string;
  /** Shown instead of an empty table. */
  empty?: ReactNode;
  /** Keep the table on a phone and let it scroll: for figures that are compared across columns. */
  wide?: boolean;
  tall?: boolean;
}

export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowKey, empty, wide, tall } = props;
  const [scrolls, box] = useScrolls();
  if (rows.length === 0 && empty !== undefined) return <>{empty}</>;
  const foot = columns.some((c) => c.foot !== undefined);
  return (
    // Only a table that scrolls sideways is a place to go to.
    <div
      ref={box}
      className={`tablebox ${wide ? "" : "cards"} ${tall ? "tall" : ""}`}
      {...(wide || tall || scrolls ? { role: "group", "aria-label": caption, tabIndex: 0 } : {})}
    >
      <table>
        <caption className="visually-hidden">{caption}</caption>
        <thead>
          <tr>
            {columns.map((c) =>
              // A column of buttons has no name; an empty head would be read out as one.
              c.head === "" ? (
                <td key={c.id} />
              ) : (
                <th key={c.id} scope="col" className={classOf(c)}>
                  {c.head}
                </th>
              ),
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={rowKey(row)} row={row} {...props} />
          ))}
        </tbody>
        {foot && (
          <tfoot>
            <tr>
              {columns.map((c) => (
                <td key={c.id} className={c.foot === undefined ? "void" : classOf(c)} data-label={labelOf(c)}>
                  <div className="cell">{c.foot}</div>
                </td>
              ))}
            </tr>
          </tfoot>
        )}
      </table>
    </div>
  );
}

/** Whether the box is narrower than its table: by long words in one language and not in the other. */
function useScrolls() {
  const [scrolls, setScrolls] = useState(false);
  const box = useCallback((at: HTMLDivElement | null) => {
    if (!at || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => setScrolls(at.scrollWidth > at.clientWidth + 1));
    watch.observe(at);
    if (at.firstElementChild) watch.observe(at.firstElementChild);
    return () => watch.disconnect();
  }, []);
  return [scrolls, box] as const;
}

const classOf = <T,>(c: Column<T>) =>
  [c.right && "r", c.shrink && "shrink", c.title && "title"].filter(Boolean).join(" ") || undefined;

const labelOf = <T,>(c: Column<T>) => (typeof c.head === "string" ? c.head : undefined);

function Row<T>({ row, columns, rowKey, onOpen, chosen }: DataTableProps<T> & { row: T }) {
  const key = rowKey(row);
  if (!onOpen) return <tr className={key === chosen ? "chosen" : undefined}>{cells(row, columns)}</tr>;

  function press(event: KeyboardEvent<HTMLTableRowElement>) {
    const here = event.currentTarget;
    if (event.target !== here) return;
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      onOpen?.(row);
    }
    const next = { ArrowDown: here.nextElementSibling, ArrowUp: here.previousElementSibling }[event.key];
    if (next instanceof HTMLElement) {
      event.preventDefault();
      next.focus();
    }
  }

  return (
    <tr
      className={`clickable ${key === chosen ? "chosen" : ""}`}
      tabIndex={0}
      onKeyDown={press}
      onClick={(event) => {
        // A link or button inside the row does its own thing.
        if (!(event.target as HTMLElement).closest("a,button,input,label")) onOpen(row);
      }}
    >
      {cells(row, columns)}
    </tr>
  );
}

function cells<T>(row: T, columns: Column<T>[]) {
  return columns.map((c) => (
    <td key={c.id} className={classOf(c)} data-label={labelOf(c)}>
      <div className="cell">{c.cell(row)}</div>
    </td>
  ));
}
