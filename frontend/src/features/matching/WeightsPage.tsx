import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { useWrite } from "@/lib/query";
import { ActDialog } from "@/ui/ActDialog";
import { Button } from "@/ui/Button";
import { FormDialog } from "@/ui/FormDialog";
import { Field, TextArea } from "@/ui/fields";
import { Card, PageHead } from "@/ui/layout";
import { Status, Tag } from "@/ui/Status";
import { Loaded, Notice } from "@/ui/states";
import { DateTime } from "@/ui/values";
import { score, type Weights } from "./model";
import "./matching.css";

type Values = Weights["values"];

const terms = ["fit", "reach", "slack", "grade", "track", "price"] as const;
const constants = [
  "fitPerLevelUp",
  "fitPerLevelDown",
  "reachUnknown",
  "priceFull",
  "priceUnknown",
  "trackMean",
  "trackShrink",
] as const;

/** What a term is worth: proposed by one person, approved by another, in force for everybody at once. */
export default function WeightsPage() {
  const { t } = useTranslation("matching");
  const [open, setOpen] = useState(false);
  const query = useQuery({ queryKey: ["weights"], queryFn: () => ask(api.GET("/api/v1/matching-weights")) });
  return (
    <Loaded query={query}>
      {(list) => {
        const inForce = list.items.find((w) => w.inForce);
        return (
          <>
            <PageHead
              title={t("weights.title")}
              sub={t("weights.sub")}
              actions={
                list.mayPropose && (
                  <Button kind="primary" icon="plus" onClick={() => setOpen(true)}>
                    {t("weights.propose")}
                  </Button>
                )
              }
            />
            <div className="stack">
              {list.items.map((w) => (
                <WeightsCard key={w.code + w.version} w={w} inForce={inForce} />
              ))}
            </div>
            {open && inForce && <ProposeDialog from={inForce.values} onClose={() => setOpen(false)} />}
          </>
        );
      }}
    </Loaded>
  );
}

