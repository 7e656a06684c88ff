/**
 * The words of the web app as data. `virtual:words` answers a namespace of a language; files
 * named `<namespace>.<area>.json` are gathered into one. A build writes each as a hashed JSON
 * file, so that twenty areas cost a visitor neither twenty requests nor script to parse; while
 * developing and testing they are modules that reload when a file changes.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import type { Plugin } from "vite";

/** Namespaces that every area adds to. */
const gathered = ["problems", "status", "nav", "action"];
const langs = ["zh", "en"] as const;
const entry = "virtual:words";

type Dict = Record<string, unknown>;

const namespaceOf = (file: string): string => {
  const [first = ""] = file.split(".");
  return gathered.includes(first) ? first : file.replace(/\.json$/, "");
};

export function words(folder: string): Plugin {
  let building = false;
  const files = (lang: string) => readdirSync(`${folder}/${lang}`).filter((f) => f.endsWith(".json"));
  const namespaces = (lang: string) => [...new Set([...files(lang).map(namespaceOf), ...gathered])].sort();
  const read = (lang: string, namespace: string): Dict =>
    Object.assign(
      {},
      ...files(lang)
        .filter((f) => namespaceOf(f) === namespace)
        .map((f) => JSON.parse(readFileSync(`${folder}/${lang}/${f}`, "utf8")) as Dict),
    );

  return {
    name: "linli-words",
    configResolved(config) {
      building = config.command === "build";
    },
    resolveId: (id) => (id.startsWith(entry) ? `\0${id}` : undefined),
    load(id) {
      if (!id.startsWith(`\0${entry}`)) return undefined;
      const [, lang, namespace] = id.split("/");
      if (lang && namespace) return `export default ${JSON.stringify(read(lang, namespace))}`;
      const all = langs.flatMap((l) => namespaces(l).map((n) => [l, n] as const));
      if (!building) {
        const modules = all.map(([l, n]) => `"${l}/${n}": () => import("${entry}/${l}/${n}")`);
        return `const all = {${modules.join(",")}};
          export const load = async (lang, name) => (await all[lang + "/" + name]?.())?.default ?? {};`;
      }
      const marks = namespaces(langs[0]).map((n) => {
        const written = langs.map((l) => {
          const source = JSON.stringify(read(l, n));
          const mark = createHash("sha256").update(source).digest("base64url").slice(0, 8);
          this.emitFile({ type: "asset", fileName: `assets/${n}-${l}-${mark}.json`, source });
          return mark;
        });
        return `${n}:"${written.join(" ")}"`;
      });
      return `const marks = {${marks.join(",")}};
        export async function load(lang, name) {
          const mark = marks[name]?.split(" ")[${JSON.stringify(langs)}.indexOf(lang)];
          if (!mark) return {};
          const answer = await fetch("/assets/" + name + "-" + lang + "-" + mark + ".json");
          if (!answer.ok) throw new TypeError("network: words " + answer.status);
          return answer.json();
        }`;
    },
    handleHotUpdate({ file, server }) {
      if (file.startsWith(folder)) server.ws.send({ type: "full-reload" });
    },
  };
}
