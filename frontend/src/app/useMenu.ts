import { type RefObject, useEffect, useRef, useState } from "react";

interface Menu<T extends HTMLElement> {
  open: boolean;
  setOpen: (open: boolean) => void;
  /** The button that opens it. */
  opener: RefObject<HTMLButtonElement | null>;
  /** What opens. */
  box: RefObject<T | null>;
}

/**
 * The menu of a narrow screen. Opening leads the keyboard into it, Escape leads back to its
 * button; it closes when the page changes and when the screen is no longer narrow.
 */
export function useMenu<T extends HTMLElement>(path: string | undefined): Menu<T> {
  const [open, setOpen] = useState(false);
  const opener = useRef<HTMLButtonElement>(null);
  const box = useRef<T>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the menu closes when the page changes
  useEffect(() => setOpen(false), [path]);
  useEffect(() => {
    if (!open) return;
    box.current?.querySelector<HTMLElement>("a, button")?.focus();
    const wide = globalThis.matchMedia?.("(min-width: 961px)");
    const close = () => setOpen(false);
    const press = (event: KeyboardEvent) => {
      if (event.key === "Escape") close();
    };
    wide?.addEventListener("change", close);
    globalThis.addEventListener("keydown", press);
    return () => {
      wide?.removeEventListener("change", close);
      globalThis.removeEventListener("keydown", press);
      const lost = document.activeElement === document.body || box.current?.contains(document.activeElement);
      if (lost) opener.current?.focus();
    };
  }, [open]);
  return { open, setOpen, opener, box };
}
