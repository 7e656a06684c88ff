/** Both languages say the same things, and every key the code asks for exists. */
import { expect, it } from "vitest";

type Dict = { [key: string]: string | Dict };
const files = import.meta.glob<Dict>("./*/*.json", { eager: true, import: "default" });
const sources = import.meta.glob<string>("../**/*.{ts,tsx}", {
  eager: true,
  query: "?raw",
  import: "default",
});

function keys(dict: Dict, prefix = ""): string[] {
  return Object.entries(dict).flatMap(([k, v]) =>
    typeof v === "string" ? [prefix + k] : keys(v, `${prefix}${k}.`),
  );
}
function values(dict: Dict): string[] {
  return Object.values(dict).flatMap((v) => (typeof v === "string" ? [v] : values(v)));
}
const plain = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, "");
const names = [...new Set(Object.keys(files).map((f) => f.split("/")[2] ?? ""))].sort();

it.each(names)("%s has the same keys in both languages", (name) => {
  const of = (lang: string) => [...new Set(keys(files[`./${lang}/${name}`] ?? {}).map(plain))].sort();
  expect(of("en")).toEqual(of("zh"));
});

it.each(Object.keys(files))("%s says something under every key", (file) => {
  expect(values(files[file] ?? {}).filter((v) => v.trim() === "")).toEqual([]);
});

it("English words contain no Chinese", () => {
  const chinese = Object.entries(files)
    .filter(([file]) => file.startsWith("./en/"))
    .flatMap(([file, dict]) =>
      values(dict)
        .filter((v) => /[\u4e00-\u9fff]/.test(v))
        .map((v) => `${file}: ${v}`),
    );
  // Chinese proper terms may stand in brackets after their English.
  expect(chinese.filter((line) => !/[（(][^()（）]*[\u4e00-\u9fff][^()（）]*[)）]/.test(line))).toEqual([]);
});

/** Namespace → its keys, with the gathered ones joined. */
function known(): Map<string, Set<string>> {
  const out = new Map<string, Set<string>>();
  for (const [file, dict] of Object.entries(files)) {
    if (!file.startsWith("./zh/")) continue;
    const name = (file.split("/")[2] ?? "").split(".")[0] ?? "";
    const set = out.get(name) ?? new Set<string>();
    for (const k of keys(dict)) set.add(plain(k));
    out.set(name, set);
  }
  return out;
}

const spacesOf = (text: string) => [...text.matchAll(/useTranslation\("(\w+)"\)/g)].map((m) => m[1] ?? "");
const folderOf = (file: string) => file.slice(0, file.lastIndexOf("/"));

it("every key that the code names literally exists", () => {
  const have = known();
  const byFolder = new Map<string, string[]>();
  for (const [file, text] of Object.entries(sources)) {
    byFolder.set(folderOf(file), [...(byFolder.get(folderOf(file)) ?? []), ...spacesOf(text)]);
  }
  const missing: string[] = [];
  for (const [file, text] of Object.entries(sources)) {
    if (/\.test\.tsx?$/.test(file) || file.includes("/generated/")) continue;
    // A part that is handed its words speaks for the folder it lives in.
    const spaces = spacesOf(text);
    if (spaces.length === 0) spaces.push(...(byFolder.get(folderOf(file)) ?? []), "ui");
    for (const [, key = ""] of text.matchAll(/\bt\(\s*"([^"$]+)"/g)) {
      const [ns, rest] = key.includes(":") ? key.split(":") : ["", key];
      const found = (ns ? [ns] : spaces).some((s) => have.get(s)?.has(rest ?? ""));
      if (!found) missing.push(`${file}: ${key}`);
    }
  }
  expect(missing).toEqual([]);
});

it("no component speaks Chinese by itself", () => {
  const spoken = Object.entries(sources)
    .filter(([file]) => file.endsWith(".tsx") && !file.includes(".test."))
    .flatMap(([file, text]) =>
      text
        .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
        .split("\n")
        .filter((line) => /[\u4e00-\u9fff]/.test(line))
        .map((line) => `${file}: ${line.trim()}`),
    );
  // The switch names the other language in its own words.
  expect(spoken.filter((line) => !line.includes('"中文"'))).toEqual([]);
});
