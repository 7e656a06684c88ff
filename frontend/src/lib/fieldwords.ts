/**
 * What is wrong with one input, as a sentence in the language in use. The server names the
 * input, a code and an English remark; the words come from `locales/<lang>/fields.json`:
 * a sentence of its own, else one by the limits in the remark, else one by the code.
 */
import { currentLang, type Lang, lookup } from "./i18n";
import type { FieldProblem } from "./problem";

type Detail = Omit<FieldProblem, "path"> & { path: string };

const word = (lang: Lang, key: string, params?: Record<string, string>) =>
  lookup(lang, "fields", key, params);

/** "milestones[1].amountFen" → "amountFen". */
const leafOf = (path: string): string => path.match(/([A-Za-z]+)(?:\[\d+\])?$/)?.[1] ?? "";

/** The name of an input, undefined where nobody wrote one. */
export const fieldName = (path: string): string | undefined => word(currentLang(), `names.${leafOf(path)}`);

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

export function fieldSentence(field: Detail): string {
  const lang = currentLang();
  const exact = word(lang, `exact.${field.code}_${leafOf(field.path)}`);
  if (exact) return exact;
  // A remark of one word is a value, not a sentence.
  if (lang === "en" && field.message.includes(" ")) return upper(field.message);
  const name = fieldName(field.path) ?? word(lang, "names.this") ?? field.path;
  const code = field.code.replace(/^.*\./, "");
  const found =
    byLimits(lang, field.message, name) ??
    word(lang, `sentences.${code}`, { name }) ??
    word(lang, "sentences.other", { name });
  return upper(found ?? field.message);
}

/** "1 to 200 characters", "at most 6", "between 1 and 5". */
function byLimits(lang: Lang, remark: string, name: string): string | undefined {
  const unit = /characters|letters|bytes/.test(remark)
    ? "letters"
    : /digits/.test(remark)
      ? "digits"
      : "figure";
  const [, min = "", max = ""] = remark.match(/(\d[\d,]*) (?:to|and) (\d[\d,]*)/) ?? [];
  if (max) return word(lang, `limits.${unit}_between`, { name, min, max });
  const [, most = ""] = remark.match(/^at most (\d[\d,]*)/) ?? [];
  if (most) return word(lang, `limits.${unit}_most`, { name, max: most });
  const [, least = ""] = remark.match(/^at least (\d[\d,]*)/) ?? [];
  return least ? word(lang, `limits.${unit}_least`, { name, min: least }) : undefined;
}
