import { useEffect, useRef, useState } from "react";
import { api, ask, ifMatch } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { type Criterion, parsePoints, points, type Workbench, type WorkbenchBid } from "@/lib/procurement";
import { useWrite } from "@/lib/query";
import { RadioGroup } from "@/ui/choices";
import { TextField } from "@/ui/fields";
import { Card } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";

interface Entry {
  text: string;
  reason: string;
}

const autosaveMs = 900;

const inGrade = (c: Criterion, p: number | null): p is number =>
  p !== null && c.grades.some((g) => p >= g.min && p <= g.max);

/** One member's scores for one bidder, saved by themselves while they are valid. */
export function Sheet({ bench: w, bid: b }: { bench: Workbench; bid: WorkbenchBid }) {
  const { t } = useTranslation("scoring");
  const [entries, setEntries] = useState<Record<string, Entry>>(() =>
    Object.fromEntries(
      (b.sheet?.scores ?? []).map((s) => [s.criterionId, { text: points(s.points), reason: s.reason ?? "" }]),
    ),
  );
  const version = useRef(b.sheet?.version ?? 0);
  const touched = useRef(false);
  const signed = Boolean(b.sheet?.signedAt);
  const line = useRef<Promise<unknown>>(Promise.resolve());
  const save = useWrite(
    (scores: { criterionId: string; points: number; reason: string }[], key) => {
      // One save after the other: each builds on the version the one before it made.
      const next = line.current
        .catch(() => undefined)
        .then(() =>
          ask(
            api.PUT("/api/v1/lots/{lotId}/sheets/{bidId}", {
              params: {
                path: { lotId: w.lotId, bidId: b.id },
                header: { ...(version.current ? ifMatch(version.current) : {}), ...key },
              },
              body: { scores },
            }),
          ),
        )
        .then((out) => {
          version.current = out.version;
          return out;
        });
      line.current = next;
      return next;
    },
    { refresh: [["tenders"]] },
  );
  const valid = w.criteria.flatMap((c) => {
    const entry = entries[c.id];
    const p = parsePoints(entry?.text ?? "");
    return inGrade(c, p) ? [{ criterionId: c.id, points: p, reason: entry?.reason ?? "" }] : [];
  });
  const total = valid.reduce((sum, s) => sum + s.points, 0);
  const print = JSON.stringify(valid);
  const saveNow = save.mutate;
  useEffect(() => {
    if (!touched.current || signed) return;
    const timer = setTimeout(() => saveNow(JSON.parse(print)), autosaveMs);
    return () => clearTimeout(timer);
  }, [print, signed, saveNow]);

  const change = (id: string, patch: Partial<Entry>) => {
    touched.current = true;
    setEntries((all) => ({ ...all, [id]: { ...(all[id] ?? { text: "", reason: "" }), ...patch } }));
  };
  const missing = w.criteria.length - valid.length;
  return (
    <Card
      title={b.supplier}
      aside={
        <span className="num" role="status">
          {t("sheets.total", { total: points(total) })} ·{" "}
          {missing ? t("sheets.missing", { missing, of: w.criteria.length }) : t("sheets.complete")}
        </span>
      }
    >
      <div className="stack">
        {signed && <Notice tone="ok">{t("sheets.locked")}</Notice>}
        {w.criteria.map((c) => (
          <CriterionField
            key={c.id}
            criterion={c}
            entry={entries[c.id]}
            disabled={signed}
            onChange={(patch) => change(c.id, patch)}
          />
        ))}
        <ProblemNotice problem={save.error} />
        <span className="tiny muted" role="status">
          {save.isPending ? t("sheets.saving") : save.isSuccess ? t("sheets.saved") : ""}
        </span>
      </div>
    </Card>
  );
}

interface FieldOf {
  criterion: Criterion;
  entry: Entry | undefined;
  disabled: boolean;
  onChange: (patch: Partial<Entry>) => void;
}

function CriterionField({ criterion: c, entry, disabled, onChange }: FieldOf) {
  const { t } = useTranslation("scoring");
  const value = entry?.text ?? "";
  const p = parsePoints(value);
  const wrong = value !== "" && !inGrade(c, p);
  const label = t("sheets.criterion", { title: c.title, max: points(c.max) });
  if (c.objective) {
    return (
      <RadioGroup
        label={label}
        help={c.guidance || t("sheets.objective")}
        value={p === null ? "" : String(p)}
        onChange={(v) => onChange({ text: points(Number(v)) })}
        options={c.grades.map((g) => ({
          value: String(g.max),
          label: `${g.text} · ${points(g.max)}`,
          disabled,
        }))}
      />
    );
  }
  return (
    <div className="criterion">
      <TextField
        label={label}
        help={
          <>
            {c.guidance && <span className="block">{c.guidance}</span>}
            {c.grades.map((g) => (
              <span key={g.text} className="block">
                {g.text} <span className="num">{`${points(g.min)}–${points(g.max)}`}</span>
              </span>
            ))}
          </>
        }
        error={wrong ? t("sheets.outOfRange") : undefined}
        inputMode="decimal"
        className="short"
        disabled={disabled}
        value={value}
        onChange={(text) => onChange({ text })}
      />
      <TextField
        label={t("sheets.reason")}
        optional
        maxLength={300}
        disabled={disabled}
        value={entry?.reason ?? ""}
        onChange={(reason) => onChange({ reason })}
      />
    </div>
  );
}
