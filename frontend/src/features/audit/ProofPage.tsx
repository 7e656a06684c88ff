import { useMutation } from "@tanstack/react-query";
import { type ChangeEvent, type FormEvent, useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { asProblem } from "@/lib/problem";
import { Button } from "@/ui/Button";
import { useFilters } from "@/ui/Chips";
import { Field, TextField } from "@/ui/fields";
import { Card, KeyValue, PageHead } from "@/ui/layout";
import { Notice, ProblemNotice } from "@/ui/states";
import { Count, DateTime } from "@/ui/values";
import { judge, type Proof } from "./merkle";
import "./audit.css";

/** Check a thread yourself: the browser computes the fingerprint and compares it with a kept proof. */
export default function ProofPage() {
  const { t } = useTranslation("audit");
  const [filters, setFilters] = useFilters<"code">();
  const [code, setCode] = useState(filters.code ?? "");
  const [kept, setKept] = useState<Proof>();
  const [unreadable, setUnreadable] = useState(false);
  const check = useMutation({
    mutationFn: async (asked: string) => {
      const today = await ask(api.GET("/api/v1/threads/{code}/proof", { params: { path: { code: asked } } }));
      return { today, verdict: await judge(today, kept?.code === asked ? kept : undefined) };
    },
  });
  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0];
    setUnreadable(false);
    setKept(undefined);
    if (!file) return;
    const proof = readProof(await file.text());
    setUnreadable(!proof);
    if (!proof) return;
    setKept(proof);
    setCode(proof.code);
  }
  function submit(event: FormEvent) {
    event.preventDefault();
    const asked = code.trim().toUpperCase();
    if (!asked) return;
    setFilters({ code: asked });
    check.mutate(asked);
  }
  return (
    <>
      <PageHead title={t("proof.title")} sub={t("proof.lead")} />
      <div className="stack measure">
        <Card>
          <form className="stack" onSubmit={submit}>
            <TextField
              label={t("proof.code")}
              placeholder="XQ-2026-000001"
              className="short"
              value={code}
              onChange={setCode}
            />
            <Field
              label={t("proof.file")}
              help={t("proof.fileHelp")}
              optional
              error={unreadable ? t("proof.unreadable") : undefined}
            >
              {(w) => (
                <input {...w} type="file" accept="application/json,.json" onChange={(e) => void choose(e)} />
              )}
            </Field>
            <div className="row">
              <Button kind="primary" type="submit" busy={check.isPending}>
                {t("proof.do")}
              </Button>
            </div>
          </form>
        </Card>
        {check.isError && <ProblemNotice problem={asProblem(check.error)} />}
        {check.data && <Result {...check.data} kept={kept} />}
        <HowTo />
      </div>
    </>
  );
}

/** A kept proof as it was downloaded; undefined for any other file. */
function readProof(text: string): Proof | undefined {
  try {
    const found = JSON.parse(text) as Partial<Proof>;
    return found.code && found.fingerprint && Array.isArray(found.leaves) ? (found as Proof) : undefined;
  } catch {
    return undefined;
  }
}

function Result({
  today,
  verdict,
  kept,
}: {
  today: Proof;
  verdict: Awaited<ReturnType<typeof judge>>;
  kept?: Proof;
}) {
  const { t } = useTranslation("audit");
  const fine = verdict.rootOk && verdict.changed.length === 0;
  const key = !verdict.rootOk
    ? "root"
    : verdict.changed.length > 0
      ? "changed"
      : verdict.compared
        ? "same"
        : "fine";
  return (
    <Card title={today.code}>
      <div className="stack">
        <Notice tone={fine ? "ok" : "bad"} live>
          {t(`proof.result.${key}`, { count: verdict.changed.length, added: verdict.added })}
        </Notice>
        <KeyValue
          items={[
            { label: t("verify.records"), value: <Count n={today.leaves.length} /> },
            kept && verdict.compared && { label: t("proof.keptAt"), value: <DateTime at={kept.asOf} /> },
            { label: t("proof.fingerprint"), value: <code className="hash">{today.fingerprint}</code> },
            verdict.changed.length > 0 && { label: t("proof.which"), value: verdict.changed.join(", ") },
          ]}
        />
      </div>
    </Card>
  );
}

function HowTo() {
  const { t } = useTranslation("audit");
  return (
    <Card title={t("proof.howTitle")}>
      <ol className="stack tight">
        {["how1", "how2", "how3", "how4"].map((k) => (
          <li key={k}>{t(`proof.${k}`)}</li>
        ))}
      </ol>
    </Card>
  );
}
