/**
 * Drafts of forms, kept on the device: a neighbour may lose the network, and what is not yet
 * submitted is nobody else's business. They expire so that a shared phone forgets.
 */
import { useCallback, useEffect, useRef, useState } from "react";

const prefix = "linli.draft.";
const keepDays = 30;

interface Kept<T> {
  savedAt: number;
  value: T;
}

export function readDraft<T>(name: string): Kept<T> | undefined {
  const text = localStorage.getItem(prefix + name);
  if (!text) return undefined;
  try {
    const kept = JSON.parse(text) as Kept<T>;
    if (Date.now() - kept.savedAt < keepDays * 86_400_000) return kept;
  } catch {
    // An unreadable draft is dropped below, like one that is too old.
  }
  localStorage.removeItem(prefix + name);
  return undefined;
}

export function dropDraft(name: string): void {
  localStorage.removeItem(prefix + name);
}

/** Writes a draft; false when the device has no room, and then the page must say so. */
export function writeDraft<T>(name: string, value: T): boolean {
  try {
    localStorage.setItem(prefix + name, JSON.stringify({ savedAt: Date.now(), value }));
    return true;
  } catch {
    return false;
  }
}

export interface Draft<T> {
  value: T;
  set: (patch: Partial<T>) => void;
  /** When the draft was last saved; undefined before the first change. */
  savedAt?: Date;
  /** True when the values came from an earlier visit. */
  resumed: boolean;
  clear: () => void;
}

/** Form state that survives a reload. `name` identifies form and object: "need.new", "bid.<tender>". */
export function useDraft<T extends object>(name: string, initial: T): Draft<T> {
  const [kept] = useState(() => readDraft<T>(name));
  const [value, setValue] = useState<T>(() => ({ ...initial, ...kept?.value }));
  const [savedAt, setSavedAt] = useState<Date | undefined>(() => (kept ? new Date(kept.savedAt) : undefined));
  const touched = useRef(false);
  const start = useRef(initial);

  useEffect(() => {
    if (!touched.current) return;
    const timer = setTimeout(() => {
      if (writeDraft(name, value)) setSavedAt(new Date());
    }, 400);
    return () => clearTimeout(timer);
  }, [name, value]);

  const set = useCallback((patch: Partial<T>) => {
    touched.current = true;
    setValue((old) => ({ ...old, ...patch }));
  }, []);

  const clear = useCallback(() => {
    touched.current = false;
    dropDraft(name);
    setSavedAt(undefined);
    setValue(start.current);
  }, [name]);

  return { value, set, savedAt, resumed: kept !== undefined, clear };
}
