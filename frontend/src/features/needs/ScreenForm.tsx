import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { api, ask } from "@/lib/api";
import { useTranslation } from "@/lib/i18n";
import { RadioGroup } from "@/ui/choices";
import { TextArea } from "@/ui/fields";
import { Loaded, Notice } from "@/ui/states";
import { ActForm } from "./ActForm";
import type { ActFormProps } from "./NeedActs";

/** The negative list, line by line: every line wants an answer, one yes ends it here. */
export function ScreenForm({ need, onClose }: ActFormProps) {
  const { t, lang } = useTranslation("needs");
  const [answers, setAnswers] = useState<Record<string, string>>({});
  const [note, setNote] = useState("");
  const route = need.route ?? "self";
  const list = useQuery({
    queryKey: ["exclusions", route],
    queryFn: async () =>
      (await ask(api.GET("/api/v1/needs/exclusions", { params: { query: { route } } }))).items,
  });
  const lines = list.data ?? [];
  const hit = lines.find((l) => answers[l.code] === "yes");
  const whole = lines.length > 0 && lines.every((l) => answers[l.code]);
  const body = {
    answers: lines.map((l) => ({ code: l.code, applies: answers[l.code] === "yes" })),
    ...(note.trim() ? { note: note.trim() } : {}),
  };
  return (
    <ActForm need={need} verb="screen" body={body} ready={whole && !hit} onClose={onClose}>
      <p className="small muted">{t("screen.why", { source: lines[0]?.source ?? "" })}</p>
      <Loaded query={list}>
        {(all) =>
          all.map((l) => (
            <RadioGroup
              key={l.code}
              label={lang === "zh" ? l.zh : l.en}
              layout="inline"
              value={answers[l.code] ?? ""}
              onChange={(v) => setAnswers((old) => ({ ...old, [l.code]: v }))}
              options={[
                { value: "no", label: t("screen.no") },
                { value: "yes", label: t("screen.yes") },
              ]}
            />
          ))
        }
      </Loaded>
      {hit && <Notice tone="bad">{t("screen.hit")}</Notice>}
      <TextArea label={t("screen.note")} optional maxLength={500} value={note} onChange={setNote} />
    </ActForm>
  );
}
