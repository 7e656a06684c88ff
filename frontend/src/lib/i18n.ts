/**
 * Words in two languages. One namespace per area (`locales/<lang>/<area>.json`), loaded when
 * a page of that area opens. Four namespaces are gathered from a file per area: `problems`
 * (titles of fault codes, shared with the server), `status` (names of lifecycle states), `action` (verbs of
 * lifecycles) and `nav` (entries of the work place).
 *
 * This is our own because i18next with its React binding weighs 18 kB of the 130 kB a public
 * page may cost (docs/adr); we use lookup, `{{name}}` and plurals, and nothing else.
 */

import { load as fetchWords } from "virtual:words";
import { use, useCallback, useSyncExternalStore } from "react";

export type Lang = "zh" | "en";
export type Params = Record<string, string | number>;
export type Translate = (key: string, params?: Params) => string;
type Dict = { [key: string]: string | Dict };

const stored = "linli.lang";

const dicts: Record<Lang, Map<string, Dict>> = { zh: new Map(), en: new Map() };
const pending = new Map<string, Promise<void>>();
const listeners = new Set<() => void>();
let lang: Lang = firstLang();

function firstLang(): Lang {
  const kept = globalThis.localStorage?.getItem(stored);
  if (kept === "zh" || kept === "en") return kept;
  return globalThis.navigator?.language?.startsWith("en") ? "en" : "zh";
}

function load(l: Lang, namespace: string): Promise<void> {
  const id = `${l}/${namespace}`;
  let job = pending.get(id);
  if (!job) {
    job = fetchWords(l, namespace)
      .then((words) => {
        dicts[l].set(namespace, { ...dicts[l].get(namespace), ...words });
      })
      .catch((fault: unknown) => {
        pending.delete(id); // the next attempt may find the network again
        throw fault;
      });
    pending.set(id, job);
  }
  return job;
}

/** Loads namespaces in the language in use; routes call it before they render. */
export async function ensureWords(...namespaces: string[]): Promise<void> {
  await Promise.all(namespaces.map((n) => load(lang, n)));
}

export const currentLang = (): Lang => lang;

/** Words in a row: "甲、乙" or "a, b". */
export const listed = (words: string[], l: Lang = lang): string => words.join(l === "zh" ? "、" : ", ");

/** The BCP 47 tag for `<html lang>`, `Intl` and `Accept-Language`. */
export const localeOf = (l: Lang): string => (l === "zh" ? "zh-CN" : "en");

/** Switches without a reload: everything shown so far is loaded first, so that no key flashes by. */
export async function setLang(next: Lang): Promise<void> {
  const shown = [...dicts[lang].keys()];
  await Promise.all(shown.map((n) => load(next, n)));
  lang = next;
  globalThis.localStorage?.setItem(stored, next);
  applyLang();
  for (const tell of listeners) tell();
}

export function applyLang(): void {
  document.documentElement.lang = localeOf(lang);
}

function find(dict: Dict | undefined, key: string): string | undefined {
  if (!dict) return undefined;
  const flat = dict[key];
  if (typeof flat === "string") return flat;
  let node: string | Dict | undefined = dict;
  for (const part of key.split(".")) {
    if (typeof node !== "object") return undefined;
    node = node[part];
  }
  return typeof node === "string" ? node : undefined;
}

function pluralKeys(l: Lang, key: string, params?: Params): string[] {
  if (typeof params?.count !== "number") return [key];
  return [`${key}_${new Intl.PluralRules(localeOf(l)).select(params.count)}`, `${key}_other`, key];
}

const fill = (text: string, params?: Params) =>
  text.replace(/\{\{\s*(\w+)\s*\}\}/g, (whole, name: string) => String(params?.[name] ?? whole));

/** Looks a key up ("list.title" in `namespace`, or "needs:list.title"); undefined when nobody wrote it. */
export function lookup(l: Lang, namespace: string, key: string, params?: Params): string | undefined {
  const colon = key.indexOf(":");
  const ns = colon > 0 ? key.slice(0, colon) : namespace;
  const rest = colon > 0 ? key.slice(colon + 1) : key;
  for (const k of pluralKeys(l, rest, params)) {
    const text = find(dicts[l].get(ns), k);
    if (text !== undefined) return fill(text, params);
  }
  return undefined;
}

/** Outside React (document titles, problems); the namespace must be loaded. Unknown keys show themselves. */
export const translate: Translate = (key, params) => lookup(lang, "ui", key, params) ?? key;

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useLang = (): Lang => useSyncExternalStore(subscribe, currentLang, currentLang);

/**
 * Words that are already here. `use` is asked in every render, also when a suspended one is
 * played again: only then does React know that the hooks behind it are new.
 */
const here = Object.assign(Promise.resolve(), { status: "fulfilled", value: undefined });

/** Words of one area inside a component; suspends while the namespace travels. */
export function useTranslation(namespace = "ui"): { t: Translate; lang: Lang } {
  const l = useLang();
  use(dicts[l].has(namespace) ? here : load(l, namespace));
  const t = useCallback<Translate>((key, params) => lookup(l, namespace, key, params) ?? key, [l, namespace]);
  return { t, lang: l };
}

/** Tests put words in directly. */
export function addWords(l: Lang, namespace: string, dict: Dict): void {
  dicts[l].set(namespace, { ...dicts[l].get(namespace), ...dict });
}
