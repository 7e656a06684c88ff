/**
 * The rounds: signs in through the page as a person would, is refused with a wrong password, and
 * then opens every page of every role. A page that fails, shows no heading or writes an error to
 * the console fails the suite.
 */
import type { Browser } from "playwright-core";
import { accounts, base, open, openBrowser, tour } from "./tour";

export async function main(): Promise<number> {
  const browser = await openBrowser();
  const faults = await entrance(browser);
  await browser.close();
  let pages = 0;
  await tour(async (visitor, { path }) => {
    const lang = pages % 2 === 0 ? "zh" : "en";
    const { page, errors } = await open(visitor, path, lang, pages % 3 === 0 ? 390 : 1280);
    faults.push(...errors.filter((e) => !expected(path, e)).map((e) => `${visitor.role} ${path}: ${e}`));
    pages++;
    await page.close();
  });
  for (const f of faults) console.log(`FAULT ${f}`);
  console.log(`${pages} passed, ${faults.length} failed`);
  return faults.length > 0 ? 1 : 0;
}

/** The browser itself reports an address that does not exist; that is what the page is for. */
const expected = (path: string, error: string) => path === "/no-such-page" && error.includes("404");

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
