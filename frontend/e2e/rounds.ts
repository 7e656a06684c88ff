/**
 * The rounds: signs in through the page as a person would, is refused with a wrong password, and
 * then opens every page of every role. A page that fails, shows no heading, writes an error to
 * the console or breaks a rule of WCAG 2.2 AA fails the suite, and so does a route of the router
 * that nobody opened. A page is asked for the rules when it has a part that its route has not
 * shown before: at both widths with folds closed and open, and once for each route in English,
 * by the switch in the page.
 */
import type { Browser } from "playwright-core";
import { routes } from "./routes";
import { partsOf, unfold, violations } from "./rules";
import {
  accounts,
  base,
  langs,
  narrowed,
  type Opened,
  open,
  openBrowser,
  resize,
  switchLanguage,
  tour,
  wanted,
  widths,
} from "./tour";

export async function main(): Promise<number> {
  const began = Date.now();
  const browser = await openBrowser();
  const faults = await entrance(browser);
  await browser.close();
  const seen = new Map<string, Set<string>>();
  let pages = 0;
  let asked = 0;
  await tour(async (visitor, { pattern, path }) => {
    const tab = await open(visitor, path, "zh", widths[0] ?? 1280);
    const broken: string[] = [];
    const parts = await partsOf(tab.page);
    const before = seen.get(pattern);
    seen.set(pattern, new Set([...(before ?? []), ...parts]));
    if (!before || parts.some((part) => !before.has(part))) {
      broken.push(...(await ask(tab, !before && langs.includes("en"))));
      asked++;
    }
    broken.push(...tab.errors.filter((e) => !wanted(path, e)));
    faults.push(...broken.map((e) => `${visitor.role} ${path}: ${e}`));
    pages++;
  });
  const unseen = narrowed ? [] : routes().filter((r) => !seen.has(r));
  faults.push(...unseen.map((r) => `nobody opened ${r}`));
  for (const f of faults) console.log(`FAULT ${f}`);
  console.log(
    `${pages} pages on ${seen.size} routes, ${asked} asked by axe at ${widths.join(" and ")} px, ${faults.length} failed (${Math.round((Date.now() - began) / 1000)} s)`,
  );
  return faults.length > 0 ? 1 : 0;
}

async function ask({ page, errors }: Opened, inEnglish: boolean): Promise<string[]> {
  const broken: string[] = [];
  for (const width of widths) {
    await resize(page, width);
    broken.push(...(await violations(page)).map((v) => `at ${width}: ${v}`));
    if ((await unfold(page, true)) === 0) continue;
    broken.push(...(await violations(page)).map((v) => `at ${width}, opened: ${v}`));
    await unfold(page, false);
  }
  if (!inEnglish) return broken;
  const late = await switchLanguage(page);
  if (late) errors.push(`in English: ${late}`);
  broken.push(...(await violations(page)).map((v) => `in English: ${v}`));
  return broken;
}

/** Types a wrong password, then the right one. */
async function entrance(browser: Browser): Promise<string[]> {
  const account = accounts().find((a) => a.role === "resident");
  if (!account) return ["there is no resident to sign in as"];
  const context = await browser.newContext({ baseURL: base, locale: "zh-CN" });
  const page = await context.newPage();
  const faults: string[] = [];
  await page.goto("/sign-in", { waitUntil: "networkidle" });
  await page.locator("#login").fill(account.login);
  await page.locator("#password").fill("not the password");
  await page.locator("form button[type=submit]").first().click();
  await page
    .locator("[role=alert]")
    .first()
    .waitFor({ timeout: 10_000 })
    .catch(() => faults.push("a wrong password was not refused in words"));
  await page.locator("#password").fill(account.password);
  await page.locator("form button[type=submit]").first().click();
  await page
    .waitForURL((url) => !url.pathname.startsWith("/sign-in"), { timeout: 10_000 })
    .catch(() => faults.push("the right password did not lead on"));
  await context.close();
  return faults;
}
