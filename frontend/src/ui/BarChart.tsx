import { type ReactNode, useState } from "react";
import { count } from "@/lib/format";
import { useTranslation } from "@/lib/i18n";
import { saveText } from "@/lib/save";
import { Button } from "./Button";
import { Link } from "./Link";
import { Card } from "./layout";
import "./barchart.css";

export interface BarSeries {
  label: string;
  /** One hue for what the question asks, grey for what stands beside it. */
  tone: "main" | "context";
}

export interface BarRow {
  id: string;
  label: string;
  /** One value per series. */
  values: number[];
  to?: string;
}

interface BarChartProps {
  /** The question the picture answers. */
  title: string;
  series: BarSeries[];
  rows: BarRow[];
  /** Head of the first column of the table. */
  rowHead: string;
  /** Date and source. */
  source: ReactNode;
  /** File name of the CSV, without ending. */
  file: string;
}

/** Bars that start at zero, labelled directly, with the same figures as a table and as a file. */
export function BarChart(props: BarChartProps) {
  const { title, series, rows, rowHead, source, file } = props;
  const { t } = useTranslation("ui");
  const [table, setTable] = useState(false);
  const save = () => saveText(`${file}.csv`, "text/csv", csv(rowHead, series, rows));
  return (
    <Card title={title} className="barchart">
      {table ? <BarTable {...props} /> : <Bars {...props} />}
      <div className="row between small muted chartfoot">
        <span>{source}</span>
        <span className="row tight no-print">
          <Button small kind="quiet" onClick={() => setTable(!table)}>
            {t(table ? "moneybar.bars" : "moneybar.table")}
          </Button>
          <Button small kind="quiet" icon="download" onClick={save}>
            CSV
          </Button>
        </span>
      </div>
    </Card>
  );
}

function Bars({ title, series, rows }: BarChartProps) {
  const most = Math.max(1, ...rows.map((r) => r.values.reduce((a, b) => a + b, 0)));
  return (
    <figure aria-label={title}>
      <ul className="plain row tight legend small">
        {series.map((s) => (
          <li key={s.label}>
            <svg width="12" height="12" aria-hidden="true">
              <rect width="12" height="12" rx="2" className={s.tone} />
            </svg>
            {s.label}
          </li>
        ))}
      </ul>
      <ol className="plain bars">
        {rows.map((row) => (
          <li key={row.id}>
            <span className="barlabel">{row.to ? <Link to={row.to}>{row.label}</Link> : row.label}</span>
            <Bar values={row.values} series={series} most={most} />
            <span className="num barvalue">{row.values.map((v) => count(v)).join(" · ")}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

function Bar({ values, series, most }: { values: number[]; series: BarSeries[]; most: number }) {
  let at = 0;
  return (
    <svg width="100%" height="16" aria-hidden="true">
      {values.map((value, i) => {
        const x = at;
        at += value;
        return (
          <rect
            key={i}
            className={series[i]?.tone}
            x={`${(x / most) * 100}%`}
            width={`${(value / most) * 100}%`}
            height="16"
          />
        );
      })}
    </svg>
  );
}

function BarTable({ title, series, rows, rowHead }: BarChartProps) {
  return (
    <table>
      <caption className="visually-hidden">{title}</caption>
      <thead>
        <tr>
          <th scope="col">{rowHead}</th>
          {series.map((s) => (
            <th key={s.label} scope="col" className="r">
              {s.label}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.id}>
            <td>{row.to ? <Link to={row.to}>{row.label}</Link> : row.label}</td>
            {row.values.map((v, i) => (
              <td key={i} className="r">
                {count(v)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

function csv(rowHead: string, series: BarSeries[], rows: BarRow[]): string {
  const lines = [
    [rowHead, ...series.map((s) => s.label)],
    ...rows.map((r) => [r.label, ...r.values.map(String)]),
  ];
  return lines.map((line) => line.map(quoted).join(",")).join("\r\n");
}
