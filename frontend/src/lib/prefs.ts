/** How this device likes to see Linli: light or dark, and larger for older eyes. Token sets are switched by attributes on <html>. */
import { useSyncExternalStore } from "react";

export type Theme = "system" | "light" | "dark";
export interface Prefs {
  theme: Theme;
  elder: boolean;
}

const stored = "linli.prefs";
const listeners = new Set<() => void>();
let prefs: Prefs = read();

function read(): Prefs {
  try {
    const kept = JSON.parse(localStorage.getItem(stored) ?? "{}") as Partial<Prefs>;
    const theme = kept.theme === "light" || kept.theme === "dark" ? kept.theme : "system";
    return { theme, elder: kept.elder === true };
  } catch {
    return { theme: "system", elder: false };
  }
}

export function applyPrefs(): void {
  const root = document.documentElement;
  const dark =
    prefs.theme === "dark" ||
    (prefs.theme === "system" && globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches);
  root.dataset.theme = dark ? "dark" : "light";
  root.toggleAttribute("data-elder", prefs.elder);
}

export function setPrefs(patch: Partial<Prefs>): void {
  prefs = { ...prefs, ...patch };
  localStorage.setItem(stored, JSON.stringify(prefs));
  applyPrefs();
  for (const tell of listeners) tell();
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const usePrefs = (): Prefs => useSyncExternalStore(subscribe, () => prefs);
