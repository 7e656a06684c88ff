/** The rules of WCAG 2.2 A and AA, asked of an open page by axe. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export const wcag = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"];
/** What axe's authors advise beyond the standard. */
export const advice = "best-practice";

interface Found {
  id: string;
  impact: string;
  targets: string[];
}

interface Axe {
  run(where: Document, options: object): Promise<{ violations: Violation[] }>;
}

interface Violation {
  id: string;
  impact: string;
  nodes: { target: string[] }[];
}

/** How many places of one violation are named; the rest is counted. */
const named = 3;

/**
 * What the page breaks, one sentence each. Axe is put into the page once for each load, only asked
 * for violations, and only of this document: that is ten times as fast as its adapter.
 */
export async function violations(page: Page, tags: string[] = wcag): Promise<string[]> {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(source);
  const found = await page.evaluate(run, { tags });
  return found.map(({ id, impact, targets }) => {
    const more = targets.length > named ? ` and ${targets.length - named} more` : "";
    return `${id} (${impact}) ${targets.slice(0, named).join(", ")}${more}`;
  });
}

async function run({ tags }: { tags: string[] }): Promise<Found[]> {
  const { axe } = window as unknown as { axe: Axe };
  const { violations } = await axe.run(document, {
    runOnly: tags,
    resultTypes: ["violations"],
    iframes: false,
    preload: false,
  });
  return violations.map((v) => ({
    id: v.id,
    impact: v.impact,
    targets: v.nodes.map((n) => n.target.join(" ")),
  }));
}

/** The most folds of one kind that are opened: the three hundred operations of the reference are alike. */
const alike = 6;

/** Opens what is folded inside the page, or folds it again. Menus of the frame lie over it and stay closed. */
export function unfold(page: Page, wanted: boolean): Promise<number> {
  return page.evaluate(
    async ({ wanted, alike }) => {
      const which = wanted ? "main details:not([open])" : "main details[data-tour]";
      const seen = new Map<string, number>();
      let count = 0;
      for (const fold of document.querySelectorAll<HTMLDetailsElement>(which)) {
        const times = (seen.get(fold.className) ?? 0) + 1;
        seen.set(fold.className, times);
        if (wanted && times > alike) continue;
        fold.open = wanted;
        fold.toggleAttribute("data-tour", wanted);
        count++;
      }
      // What is drawn only when it is opened gets its turn.
      await new Promise((done) => requestAnimationFrame(() => setTimeout(done, 0)));
      return count;
    },
    { wanted, alike },
  );
}

/**
 * What the page is made of: every element with its class, role and states, but neither its words
 * nor how often it occurs. A page without a part of its own breaks no rule of its own.
 */
export function partsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const parts = new Set<string>();
    const nameOf = (e: Element) => `${e.localName}.${e.getAttribute("class") ?? ""}`;
    for (const e of document.body.querySelectorAll(":not(svg *)")) {
      const states = e
        .getAttributeNames()
        .filter((n) => /^(aria-|data-|role|type|disabled|open|href|tabindex)/.test(n))
        .map((n) => (/^(role|type|aria-current)/.test(n) ? `${n}=${e.getAttribute(n)}` : n));
      parts.add(`${e.parentElement ? nameOf(e.parentElement) : ""}>${nameOf(e)} ${states.join(" ")}`);
    }
    return [...parts];
  });
}
