/**
 * What the sweeps share: the browser, the demonstration accounts, and every page of every role
 * with real ids in its address. The environment narrows a sweep:
 *   LINLI_ROLES=public,resident   who looks ("public" is a visitor without an account)
 *   LINLI_ONLY=/needs,/work/mine  only addresses that contain one of these
 *   LINLI_WIDTHS=1280,390         widths in pixels
 *   LINLI_LANGS=zh,en             languages
 */
import { readFileSync } from "node:fs";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { areas } from "../src/app/areas";
import { workAreas } from "../src/app/workareas";

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
  /** One tab per language, used for page after page: opening a tab costs more than opening a page. */
  tabs: Map<string, Opened>;
}

export interface Visit {
  /** The route's pattern: "/needs/$code". */
  pattern: string;
  path: string;
}

const listed = (name: string): string[] | undefined =>
  process.env[name]
    ?.split(",")
    .map((s) => s.trim())
    .filter(Boolean);

export const base = process.env.LINLI_BASE ?? "http://127.0.0.1:8080";
export const widths = listed("LINLI_WIDTHS")?.map(Number) ?? [1280, 390];
export const langs = listed("LINLI_LANGS") ?? ["zh", "en"];
/** A narrowed sweep cannot say that it saw everything. */
export const narrowed = Boolean(listed("LINLI_ROLES") ?? listed("LINLI_ONLY"));
const quiet =
  "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync";

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.LINLI_CHROMIUM ?? "/usr/bin/chromium",
    args: quiet.split(" "),
  });

/** From LINLI_ACCOUNTS, a JSON file as `linli seed --json` prints it. */
export function everyAccount(): Account[] {
  const file = process.env.LINLI_ACCOUNTS;
  if (!file) return [];
  const read = JSON.parse(readFileSync(file, "utf8")) as Account[] | { accounts: Account[] };
  return Array.isArray(read) ? read : read.accounts;
}

/** The first account of each role. */
export function accounts(): Account[] {
  const byRole = new Map<string, Account>();
  for (const a of everyAccount()) if (!byRole.has(a.role)) byRole.set(a.role, a);
  return [...byRole.values()];
}

/** Everybody who looks: the visitor without an account (undefined) and one account per role. */
export function lookers(): (Account | undefined)[] {
  const only = listed("LINLI_ROLES");
  return [undefined, ...accounts()].filter((a) => !only || only.includes(a?.role ?? "public"));
}

/** Visits for each looker, two lookers at a time. Returns the pages without an example, by role. */
export async function tour(look: (visitor: Visitor, visit: Visit) => Promise<void>): Promise<string[]> {
  const browser = await openBrowser();
  const waiting = lookers();
  const missing: string[] = [];
  const goRound = async () => {
    while (waiting.length > 0) {
      const visitor = await visitorOf(browser, waiting.shift());
      const { pages, skipped } = await visits(visitor);
      missing.push(...skipped.map((p) => `${visitor.role} ${p}`));
      for (const visit of pages) await look(visitor, visit);
      if (pages.length > 0) console.log(`${visitor.role}: ${pages.length} pages`);
      await visitor.context.close();
    }
  };
  await Promise.all([goRound(), goRound()]);
  await browser.close();
  return missing;
}

/** A browser context that is signed in as the account, or anonymous. */
export async function visitorOf(browser: Browser, account?: Account): Promise<Visitor> {
  const context = await browser.newContext({
    baseURL: base,
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
  });
  await context.addInitScript(countFetches);
  if (!account) return { role: "public", context, token: "", tabs: new Map() };
  const answer = await context.request.post("/api/v1/session", {
    headers: { "X-Linli-Request": "1" },
    data: { login: account.login, password: account.password, membershipId: account.membershipId },
  });
  if (!answer.ok())
    throw new Error(`${account.role} could not sign in: ${answer.status()} ${await answer.text()}`);
  const session = (await answer.json()) as { accessToken: string };
  await context.addInitScript(keepSession, { answer: session, ends: Date.now() + tokenMs });
  return { role: account.role, context, token: session.accessToken, tabs: new Map() };
}

