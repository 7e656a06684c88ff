import { useTranslation } from "@/lib/i18n";
import type { Workbench, WorkbenchBid } from "@/lib/procurement";
import { Card } from "@/ui/layout";

type Attachment = NonNullable<WorkbenchBid["technical"]>["attachments"][number];

/** What the bid says, right of what is judged. Attachments open from the sealed content itself. */
export function Evidence({ bench: w, bid: b }: { bench: Workbench; bid: WorkbenchBid }) {
  const { t } = useTranslation("scoring");
  const title = (id: string) =>
    w.criteria.find((c) => c.id === id)?.title ?? w.requirements.find((r) => r.id === id)?.text ?? id;
  return (
    <Card title={t("evidence.title", { name: b.supplier })} className="evidence">
      <div className="stack">
        {b.technical?.summary && (
          <section>
            <h3>{t("evidence.summary")}</h3>
            <p className="evidencetext">{b.technical.summary}</p>
          </section>
        )}
        {b.technical?.answers
          .filter((a) => a.text)
          .map((a) => (
            <section key={a.id}>
              <h3>{title(a.id)}</h3>
              <p className="evidencetext">{a.text}</p>
            </section>
          ))}
        <Files items={[...(b.technical?.attachments ?? []), ...(b.qualification?.attachments ?? [])]} />
      </div>
    </Card>
  );
}

function Files({ items }: { items: Attachment[] }) {
  const { t } = useTranslation("scoring");
  if (items.length === 0) return null;
  return (
    <section>
      <h3>{t("evidence.files")}</h3>
      <ul className="plain">
        {items.map((a) => (
          <li key={a.name}>
            <a href={`data:application/octet-stream;base64,${a.base64}`} download={a.name}>
              {a.name}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
