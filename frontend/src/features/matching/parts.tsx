/** How a pairing is shown: points that add up, gates that say why. */
import type { ReactNode } from "react";
import { listed, useTranslation } from "@/lib/i18n";
import { Icon } from "@/ui/icons";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { type Gate, gateSentence, type Line, remedySentence, score, type Term, termSentence } from "./model";
import "./matching.css";

/** Six segments to scale of 100 points; what is missing stays grey. The table below says the same. */
export function PointsBar({ terms, total }: { terms: Term[]; total: number }) {
  const { t } = useTranslation("matching");
  let at = 0;
  return (
    <svg className="pointsbar" height="14" role="img" aria-label={t("points.bar", { score: score(total) })}>
      <rect className="ground" width="100%" height="14" rx="3" />
      {terms.map((term) => {
        const x = at;
        at += term.points;
        return (
          <rect
            key={term.name}
            className={`seg t-${term.name}`}
            x={`${x / 100}%`}
            width={`${term.points / 100}%`}
            height="14"
          />
        );
      })}
    </svg>
  );
}

/** Every term with its sentence and its points; the last line is the sum. */
export function PointsTable({ line }: { line: Line }) {
  const { t, lang } = useTranslation("matching");
  return (
    <table className="points">
      <caption className="visually-hidden">{t("points.caption", { name: line.name })}</caption>
      <thead>
        <tr>
          <th scope="col">{t("points.term")}</th>
          <th scope="col">{t("points.why")}</th>
          <th scope="col" className="r">
            {t("points.points")}
          </th>
          <th scope="col" className="r">
            {t("points.full")}
          </th>
        </tr>
      </thead>
      <tbody>
        {line.terms.map((term) => (
          <tr key={term.name}>
            <th scope="row">
              <i className={`swatch t-${term.name}`} aria-hidden="true" />
              {t(`term.${term.name}.name`)}
            </th>
            <td>{termSentence(term, t, lang)}</td>
            <td className="r">{score(term.points)}</td>
            <td className="r muted">{score(term.weight)}</td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row" colSpan={2}>
            {t("points.sum")}
          </th>
          <td className="r">
            <strong>{score(line.score)}</strong>
          </td>
          <td className="r muted">100.00</td>
        </tr>
      </tfoot>
    </table>
  );
}

/** The hard rules: those that refuse first, with the reason and what would help. */
export function Gates({ gates }: { gates: Gate[] }) {
  const { t, lang } = useTranslation("matching");
  const refused = gates.filter((g) => !g.pass);
  const passed = gates.filter((g) => g.pass);
  return (
    <div className="stack tight">
      <ul className="plain gates">
        {refused.map((g) => (
          <li key={g.rule} className="refused">
            <Icon name="cross" />
            <div>
              <strong>{gateSentence(g, t, lang)}</strong>
              <div className="small ink2">{remedySentence(g, t, lang)}</div>
            </div>
          </li>
        ))}
      </ul>
      {passed.length > 0 && (
        <p className="small muted">
          {t("gate.passed")}{" "}
          {listed(passed.map((g) => t(`rule.${g.rule}`) + (g.estimated ? t("gate.estimated") : "")))}
        </p>
      )}
    </div>
  );
}

/** The two sentences one reads first, under the name. */
export function ShortReasons({ line }: { line: Line }) {
  const { t, lang } = useTranslation("matching");
  const best = [...line.terms].sort((a, b) => b.points - a.points).slice(0, 3);
  return (
    <ul className="plain reasons small">
      {best.map((term) => (
        <li key={term.name}>
          <i className={`swatch t-${term.name}`} aria-hidden="true" />
          {termSentence(term, t, lang)}
        </li>
      ))}
    </ul>
  );
}

export const ScoreTag = ({ points }: { points: number }) => <Tag>{score(points)}</Tag>;

/** One place in a ranking: who or what it is, the points, and why; the sum opens on demand. */
export function RankCard({ line, title, children }: { line: Line; title: ReactNode; children: ReactNode }) {
  const { t } = useTranslation("matching");
  return (
    <Card>
      <article className="rankcard">
        <span className="rank num">{line.rank}</span>
        <div>
          <h2>{title}</h2>
          {children}
        </div>
        <div className="total num">
          {score(line.score)}
          <small>{t("points.of100")}</small>
        </div>
        <div className="wide stack tight">
          <PointsBar terms={line.terms} total={line.score} />
          <ShortReasons line={line} />
          <details>
            <summary>{t("points.show")}</summary>
            <PointsTable line={line} />
          </details>
        </div>
      </article>
    </Card>
  );
}
