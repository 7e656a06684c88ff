/**
 * Renders every page as every role in both languages and at both widths into shots/, with an
 * index page. tour.ts says how to narrow it to a few pages.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import type { Page } from "playwright-core";
import { langs, open, resize, tour, type Visit, type Visitor, widths } from "./tour";

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
  const shots: Shot[] = [];
  const missing = await tour(async (visitor, visit) => {
    shots.push(await shoot(visitor, visit, nameOf(visitor, visit, shots)));
  });
  shots.sort((a, b) => a.role.localeCompare(b.role));
  writeFileSync(`${out}/index.html`, indexPage(shots, missing));
  const faulty = shots.filter((s) => s.errors.length > 0);
  for (const s of faulty) console.log(`FAULT ${s.role} ${s.path}: ${s.errors.join(" | ")}`);
  for (const m of missing) console.log(`no example for ${m}`);
  const pictures = shots.length * widths.length * langs.length;
  console.log(`${shots.length} pages, ${pictures} pictures in ${out}/index.html`);
  return faulty.length > 0 ? 1 : 0;
}

/** "resident-work-mine"; a second example of the same page gets a number. */
function nameOf(visitor: Visitor, { pattern }: Visit, shots: Shot[]): string {
  const before = shots.filter((s) => s.role === visitor.role && s.pattern === pattern).length;
  const name = `${visitor.role}${pattern}`.replace(/[^\w]+/g, "-").replace(/-$/, "");
  return before > 0 ? `${name}-${before + 1}` : name;
}

async function shoot(visitor: Visitor, { pattern, path }: Visit, name: string): Promise<Shot> {
  const shot: Shot = { role: visitor.role, pattern, path, errors: [], files: {} };
  for (const lang of langs) {
    const { page, errors } = await open(visitor, path, lang, widths[0] ?? 1280);
    for (const width of widths) {
      await resize(page, width);
      const file = `${name}-${lang}-${width}.png`;
      if (await sideways(page)) errors.push(`scrolls sideways at ${width}`);
      await picture(page, `${out}/${file}`, width);
      shot.files[`${lang} ${width}`] = file;
    }
    if (expected(path)) errors.length = 0;
    shot.errors.push(...errors.map((e) => `${lang}: ${e}`));
  }
  return shot;
}

/** The browser itself reports an address that does not exist; that is what the page is for. */
const expected = (path: string) => path === "/no-such-page";

async function picture(page: Page, path: string, width: number): Promise<void> {
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  const clip = height > tallest ? { x: 0, y: 0, width, height: tallest } : undefined;
  await page.screenshot({ path, fullPage: true, clip });
}

const sideways = (page: Page): Promise<boolean> =>
  page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth + 1);

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
