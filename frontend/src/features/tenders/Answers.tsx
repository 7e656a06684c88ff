import { useQuery } from "@tanstack/react-query";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { Card } from "@/ui/layout";
import { Status } from "@/ui/Status";
import { DateTime } from "@/ui/values";

/** Answered inquiries, which everybody may read: one supplier's question helps all of them. */
export function Answers({ tenderId }: { tenderId: string }) {
  const { t } = useTranslation("tenders");
  const query = useQuery({
    queryKey: ["tenders", tenderId, "challenges"],
    queryFn: () => ask(api.GET("/api/v1/tenders/{id}/challenges", { params: { path: { id: tenderId } } })),
  });
  const items = query.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Card title={t("answers.title")}>
      <div className="stack">
        {items.map((c) => (
          <section key={c.id}>
            <div className="row between">
              <h3>{c.title}</h3>
              <Status machine="challenge" state={c.status} />
            </div>
            <p className="tendertext">{c.text}</p>
            {c.answer && (
              <p className="tendertext notice ok">
                {c.answer}
                <span className="block tiny muted">
                  <DateTime at={c.answeredAt} />
                </span>
              </p>
            )}
          </section>
        ))}
      </div>
    </Card>
  );
}
