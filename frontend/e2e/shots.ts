/** Renders every page as every role in both languages and at both widths into shots/, with an index page. */
import { mkdirSync, writeFileSync } from "node:fs";
import { accounts, langs, open, openBrowser, type Visitor, visitorOf, visits, widths } from "./tour";

interface Shot {
  role: string;
  pattern: string;
  path: string;
  errors: string[];
  files: Record<string, string>;
}

const out = process.env.LINLI_SHOTS ?? "../shots";
/** A page longer than this is cut: nobody looks at forty screens of one list. */
const tallest = 6000;

export async function main(): Promise<number> {
  mkdirSync(out, { recursive: true });
  const browser = await openBrowser();
  const shots: Shot[] = [];
  const missing: string[] = [];
  for (const account of [undefined, ...accounts()]) {
    const visitor = await visitorOf(browser, account);
    const { pages, skipped } = await visits(visitor);
    missing.push(...skipped.map((p) => `${visitor.role} ${p}`));
    for (const { pattern, path } of pages) shots.push(await shoot(visitor, pattern, path));
    console.log(`${visitor.role}: ${pages.length} pages`);
    await visitor.context.close();
  }
  await browser.close();
  writeFileSync(`${out}/index.html`, indexPage(shots, missing));
  const faulty = shots.filter((s) => s.errors.length > 0);
  for (const s of faulty) console.log(`FAULT ${s.role} ${s.path}: ${s.errors.join(" | ")}`);
  for (const m of missing) console.log(`no example for ${m}`);
  console.log(
    `${shots.length} pages, ${shots.length * widths.length * langs.length} pictures in ${out}/index.html`,
  );
  return faulty.length > 0 ? 1 : 0;
}

async function shoot(visitor: Visitor, pattern: string, path: string): Promise<Shot> {
  const shot: Shot = { role: visitor.role, pattern, path, errors: [], files: {} };
  const name = `${visitor.role}${pattern}`.replace(/[^\w]+/g, "-").replace(/-$/, "");
  for (const lang of langs) {
    for (const width of widths) {
      const { page, errors } = await open(visitor, path, lang, width);
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      const sideways = await page.evaluate(
        () => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1,
      );
      if (sideways) errors.push(`scrolls sideways at ${width}`);
      const file = `${name}-${lang}-${width}.png`;
      const clip = height > tallest ? { x: 0, y: 0, width, height: tallest } : undefined;
      await page.screenshot({ path: `${out}/${file}`, fullPage: true, clip });
      shot.files[`${lang} ${width}`] = file;
      shot.errors.push(...errors.map((e) => `${lang} ${width}: ${e}`));
      await page.close();
    }
  }
  return shot;
}

const safe = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");

function indexPage(shots: Shot[], missing: string[]): string {
  const rows = shots.map(
    (s) =>
      `<section><h2>${s.role} <code>${safe(s.pattern)}</code></h2>${s.errors.map((e) => `<p class="e">${safe(e)}</p>`).join("")}<div>${Object.entries(
        s.files,
      )
        .map(
          ([k, f]) =>
            `<figure><a href="${f}"><img loading="lazy" src="${f}" alt=""></a><figcaption>${k}</figcaption></figure>`,
        )
        .join("")}</div></section>`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Linli, all pages</title>
<style>body{font:14px system-ui;margin:24px;background:#eee}section{margin-bottom:32px}div{display:flex;gap:16px;align-items:start;overflow-x:auto}figure{margin:0;background:#fff;border:1px solid #ccc}img{height:520px;display:block;object-fit:contain;object-position:top}figcaption{padding:4px 8px}.e{color:#b3261e}</style>
<h1>${shots.length} pages</h1>${missing.length ? `<p>No example yet for: ${safe(missing.join(", "))}</p>` : ""}${rows.join("\n")}</html>\n`;
}