function WeightsCard({ w, inForce }: { w: Weights; inForce: Weights | undefined }) {
  const { t } = useTranslation("matching");
  const [verb, setVerb] = useState<"approve" | "reject">();
  const changed = (k: keyof Values) => inForce && !w.inForce && inForce.values[k] !== w.values[k];
  let at = 0;
  return (
    <Card
      title={w.code}
      aside={
        w.inForce ? (
          <Tag tone="ok">{t("weights.inForce")}</Tag>
        ) : (
          <Status machine="weights" state={w.status} />
        )
      }
    >
      <div className="stack">
        <p className="measure">{w.id ? w.rationale : t("weights.builtIn")}</p>
        <svg className="pointsbar" height="14" aria-hidden="true">
          {terms.map((k) => {
            const x = at;
            at += w.values[k];
            return (
              <rect
                key={k}
                className={`seg t-${k}`}
                x={`${x / 100}%`}
                width={`${w.values[k] / 100}%`}
                height="14"
              />
            );
          })}
        </svg>
        <table className="points">
          <caption className="visually-hidden">{t("weights.table", { code: w.code })}</caption>
          <tbody>
            {terms.map((k) => (
              <tr key={k}>
                <th scope="row">
                  <i className={`swatch t-${k}`} aria-hidden="true" />
                  {t(`term.${k}.name`)}
                </th>
                <td className="muted">{t(`weights.why.${k}`)}</td>
                <td className="r">
                  <strong>{score(w.values[k])}</strong>
                  {changed(k) && (
                    <div className="small muted">
                      {t("weights.before", { value: score(inForce?.values[k] ?? 0) })}
                    </div>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <details>
          <summary>{t("weights.constants")}</summary>
          <table className="points">
            <caption className="visually-hidden">{t("weights.constants")}</caption>
            <tbody>
              {constants.map((k) => (
                <tr key={k}>
                  <th scope="row">{t(`constant.${k}`)}</th>
                  <td className="r">{k === "trackShrink" ? w.values[k] : score(w.values[k])}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
        {w.proposedBy && (
          <p className="small muted">
            {t("weights.proposedBy", { name: w.proposedBy })} <DateTime at={w.proposedAt} />
            {w.decidedBy && (
              <>
                {" · "}
                {t("weights.decidedBy", { name: w.decidedBy })} <DateTime at={w.decidedAt} />：{w.reason}
              </>
            )}
          </p>
        )}
        {w.mayDecide && (
          <div className="row">
            <Button kind="primary" onClick={() => setVerb("approve")}>
              {t("weights.approve")}
            </Button>
            <Button onClick={() => setVerb("reject")}>{t("weights.reject")}</Button>
          </div>
        )}
        {verb && <DecideDialog w={w} verb={verb} onClose={() => setVerb(undefined)} />}
      </div>
    </Card>
  );
}

function DecideDialog({ w, verb, onClose }: { w: Weights; verb: "approve" | "reject"; onClose: () => void }) {
  const { t } = useTranslation("matching");
  const path =
    verb === "approve" ? "/api/v1/matching-weights/{id}/approve" : "/api/v1/matching-weights/{id}/reject";
  const write = useWrite(
    (body: { reason: string }, key) =>
      ask(
        api.POST(path, { params: { path: { id: w.id }, header: { ...ifMatch(w.version), ...key } }, body }),
      ),
    { refresh: [["weights"], ["matching"], ["opportunities"], ["todos"]], onDone: onClose },
  );
  return (
    <ActDialog
      title={t(`weights.${verb}`)}
      text={t(`weights.${verb}Text`)}
      ask={{ label: t("choice.reason") }}
      write={write}
      onSubmit={(reason) => write.mutate({ reason })}
      onClose={onClose}
    />
  );
}

/** Points as people type them: 25 or 25.5 of 100. */
const toPoints = (text: string) =>
  /^\d{1,3}(\.\d{1,2})?$/.test(text) ? Math.round(Number(text) * 100) : Number.NaN;

function ProposeDialog({ from, onClose }: { from: Values; onClose: () => void }) {
  const { t } = useTranslation("matching");
  const [texts, setTexts] = useState<Record<string, string>>(() =>
    Object.fromEntries(terms.map((k) => [k, String(from[k] / 100)])),
  );
  const [rationale, setRationale] = useState("");
  const values: Values = { ...from };
  for (const k of terms) values[k] = toPoints(texts[k] ?? "");
  const sum = terms.reduce((s, k) => s + values[k], 0);
  const write = useWrite(
    (body: { values: Values; rationale: string }, key) =>
      ask(api.POST("/api/v1/matching-weights", { params: { header: key }, body })),
    { refresh: [["weights"]], onDone: onClose },
  );
  return (
    <FormDialog
      title={t("weights.propose")}
      ready={sum === 10_000 && rationale.trim() !== ""}
      write={write}
      onSubmit={() => write.mutate({ values, rationale: rationale.trim() })}
      onClose={onClose}
    >
      <p>{t("weights.proposeText")}</p>
      <div className="weightsgrid">
        {terms.map((k) => (
          <Field
            key={k}
            label={t(`term.${k}.name`)}
            error={Number.isNaN(values[k]) ? t("weights.notPoints") : undefined}
          >
            {(wiring) => (
              <input
                {...wiring}
                className="input"
                inputMode="decimal"
                value={texts[k]}
                onChange={(e) => setTexts({ ...texts, [k]: e.target.value })}
              />
            )}
          </Field>
        ))}
      </div>
      <Notice tone={sum === 10_000 ? "ok" : "wait"} live>
        {t("weights.sum", { sum: Number.isNaN(sum) ? "—" : score(sum) })}
      </Notice>
      <TextArea
        label={t("weights.rationale")}
        help={t("weights.rationaleHelp")}
        value={rationale}
        onChange={setRationale}
        maxLength={1000}
      />
    </FormDialog>
  );
}
