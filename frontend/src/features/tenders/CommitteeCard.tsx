import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { DateTime } from "@/ui/values";

/** Who judges, how they were drawn, and who has declared; secret outside until the result. */
export function CommitteeCard({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  const c = tender.committee;
  if (!c || c.members.length === 0) return null;
  return (
    <Card title={t("committee.title")} aside={t("committee.size", { count: c.size })}>
      <ul className="plain stack tight">
        {c.members.map((m) => (
          <li key={m.personId ?? m.name} className="row between small">
            <span>
              {m.name} <span className="muted">{t(`committee.role.${m.role}`)}</span>
              {m.chair && <span className="muted"> · {t("committee.chair")}</span>}
            </span>
            {m.recused ? (
              <Tag tone="bad">{t("committee.recused")}</Tag>
            ) : (
              <Tag tone={m.declared ? "ok" : "wait"}>
                {t(m.declared ? "committee.declared" : "committee.undeclared")}
              </Tag>
            )}
          </li>
        ))}
      </ul>
      <details className="tiny muted">
        <summary>{t("committee.draw")}</summary>
        <p>
          {t("committee.drawText", { count: c.poolSize })} <DateTime at={c.drawnAt} />
        </p>
        <code>{c.seed}</code>
      </details>
    </Card>
  );
}
