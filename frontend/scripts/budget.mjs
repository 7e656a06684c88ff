// Adds up what a first visit to each page downloads in JavaScript (gzip) and fails when a
// public page passes 130 kB or a page of the work place 250 kB. Words are data and come
// beside it. Needs a finished build; --all shows every page.
import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const kB = 1000;
const budgets = { public: 130 * kB, work: 250 * kB };
const root = fileURLToPath(new URL("../", import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}dist/manifest.json`, "utf8"));
const sizes = new Map();

function weigh(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(`${root}dist/${file}`), { level: 9 }).length);
  return sizes.get(file);
}

/** The chunk and everything it imports statically. */
function closure(key, into = new Set()) {
  const chunk = manifest[key];
  if (!chunk || into.has(chunk.file)) return into;
  if (chunk.file.endsWith(".js")) into.add(chunk.file);
  for (const next of chunk.imports ?? []) closure(next, into);
  return into;
}

const keysMatching = (pattern) => Object.keys(manifest).filter((key) => pattern.test(key));

const shell = closure("index.html");
const rows = [];
for (const key of keysMatching(/^src\/features\/[\w-]+\/.+\.tsx$/)) {
  if (!manifest[key].isDynamicEntry) continue;
  const [, area] = /^src\/features\/([\w-]+)\//.exec(key);
  const name = key
    .split("/")
    .at(-1)
    .replace(/\.tsx$/, "");
  const kind = kindOf(area, name);
  if (!kind) continue; // a part that a page loads when it is wanted
  const files = new Set([...shell, ...closure(key)]);
  if (kind === "work") for (const f of closure("src/app/workroutes.ts")) files.add(f);
  rows.push({ page: `${area}/${name}`, kind, bytes: [...files].reduce((sum, f) => sum + weigh(f), 0) });
}

/** Which of the area's two lists of pages opens the page. */
function kindOf(area, name) {
  const opens = new RegExp(`import\\("\\./(?:[\\w-]+/)*${name}"\\)`);
  const lists = { public: "routes", work: "workroutes" };
  return Object.keys(lists).find((kind) => {
    const file = `${root}src/features/${area}/${lists[kind]}.tsx`;
    return existsSync(file) && opens.test(readFileSync(file, "utf8"));
  });
}

rows.sort((a, b) => b.bytes - a.bytes);
let failed = false;
for (const { page, kind, bytes } of rows) {
  const over = bytes > budgets[kind];
  failed ||= over;
  if (over || process.argv.includes("--all")) {
    console.log(
      `${over ? "OVER" : "ok  "} ${(bytes / kB).toFixed(1).padStart(6)} kB of ${budgets[kind] / kB}  ${kind.padEnd(6)} ${page}`,
    );
  }
}
const worst = (kind) => rows.find((r) => r.kind === kind);
for (const kind of ["public", "work"]) {
  const row = worst(kind);
  if (row)
    console.log(
      `heaviest ${kind} page: ${row.page}, ${(row.bytes / kB).toFixed(1)} kB gzip of ${budgets[kind] / kB}`,
    );
}
if (rows.length === 0) {
  console.error("no pages found: build first");
  failed = true;
}
process.exit(failed ? 1 : 0);
