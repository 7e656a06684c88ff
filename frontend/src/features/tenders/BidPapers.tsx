import { useTranslation } from "@/lib/i18n";
import { points, type Workbench, type WorkbenchBid } from "@/lib/procurement";
import { Card, KeyValue } from "@/ui/layout";
import { Notice } from "@/ui/states";

/** What one opened bid says, folded until it is asked for. */
export function BidPapers({ bench: w, bid: b }: { bench: Workbench; bid: WorkbenchBid }) {
  const { t } = useTranslation("tenders");
  const q = b.qualification;
  if (!q && !b.technical) return null;
  return (
    <Card title={b.supplier}>
      <div className="stack">
        {b.linked && <Notice tone="bad">{t("papers.linked")}</Notice>}
        {q && !q.declared && <Notice tone="wait">{t("papers.undeclared")}</Notice>}
        {q && (
          <KeyValue
            items={[
              { label: t("papers.legalName"), value: q.legalName },
              { label: t("papers.uscc"), value: <span className="num">{q.uscc}</span> },
              { label: t("papers.legalRep"), value: q.legalRep },
              { label: t("papers.size"), value: t(`word.size.${q.sizeClass}`) },
            ]}
          />
        )}
        <details>
          <summary>{t("papers.open")}</summary>
          <div className="stack">
            {q?.answers.map((a) => (
              <section key={a.id}>
                <h3>{w.qualifications.find((c) => c.id === a.id)?.text ?? a.id}</h3>
                <p className="tendertext">{a.text}</p>
              </section>
            ))}
            {b.technical?.summary && <p className="tendertext">{b.technical.summary}</p>}
            {b.technical?.answers.map((a) => (
              <section key={a.id}>
                <h3>{w.criteria.find((c) => c.id === a.id)?.title ?? a.id}</h3>
                <p className="tendertext">{a.text}</p>
              </section>
            ))}
          </div>
        </details>
        {b.averages.length > 0 && (
          <KeyValue
            items={b.averages.map((s) => ({
              label: s.title,
              value: (
                <span className="num">
                  {t("papers.average", { n: points(s.average), max: points(s.max) })}
                </span>
              ),
            }))}
          />
        )}
        {b.review && (
          <Notice tone="wait">
            <strong>
              {t("papers.review", {
                why: b.review.triggers.map((x) => t(`papers.trigger.${x}`)).join(" · "),
              })}
            </strong>
            {b.review.proof && <p className="tendertext">{b.review.proof}</p>}
            {b.review.reason && <p>{b.review.reason}</p>}
          </Notice>
        )}
      </div>
    </Card>
  );
}
