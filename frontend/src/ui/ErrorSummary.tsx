import { useEffect, useRef } from "react";
import { fieldSentence } from "@/lib/fieldwords";
import { useTranslation } from "@/lib/i18n";
import type { Problem } from "@/lib/problem";
import "./forms.css";

/** Field id → what is wrong with it. */
export type Errors = Record<string, string | undefined>;

export const hasErrors = (errors: Errors): boolean => Object.values(errors).some(Boolean);

/** A refusal's field details as form errors; `ids` maps JSON paths to field ids where they differ. */
export function errorsOf(problem: Problem | null | undefined, ids: Record<string, string> = {}): Errors {
  const out: Errors = {};
  for (const f of problem?.fields ?? []) out[ids[f.path] ?? f.path] = fieldSentence(f);
  return out;
}

/** On top of a form with more than one thing to mend: takes the focus, links to each field. */
export function ErrorSummary({ errors }: { errors: Errors }) {
  const { t } = useTranslation("ui");
  const box = useRef<HTMLDivElement>(null);
  const entries = Object.entries(errors).filter((e): e is [string, string] => Boolean(e[1]));
  const print = entries.map(([id]) => id).join();
  useEffect(() => {
    if (print) box.current?.focus();
  }, [print]);
  if (entries.length === 0) return null;
  return (
    <div className="errorsummary" role="alert" tabIndex={-1} ref={box}>
      <h2>{t("errorSummary", { count: entries.length })}</h2>
      <ul>
        {entries.map(([id, text]) => (
          <li key={id}>
            <a
              href={`#${id}`}
              onClick={(event) => {
                event.preventDefault();
                document.getElementById(id)?.focus();
              }}
            >
              {text}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}

/** "草稿已保存在这台设备上 10:42" beside the submit button. */
export function DraftSaved({ at }: { at: Date | undefined }) {
  const { t, lang } = useTranslation("ui");
  if (!at) return null;
  const clock = at.toLocaleTimeString(lang === "zh" ? "zh-CN" : "en-GB", {
    hour: "2-digit",
    minute: "2-digit",
  });
  return (
    <span className="savedraft" role="status">
      {t("draftSaved", { time: clock })}
    </span>
  );
}
