/** "Why not this one": any organisation, every gate, and for one that suits the terms it is behind in. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { ComboBox } from "@/ui/ComboBox";
import { Card } from "@/ui/layout";
import { Loaded, Notice } from "@/ui/states";
import { type SubjectKind, score } from "./model";
import { Gates, PointsTable } from "./parts";

export function WhyNot({ kind, subjectId }: { kind: SubjectKind; subjectId: string }) {
  const { t } = useTranslation("matching");
  const [words, setWords] = useState("");
  const [chosen, setChosen] = useState("");
  const found = useQuery({
    queryKey: ["organizations", "search", words],
    enabled: words.trim().length > 0,
    queryFn: async () =>
      (await ask(api.GET("/api/v1/organizations", { params: { query: { q: words.trim(), limit: 10 } } })))
        .items,
  });
  const options = (found.data ?? []).map((o) => ({ value: o.id, label: o.name, note: t(`kind.${o.kind}`) }));
  return (
    <Card title={t("whyNot.title")}>
      <div className="stack">
        <p className="muted">{t("whyNot.text")}</p>
        <ComboBox
          label={t("whyNot.who")}
          value={chosen}
          onChange={setChosen}
          options={options}
          onSearch={setWords}
          optional
        />
        {chosen && <Answer key={chosen} kind={kind} subjectId={subjectId} organizationId={chosen} />}
      </div>
    </Card>
  );
}

function Answer({
  kind,
  subjectId,
  organizationId,
}: {
  kind: SubjectKind;
  subjectId: string;
  organizationId: string;
}) {
  const { t } = useTranslation("matching");
  const query = useQuery({
    queryKey: ["matching", kind, subjectId, organizationId],
    queryFn: () =>
      ask(
        api.GET("/api/v1/matching/{kind}/{id}/suppliers/{organizationId}", {
          params: { path: { kind, id: subjectId, organizationId } },
        }),
      ),
  });
  return (
    <Loaded query={query} lines={4}>
      {(a) =>
        a.possible ? (
          <div className="stack">
            <Notice tone={a.line.rank > 0 ? "ok" : "info"} live>
              {a.line.rank > 0
                ? t("whyNot.ranked", { rank: a.line.rank })
                : t("whyNot.behind", { missing: score(a.best - a.line.score) })}
              {a.losses.length > 0 &&
                ` ${t("whyNot.losses", {
                  terms: a.losses
                    .slice(0, 2)
                    .map((l) => t("whyNot.loss", { term: t(`term.${l.name}.name`), points: score(l.points) }))
                    .join(t("whyNot.and")),
                })}`}
            </Notice>
            <PointsTable line={a.line} />
          </div>
        ) : (
          <div className="stack">
            <Notice tone="bad" live>
              {t("whyNot.refused", { name: a.line.name })}
            </Notice>
            <Gates gates={a.line.gates} />
            <p className="small muted">{t("whyNot.appeal")}</p>
          </div>
        )
      }
    </Loaded>
  );
}