/** A token lives for ten minutes; the page renews it itself when this is over. */
const tokenMs = 8 * 60_000;

/** As if this tab had signed in: a page that is loaded need not ask for a renewal. Runs in the page. */
function keepSession(session: { answer: unknown; ends: number }) {
  localStorage.setItem("linli.signed_in", "1");
  if (!sessionStorage.getItem("linli.session"))
    sessionStorage.setItem("linli.session", JSON.stringify(session));
}

interface Sample {
  list: string;
  /** The field that goes into the address; the id when left out. */
  field?: string;
}

/** Where an id for a parameter comes from: the first list that has one. */
const samples: Record<string, Sample[]> = {
  code: [{ list: "/needs?limit=100", field: "code" }],
  needId: [{ list: "/needs?limit=100" }],
  voiceId: [{ list: "/voices/mine?limit=100" }, { list: "/voices?limit=100" }],
  projectId: [{ list: "/projects?limit=100" }],
  // One's own first: the pages of the work place are for those who take part.
  tenderId: [{ list: "/work/tenders?limit=100" }, { list: "/tenders?limit=100" }],
  contractId: [{ list: "/contracts?limit=100" }],
  paymentId: [{ list: "/payments?limit=100" }],
  accountId: [{ list: "/ledger/accounts?limit=100" }],
  journalId: [{ list: "/ledger/journals?limit=100" }],
  fundId: [{ list: "/funds?limit=100" }],
  pledgeId: [{ list: "/pledges?limit=100" }],
  organizationId: [{ list: "/organizations?limit=100" }],
  serviceId: [{ list: "/services?limit=100" }],
  resourceId: [{ list: "/resources?limit=100" }],
  noticeId: [{ list: "/announcements?limit=100" }],
  placeId: [{ list: "/places?limit=100" }],
  questionId: [{ list: "/place-questions?limit=100" }],
  partyId: [{ list: "/parties?limit=100" }],
  seq: [{ list: "/audit/records?limit=100", field: "seq" }],
  subjectId: [{ list: "/work/projects?limit=100" }],
};
/** Parameters that are words of ours. */
const fixed: Record<string, string> = { kind: "project" };

/** The newest of a list, where work is open, and the oldest, where everything has happened. */
async function sample(visitor: Visitor, name: string): Promise<string[]> {
  for (const { list, field = "id" } of samples[name] ?? []) {
    const headers = visitor.token ? { Authorization: `Bearer ${visitor.token}` } : undefined;
    const answer = await visitor.context.request.get(`/api/v1${list}`, { headers });
    if (!answer.ok()) continue;
    const { items } = (await answer.json()) as { items?: Record<string, string | number>[] };
    const found = [items?.at(-1)?.[field], items?.[0]?.[field]].filter((v) => v !== undefined);
    if (found.length > 0) return [...new Set(found.map(String))];
  }
  return [];
}

/** Public pages that look different with an account. */
const signedIn: Record<string, string[]> = {
  resident: ["/", "/say", "/needs/$code", "/voices/$voiceId"],
  community_worker: ["/say", "/voices/$voiceId"],
  supplier_admin: ["/tenders/$tenderId", "/funds/$fundId"],
};

function patternsOf(role: string): string[] {
  if (role === "public") return areas.flatMap((area) => area.publicPages.map((p) => p.path));
  const work = workAreas.flatMap((area) => area.workPages);
  return [
    ...work.filter((p) => !p.roles || p.roles.some((r) => r === role)).map((p) => p.path),
    ...(signedIn[role] ?? []),
  ];
}

/** Every page the visitor may open. Pages whose parameter has no example yet are named in `skipped`. */
export async function visits(visitor: Visitor): Promise<{ pages: Visit[]; skipped: string[] }> {
  const only = listed("LINLI_ONLY");
  const wanted = (v: Visit) => !only || only.some((part) => `${v.pattern} ${v.path}`.includes(part));
  const pages: Visit[] = [];
  const skipped: string[] = [];
  for (const pattern of patternsOf(visitor.role)) {
    const found = await fill(visitor, pattern);
    pages.push(...found.map((path) => ({ pattern, path })).filter(wanted));
    if (found.length === 0 && wanted({ pattern, path: "" })) skipped.push(pattern);
  }
  const nowhere = { pattern: "$", path: "/no-such-page" };
  if (visitor.role === "public" && wanted(nowhere)) pages.push(nowhere);
  return { pages, skipped };
}

