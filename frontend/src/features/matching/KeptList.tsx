/** Kept rankings of a need or project, with the choices people made and the proof that they compute again. */
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { Button } from "@/ui/Button";
import { RadioGroup } from "@/ui/choices";
import { SidePanel } from "@/ui/Dialog";
import { Select, TextArea } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Tag } from "@/ui/Status";
import { ErrorState, Notice, ProblemNotice } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { type Kept, score } from "./model";

type ChoiceKind = "invite" | "shortlist" | "set_aside";
const choiceKinds: ChoiceKind[] = ["invite", "shortlist", "set_aside"];

export function KeptList({ list }: { list: Kept[] }) {
  const { t } = useTranslation("matching");
  const [open, setOpen] = useState("");
  const shown = list.find((k) => k.id === open);
  if (list.length === 0) return null;
  return (
    <Card title={t("kept.title")}>
      <ul className="plain stack tight">
        {list.map((k) => (
          <li key={k.id} className="row between">
            <span className="small">
              <DateTime at={k.drawnAt} />
              <br />
              <span className="muted">
                {k.drawnBy} · {t("kept.choices", { count: k.choices.length })}
              </span>
            </span>
            <Button small onClick={() => setOpen(k.id)}>
              {t("kept.open")}
            </Button>
          </li>
        ))}
      </ul>
      {shown && (
        <SidePanel open title={t("kept.one")} onClose={() => setOpen("")}>
          <KeptView key={shown.version} kept={shown} />
        </SidePanel>
      )}
    </Card>
  );
}

function KeptView({ kept }: { kept: Kept }) {
  const { t } = useTranslation("matching");
  const latest = new Map(kept.choices.map((c) => [c.organizationId, c]));
  return (
    <div className="stack">
      <p className="small muted">
        {t("kept.madeOf", {
          weights: kept.weights,
          engine: kept.engine,
          taxonomy: kept.taxonomy,
          considered: kept.considered,
        })}
      </p>
      <ol className="plain stack tight">
        {kept.lines.map((l) => {
          const choice = latest.get(l.organizationId);
          return (
            <li key={l.organizationId}>
              <div className="row between">
                <span>
                  <b className="num">{l.rank}</b> {l.name}
                </span>
                <span className="num">{score(l.score)}</span>
              </div>
              {choice && (
                <div className="small">
                  <Tag tone={choice.kind === "set_aside" ? "plain" : "ok"}>{t(`choice.${choice.kind}`)}</Tag>{" "}
                  {choice.reason}{" "}
                  <span className="muted">
                    {choice.byName} · <DateTime at={choice.at} />
                  </span>
                </div>
              )}
            </li>
          );
        })}
      </ol>
      {kept.mayChoose && <ChoiceForm kept={kept} />}
      <Proof kept={kept} />
    </div>
  );
}

function ChoiceForm({ kept }: { kept: Kept }) {
  const { t } = useTranslation("matching");
  const [organizationId, setOrganization] = useState("");
  const [kind, setKind] = useState<ChoiceKind>("invite");
  const [reason, setReason] = useState("");
  const write = useWrite(
    (body: { organizationId: string; kind: string; reason: string }, key) =>
      ask(
        api.POST("/api/v1/matchings/{id}/choices", {
          params: { path: { id: kept.id }, header: { ...ifMatch(kept.version), ...key } },
          body,
        }),
      ),
    { refresh: [["matchings"]] },
  );
  return (
    <Card title={t("choice.title")}>
      <div className="stack">
        <p className="small muted">{t("choice.notAward")}</p>
        <Select
          label={t("choice.who")}
          value={organizationId}
          onChange={setOrganization}
          options={kept.lines.map((l) => ({ value: l.organizationId, label: `${l.rank}. ${l.name}` }))}
        />
        <RadioGroup
          label={t("choice.what")}
          value={kind}
          onChange={(k) => setKind(k as ChoiceKind)}
          options={choiceKinds.map((k) => ({
            value: k,
            label: t(`choice.${k}`),
            help: t(`choice.${k}Help`),
          }))}
        />
        <TextArea label={t("choice.reason")} value={reason} onChange={setReason} maxLength={500} rows={2} />
        <ProblemNotice problem={write.error} />
        <div>
          <Button
            kind="primary"
            busy={write.isPending}
            disabled={!organizationId || !reason.trim()}
            onClick={() => write.mutate({ organizationId, kind, reason: reason.trim() })}
          >
            {t("choice.record")}
          </Button>
        </div>
      </div>
    </Card>
  );
}

/** Anybody who may see the ranking can have it computed again from what was stored. */
function Proof({ kept }: { kept: Kept }) {
  const { t } = useTranslation("matching");
  const query = useQuery({
    queryKey: ["matchings", kept.id, "proof"],
    enabled: false,
    queryFn: () => ask(api.GET("/api/v1/matchings/{id}/recomputed", { params: { path: { id: kept.id } } })),
  });
  return (
    <div className="stack tight">
      <p className="tiny muted">
        {t("proof.hash")} <code className="mono">{kept.inputsHash.slice(0, 16)}…</code>
      </p>
      <div>
        <Button small busy={query.isFetching} onClick={() => void query.refetch()}>
          {t("proof.button")}
        </Button>
      </div>
      {query.data && (
        <Notice tone={query.data.hashHolds && query.data.sameOrder ? "ok" : "bad"} live>
          {t(query.data.hashHolds && query.data.sameOrder ? "proof.holds" : "proof.broken")}
        </Notice>
      )}
      {query.isError && <ErrorState fault={query.error} />}
    </div>
  );
}
