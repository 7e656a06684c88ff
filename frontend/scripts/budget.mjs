// Adds up what a first visit to each page downloads in JavaScript (gzip) and fails when a
// public page passes 135 kB or a page of the work place 250 kB. Words are data and come
// beside it. Needs a finished build; --all shows every page.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const kB = 1000;
const budgets = { public: 135 * kB, work: 250 * kB };
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
  const routes = readFileSync(`${root}src/features/${area}/routes.tsx`, "utf8");
  const name = key
    .split("/")
    .at(-1)
    .replace(/\.tsx$/, "");
  const line = pageLine(routes, name);
  if (!line) continue; // a part that a page loads when it is wanted
  const kind = line.inWork ? "work" : "public";
  const files = new Set([...shell, ...closure(key)]);
  if (kind === "work") for (const f of closure("src/app/WorkLayout.tsx")) files.add(f);
  rows.push({ page: `${area}/${name}`, kind, bytes: [...files].reduce((sum, f) => sum + weigh(f), 0) });
}

/** Whether routes.tsx opens the page, and in which of its two lists. */
function pageLine(routes, name) {
  const at = routes.search(new RegExp(`import\\("\\./(?:[\\w-]+/)*${name}"\\)`));
  if (at < 0) return undefined;
  return { inWork: routes.lastIndexOf("workPages", at) > routes.lastIndexOf("publicPages", at) };
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
