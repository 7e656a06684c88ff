/**
 * The long sweep: WCAG 2.2 A and AA and what axe's authors advise beyond it, on every page of
 * every role, in both languages, at both widths, with folds closed and open. The rounds ask the
 * same of pages of different make only; this leaves nothing out.
 */
import { routes } from "./routes";
import { advice, unfold, violations, wcag } from "./rules";
import { langs, narrowed, open, resize, tour, type Visitor, wanted, widths } from "./tour";

const tags = [...wcag, advice];

export async function main(): Promise<number> {
  const began = Date.now();
  const opened = new Set<string>();
  let pages = 0;
  let found = 0;
  const missing = await tour(async (visitor, { pattern, path }) => {
    pages++;
    opened.add(pattern);
    for (const f of await checkPage(visitor, path)) {
      console.log(`${visitor.role} ${path} ${f}`);
      found++;
    }
  });
  for (const m of missing) console.log(`no example for ${m}`);
  const unseen = narrowed ? [] : routes().filter((r) => !opened.has(r));
  for (const r of unseen) console.log(`nobody opened ${r}`);
  console.log(
    `axe: ${pages} pages on ${opened.size} routes in ${langs.join(" and ")} at ${widths.join(" and ")} px, ${found} violations (${Math.round((Date.now() - began) / 1000)} s)`,
  );
  return found + unseen.length > 0 ? 1 : 0;
}

/** A page that did not come whole is a fault too: nothing was checked on it. */
async function checkPage(visitor: Visitor, path: string): Promise<string[]> {
  const faults: string[] = [];
  for (const lang of langs) {
    const { page, errors } = await open(visitor, path, lang, widths[0] ?? 1280);
    for (const width of widths) {
      await resize(page, width);
      const at = `${lang} at ${width}`;
      faults.push(...(await violations(page, tags)).map((v) => `${at}: ${v}`));
      if ((await unfold(page, true)) === 0) continue;
      faults.push(...(await violations(page, tags)).map((v) => `${at}, opened: ${v}`));
      await unfold(page, false);
    }
    faults.push(...errors.filter((e) => !wanted(path, e)).map((e) => `${lang}: ${e}`));
  }
  return faults;
}
