/**
 * WCAG 2.2 AA by axe on every page of every role, at both widths, and once more after all
 * details were opened: a second pass after clicks finds what the first cannot see. One load
 * serves both widths; the language alternates from page to page unless LINLI_LANGS names one.
 */
import AxeBuilder from "@axe-core/playwright";
import type { Page } from "playwright-core";
import { langs, open, resize, tour, type Visitor, widths } from "./tour";

const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

export async function main(): Promise<number> {
  let pages = 0;
  let found = 0;
  const missing = await tour(async (visitor, { path }) => {
    const lang = langs[pages++ % langs.length] ?? "zh";
    for (const f of await checkPage(visitor, path, lang)) {
      console.log(`${visitor.role} ${path} ${lang} ${f}`);
      found++;
    }
  });
  for (const m of missing) console.log(`no example for ${m}`);
  console.log(`axe: ${pages} pages at ${widths.join(" and ")} px, ${found} violations`);
  return found > 0 ? 1 : 0;
}

/** A page that did not come whole is a fault too: nothing was checked on it. */
async function checkPage(visitor: Visitor, path: string, lang: string): Promise<string[]> {
  const { page, errors } = await open(visitor, path, lang, widths[0] ?? 1280);
  const faults = errors.filter((e) => e.includes("within 10 s"));
  for (const width of widths) {
    await resize(page, width);
    const found = [...(await check(page)), ...(await checkOpened(page))];
    faults.push(...found.map((f) => `at ${width}: ${f}`));
  }
  await page.close();
  return faults;
}

async function check(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return violations.map((v) => {
    const where = v.nodes.slice(0, 3).map((n) => n.target.join(" "));
    return `${v.id} (${v.impact}) ${where.join(", ")}${v.nodes.length > 3 ? ` and ${v.nodes.length - 3} more` : ""}`;
  });
}

/** Opens what is folded, checks, and folds it again for the next width. */
async function checkOpened(page: Page): Promise<string[]> {
  const fold = (open: boolean) =>
    page.evaluate((o) => {
      const found = [
        ...document.querySelectorAll<HTMLDetailsElement>(o ? "details:not([open])" : "details[data-tour]"),
      ];
      for (const d of found) {
        d.open = o;
        d.toggleAttribute("data-tour", o);
      }
      return found.length;
    }, open);
  if ((await fold(true)) === 0) return [];
  const faults = (await check(page)).map((f) => `opened: ${f}`);
  await fold(false);
  return faults;
}
