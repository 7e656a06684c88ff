/**
 * Who is signed in. The access token lives in this tab only, for ten minutes at most; the
 * refresh token is an HttpOnly cookie this code never sees. A tab that is loaded again goes on
 * with its token: a refresh token works once, and a reload that interrupts a renewal would
 * look like theft to the server. A mark in localStorage says whether asking for a renewal is
 * worth a request, so that visitors without an account cost the server nothing.
 */
import { useSyncExternalStore } from "react";

/** The roles, as the server names them; also for pages and entries that every role has. */
export const everyRole = [
  "resident",
  "council",
  "community_worker",
  "buyer_maker",
  "buyer_approver",
  "agency",
  "expert",
  "supplier_agent",
  "supplier_admin",
  "finance_officer",
  "finance_approver",
  "auditor",
  "fund_manager",
  "fund_approver",
  "platform_admin",
  "security_admin",
  "audit_admin",
] as const;

export type Role = (typeof everyRole)[number];

/** One of the person's roles; a session acts as one of them. As the server shows it. */
export interface Membership {
  id: string;
  role: Role;
  partyId: string;
  partyName: string;
  partyNameEn: string;
  partyKind: string;
  placeId: string;
  placeName: string;
}

/** Who is signed in, as the server shows it. */
export interface Session {
  personId: string;
  name: string;
  /** Masked. */
  phone: string;
  /** Masked. */
  email: string;
  language: string;
  sessionId: string;
  /** The role in use; absent for a person who holds none yet. */
  membership?: Membership;
  memberships: Membership[];
  /** What the role may do at all; objects may still refuse. Decides what is offered, never what is allowed. */
  permissions: string[];
}

/** What sign-in, renewal and switching answer. */
export interface SessionAnswer {
  accessToken: string;
  session: Session;
}

/** `unknown` until the first renewal was tried. */
export type SessionState =
  | { kind: "unknown" }
  | { kind: "anonymous" }
  | { kind: "signed_in"; session: Session };

const mark = "linli.signed_in";
const kept = "linli.session";
/** A token with less life than this is renewed rather than used. */
const earlyMs = 30_000;
let token = "";
let tokenEnds = Number.POSITIVE_INFINITY;
let state: SessionState = globalThis.localStorage?.getItem(mark) ? restored() : { kind: "anonymous" };
let renewal: Promise<boolean> | undefined;
const listeners = new Set<() => void>();

function become(next: SessionState) {
  state = next;
  for (const tell of listeners) tell();
}

/** What this tab knew before it was loaded again, while its token still works. */
function restored(): SessionState {
  try {
    const { answer, ends } = JSON.parse(sessionStorage.getItem(kept) ?? "{}") as {
      answer?: SessionAnswer;
      ends?: number;
    };
    if (answer && ends && ends - Date.now() > earlyMs) {
      token = answer.accessToken;
      tokenEnds = ends;
      return { kind: "signed_in", session: answer.session };
    }
  } catch {
    // Not ours to read: ask the server.
  }
  return { kind: "unknown" };
}

export const accessToken = (): string => token;

/** The token, renewed first when it is about to end: public pages would otherwise silently turn anonymous. */
export async function freshToken(): Promise<string> {
  if (token && tokenEnds - Date.now() < earlyMs) await renew();
  return token;
}

/** How long a token lives: its own two dates are compared, so that a wrong clock on the device does no harm. */
function lifetimeOf(jwt: string): number {
  try {
    const middle = (jwt.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    const { exp, iat } = JSON.parse(atob(middle)) as { exp: number; iat: number };
    return (exp - iat) * 1000;
  } catch {
    return Number.POSITIVE_INFINITY; // not ours to read; the server will say when it ends
  }
}
export const sessionState = (): SessionState => state;

/** Takes over the answer of a sign-in, a renewal or a switch of membership. */
export function adopt(answer: SessionAnswer): void {
  token = answer.accessToken;
  tokenEnds = Date.now() + lifetimeOf(token);
  globalThis.localStorage?.setItem(mark, "1");
  if (Number.isFinite(tokenEnds)) sessionStorage.setItem(kept, JSON.stringify({ answer, ends: tokenEnds }));
  become({ kind: "signed_in", session: answer.session });
}

/** Forgets everything here; the caller has told the server. */
export function forget(): void {
  token = "";
  globalThis.localStorage?.removeItem(mark);
  globalThis.sessionStorage?.removeItem(kept);
  become({ kind: "anonymous" });
}

/**
 * Exchanges the refresh cookie for a new access token; parallel callers share one request, and
 * tabs take turns: two of them sending one refresh token would look like theft.
 */
export function renew(): Promise<boolean> {
  renewal ??= inTurn(exchange).finally(() => {
    renewal = undefined;
  });
  return renewal;
}

async function inTurn(job: () => Promise<boolean>): Promise<boolean> {
  return globalThis.navigator?.locks ? await navigator.locks.request("linli.renew", job) : job();
}

async function exchange(): Promise<boolean> {
  const answer = await fetch("/api/v1/session/refresh", {
    method: "POST",
    headers: { "X-Linli-Request": "1" },
    credentials: "same-origin",
    keepalive: true, // leaving the page must not lose the new cookie
    signal: AbortSignal.timeout(15_000),
  }).catch(() => undefined);
  if (answer?.ok) {
    adopt((await answer.json()) as SessionAnswer);
    return true;
  }
  // No network is not a sign-out: only the server's refusal ends the session.
  if (answer && answer.status < 500) forget();
  else if (state.kind === "unknown") become({ kind: "anonymous" });
  return false;
}

/** Settles `unknown` once, before the first page that depends on the person. */
export async function settle(): Promise<SessionState> {
  if (state.kind === "unknown") await renew();
  return state;
}

const subscribe = (tell: () => void) => {
  listeners.add(tell);
  return () => listeners.delete(tell);
};

export const useSessionState = (): SessionState =>
  useSyncExternalStore(subscribe, sessionState, sessionState);

/** The session, or undefined for a visitor. */
export function useSession(): Session | undefined {
  const now = useSessionState();
  return now.kind === "signed_in" ? now.session : undefined;
}

/** Whether the role of this session holds a permission at all; for offering links, not for deciding. */
export const can = (permission: string): boolean =>
  state.kind === "signed_in" && state.session.permissions.includes(permission);

export const hasRole = (...roles: Role[]): boolean =>
  state.kind === "signed_in" &&
  state.session.membership !== undefined &&
  roles.includes(state.session.membership.role);

async function call(method: "POST" | "DELETE", path: string, body?: unknown): Promise<Response> {
  return fetch(path, {
    method,
    headers: {
      "Content-Type": "application/json",
      "X-Linli-Request": "1",
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
    credentials: "same-origin",
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(15_000),
  });
}

/** Acts in another role from now on. */
export async function switchMembership(membershipId: string): Promise<void> {
  await freshToken();
  const answer = await call("POST", "/api/v1/session/switch", { membershipId });
  if (!answer.ok) throw new Error(`switching the membership was refused with ${answer.status}`);
  adopt((await answer.json()) as SessionAnswer);
}

/** Ends this session here and on the server; without a network it still ends here. */
export async function signOut(): Promise<void> {
  await call("DELETE", "/api/v1/session").catch(() => undefined);
  forget();
}

/** The name of a party in the language in use. */
export const partyName = (m: Membership, lang: string): string =>
  (lang === "en" && m.partyNameEn) || m.partyName || m.placeName;
