/**
 * WCAG 2.2 AA by axe on every page of every role, at both widths, and once more after all
 * details were opened: a second pass after clicks finds what the first cannot see.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { accounts, open, openBrowser, visitorOf, visits, widths } from "./tour";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function main(): Promise<number> {
  const browser = await openBrowser();
  let pages = 0;
  let found = 0;
  for (const account of [undefined, ...accounts()]) {
    const visitor = await visitorOf(browser, account);
    for (const { path } of (await visits(visitor)).pages) {
      for (const width of widths) {
        const { page } = await open(visitor, path, width === widths[0] ? "zh" : "en", width);
        const faults = [...(await check(page)), ...(await checkOpened(page))];
        for (const f of faults) console.log(`${visitor.role} ${path} at ${width}: ${f}`);
        found += faults.length;
        pages++;
        await page.close();
      }
    }
    await visitor.context.close();
  }
  await browser.close();
  console.log(`axe: ${pages} renderings, ${found} violations`);
  return found > 0 ? 1 : 0;
}

async function check(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map(
    (v) =>
      `${v.id} (${v.impact}) ${v.nodes
        .map((n) => n.target.join(" "))
        .slice(0, 3)
        .join(", ")}`,
  );
}

async function checkOpened(page: Page): Promise<string[]> {
  const opened = await page.evaluate(() => {
    const closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const d of closed) d.open = true;
    return closed.length;
  });
  return opened > 0 ? (await check(page)).map((f) => `opened: ${f}`) : [];
}
