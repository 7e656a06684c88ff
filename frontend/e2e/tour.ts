/** What the sweeps share: the browser, the demonstration accounts, and every page of every role with real ids in its address. */
import { readFileSync } from "node:fs";
import { type Browser, type BrowserContext, chromium } from "playwright-core";
import { areas } from "../src/app/areas";

export interface Account {
  role: string;
  name: string;
  login: string;
  password: string;
  /** The role to act in, for people who hold several. */
  membershipId?: string;
}

export interface Visitor {
  /** "public" or the role. */
  role: string;
  context: BrowserContext;
  /** Bearer token for finding ids; empty for the public. */
  token: string;
}

export interface Visit {
  /** The route's pattern: "/needs/$needId". */
  pattern: string;
  path: string;
}

export const base = process.env.LINLI_BASE ?? "http://127.0.0.1:8080";
export const widths = [1280, 390];
export const langs = ["zh", "en"] as const;
const quiet =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.LINLI_CHROMIUM ?? "/usr/bin/chromium",
    args: quiet.split(" "),
  });

/** One account per role from LINLI_ACCOUNTS, a JSON file as `linli seed --json` prints it. */
export function accounts(): Account[] {
  const file = process.env.LINLI_ACCOUNTS;
  if (!file) return [];
  const read = JSON.parse(readFileSync(file, "utf8")) as Account[] | { accounts: Account[] };
  const all = Array.isArray(read) ? read : read.accounts;
  const only = process.env.LINLI_ROLES?.split(",");
  const byRole = new Map<string, Account>();
  for (const a of all) if (!byRole.has(a.role) && (!only || only.includes(a.role))) byRole.set(a.role, a);
  return [...byRole.values()];
}

/** A browser context that is signed in as the account, or anonymous. */
export async function visitorOf(browser: Browser, account?: Account): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  if (!account) return { role: "public", context, token: "" };
  const answer = await context.request.post("/api/v1/session", {
    headers: { "X-Linli-Request": "1" },
    data: { login: account.login, password: account.password, membershipId: account.membershipId },
  });
  if (!answer.ok())
    throw new Error(`${account.role} could not sign in: ${answer.status()} ${await answer.text()}`);
  const { accessToken } = (await answer.json()) as { accessToken: string };
  await context.addInitScript(() => localStorage.setItem("linli.signed_in", "1"));
  return { role: account.role, context, token: accessToken };
}

/** Where an id for a parameter comes from: the first item of the first list that has one. */
const samples: Record<string, string[]> = {
  needId: ["/needs?limit=1"],
  voiceId: ["/voices?limit=1", "/needs?limit=1"],
  projectId: ["/projects?limit=1"],
  tenderId: ["/tenders?limit=1"],
  bidId: ["/bids?limit=1"],
  contractId: ["/contracts?limit=1"],
  acceptanceId: ["/acceptances?limit=1"],
  paymentId: ["/payments?limit=1"],
  accountId: ["/ledger/accounts?limit=1", "/accounts?limit=1"],
  journalId: ["/ledger/journals?limit=1", "/journals?limit=1"],
  fundId: ["/funds?limit=1"],
  organizationId: ["/organizations?limit=1", "/resources?limit=1"],
  noticeId: ["/notices?limit=1"],
  placeId: ["/places?limit=1"],
  partyId: ["/parties?limit=1"],
  challengeId: ["/challenges?limit=1"],
  recordId: ["/audit/records?limit=1", "/audit?limit=1"],
};

async function sample(visitor: Visitor, name: string): Promise<string | undefined> {
  for (const list of samples[name] ?? []) {
    const headers = visitor.token ? { Authorization: `Bearer ${visitor.token}` } : undefined;
    const answer = await visitor.context.request.get(`/api/v1${list}`, { headers });
    if (!answer.ok()) continue;
    const { items } = (await answer.json()) as { items?: { id?: string }[] };
    if (items?.[0]?.id) return items[0].id;
  }
  return undefined;
}

/** Every page the visitor may open. Pages whose parameter has no example yet are named in `skipped`. */
export async function visits(visitor: Visitor): Promise<{ pages: Visit[]; skipped: string[] }> {
  const patterns = areas.flatMap((area) =>
    visitor.role === "public"
      ? (area.publicPages ?? []).map((p) => p.path)
      : (area.workPages ?? [])
          .filter((p) => !p.roles || p.roles.some((r) => r === visitor.role))
          .map((p) => p.path),
  );
  const pages: Visit[] = [];
  const skipped: string[] = [];
  for (const pattern of patterns) {
    const path = await fill(visitor, pattern);
    if (path) pages.push({ pattern, path });
    else skipped.push(pattern);
  }
  if (visitor.role === "public") pages.push({ pattern: "(not found)", path: "/no-such-page" });
  return { pages, skipped };
}

async function fill(visitor: Visitor, pattern: string): Promise<string | undefined> {
  let path = pattern;
  for (const [whole, name = ""] of pattern.matchAll(/\$(\w+)/g)) {
    const id = await sample(visitor, name);
    if (!id) return undefined;
    path = path.replace(whole, id);
  }
  return path;
}

/** Opens a page in a language and waits until it has its data. */
export async function open(visitor: Visitor, path: string, lang: string, width: number) {
  const page = await visitor.context.newPage();
  const errors: string[] = [];
  page.on("console", (m) => {
    if (m.type() === "error") errors.push(m.text());
  });
  page.on("pageerror", (fault) => errors.push(fault.message));
  await page.setViewportSize({ width, height: width < 500 ? 844 : 900 });
  await page.addInitScript((l) => localStorage.setItem("linli.lang", l), lang);
  await page.goto(path, { waitUntil: "networkidle" });
  await page
    .locator("main h1")
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => errors.push("no heading within 10 s"));
  return { page, errors };
}
