// Runs a TypeScript script of this folder: `node e2e/run.mjs shots`. Vite reads it, so that it
// may import the web app's own registry of pages.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const name = process.argv[2];
if (!name) throw new Error("usage: node e2e/run.mjs <script>");
const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
// The sweeps read the registry of pages and need no words.
const wordless = {
  name: "wordless",
  resolveId: (id) => (id === "virtual:words" ? "\0virtual:words" : undefined),
  load: (id) => (id === "\0virtual:words" ? "export const load = async () => ({})" : undefined),
};
const { module } = await runnerImport(file, {
  configFile: false,
  logLevel: "error",
  plugins: [wordless],
  resolve: { alias: { "@": fileURLToPath(new URL("../src", import.meta.url)) } },
});
process.exitCode = await module.main();
