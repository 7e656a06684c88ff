import { useTranslation } from "@/lib/i18n";
import type { Tender } from "@/lib/procurement";
import { Icon } from "@/ui/icons";
import { Card } from "@/ui/layout";
import { Notice } from "@/ui/states";

/** What still stands against the documents, in their order, with the rule behind it. */
export function Findings({ tender }: { tender: Tender }) {
  const { t } = useTranslation("tenders");
  if (tender.status !== "drafting" && tender.status !== "reviewed") return null;
  const blocking = tender.findings.filter((f) => f.block);
  return (
    <Card title={t("findings.title")} aside={t("findings.count", { count: blocking.length })}>
      {tender.reviewNote && <Notice tone="wait">{t("findings.note", { note: tender.reviewNote })}</Notice>}
      {tender.findings.length === 0 ? (
        <Notice tone="ok">{t("findings.none")}</Notice>
      ) : (
        <ul className="findings">
          {tender.findings.map((f, i) => (
            <li key={i}>
              <Icon name={f.block ? "alert" : "info"} size={18} />
              <span>
                <b>{t(`findings.where.${placeOf(f.path)}`)}</b>{" "}
                {t(`findings.${f.code.split(".").at(-1)}`, { text: f.text ?? "" })}
                <span className="block tiny muted">
                  {t("findings.rule", { rule: f.rule })}
                  {!f.block && ` · ${t("findings.warning")}`}
                </span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** "lots[0].criteria[2].title" → "criteria": the part of the form it is about. */
function placeOf(path: string): string {
  const parts = path.replace(/\[\d+\]/g, "").split(".");
  if (parts[0] === "document") return parts[1] ?? "document";
  if (parts[0] === "lots") return parts[1] ?? "lots";
  return parts[0] ?? "document";
}