async function fill(visitor: Visitor, pattern: string): Promise<string[]> {
  let found = [pattern];
  for (const [whole, name = ""] of pattern.matchAll(/\$(\w+)/g)) {
    const ids = fixed[name] ? [fixed[name]] : await sample(visitor, name);
    found = ids.flatMap((id) => found.map((path) => path.replace(whole, id)));
  }
  return found;
}

export interface Opened {
  page: Page;
  /** Of the page that is open now. */
  errors: string[];
}

/** Opens a page in a language, once for all widths, and waits until it has its data. */
export async function open(visitor: Visitor, path: string, lang: string, width: number): Promise<Opened> {
  const tab = visitor.tabs.get(lang) ?? (await newTab(visitor, lang));
  tab.errors.length = 0;
  await tab.page.setViewportSize({ width, height: heightOf(width) });
  const fault = await tab.page.goto(path, { waitUntil: "domcontentloaded" }).then(
    () => settled(tab.page),
    (e: Error) => e.message,
  );
  if (fault) tab.errors.push(fault);
  return tab;
}

async function newTab(visitor: Visitor, lang: string): Promise<Opened> {
  const tab: Opened = { page: await visitor.context.newPage(), errors: [] };
  tab.page.on("console", (m) => {
    if (m.type() === "error") tab.errors.push(m.text());
  });
  tab.page.on("pageerror", (fault) => tab.errors.push(fault.message));
  await tab.page.addInitScript((l) => localStorage.setItem("linli.lang", l), lang);
  visitor.tabs.set(lang, tab);
  return tab;
}

const heightOf = (width: number) => (width < 500 ? 844 : 900);

/** The same page at another width; what is laid out by script gets a moment. */
export async function resize(page: Page, width: number): Promise<void> {
  if (page.viewportSize()?.width === width) return;
  await page.setViewportSize({ width, height: heightOf(width) });
  await page.waitForTimeout(150);
}

/** Counts the fetches under way, for `settled`. Runs in the page, before its own scripts. */
function countFetches() {
  const counted = window as unknown as { linliFetches: number; linliQuietSince: number };
  counted.linliFetches = 0;
  counted.linliQuietSince = performance.now();
  const send = window.fetch;
  window.fetch = async (...input) => {
    counted.linliFetches++;
    try {
      return await send(...input);
    } finally {
      counted.linliFetches--;
      counted.linliQuietSince = performance.now();
    }
  };
}

/** The same page in the other language, by its own switch. */
export async function switchLanguage(page: Page): Promise<string | undefined> {
  const before = await page.evaluate(() => document.documentElement.lang);
  await page.locator("header button[lang]").first().click();
  await page.waitForFunction((l) => document.documentElement.lang !== l, before);
  return settled(page);
}

/** An address that does not exist is reported by the browser itself; that is what the page is for. */
export const wanted = (path: string, error: string) => path === "/no-such-page" && error.includes("404");

const patience = 20_000; // milliseconds

/** Waits for the heading, for every answer, and for no grey lines; says in words what did not come. */
export async function settled(page: Page): Promise<string | undefined> {
  const ready = () => {
    const counted = window as unknown as { linliFetches: number; linliQuietSince: number };
    return (
      document.readyState === "complete" &&
      document.querySelector("main h1") !== null &&
      document.querySelector(".skeleton") === null &&
      counted.linliFetches === 0 &&
      performance.now() - counted.linliQuietSince > 100
    );
  };
  return page
    .waitForFunction(ready, undefined, { timeout: patience, polling: 50 })
    .then(() => undefined)
    .catch(() => "no heading or not all of the data within 20 s");
}
