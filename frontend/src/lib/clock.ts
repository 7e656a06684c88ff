/**
 * The business clock. The server's clock may have been moved in a demonstration, so deadlines
 * are counted from what the server says, carried by every answer in `X-Linli-Now`.
 */
import { useSyncExternalStore } from "react";

let offset = 0;
let shown = Date.now();
const listeners = new Set<() => void>();
let ticking: ReturnType<typeof setInterval> | undefined;

function tick() {
  shown = Date.now() + offset;
  for (const tell of listeners) tell();
}

/** Called by the API client; differences below five seconds are travel time, not a moved clock. */
export function hearServerTime(text: string | null): void {
  if (!text) return;
  const heard = Date.parse(text) - Date.now();
  if (Number.isNaN(heard) || Math.abs(heard - offset) < 5_000) return;
  offset = Math.abs(heard) < 5_000 ? 0 : heard;
  tick();
}

export const serverNow = (): Date => new Date(Date.now() + offset);

function subscribe(tell: () => void) {
  listeners.add(tell);
  ticking ??= setInterval(tick, 30_000);
  return () => {
    listeners.delete(tell);
    if (listeners.size === 0) {
      clearInterval(ticking);
      ticking = undefined;
    }
  };
}

/** The current business time, renewed every half minute. */
export function useNow(): Date {
  return new Date(useSyncExternalStore(subscribe, () => shown));
}
