// Runs a TypeScript script of this folder: `node e2e/run.mjs shots`. Vite reads it, so that it
// may import the web app's own registry of pages.
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const name = process.argv[2];
if (!name) throw new Error("usage: node e2e/run.mjs <script>");
const file = fileURLToPath(new URL(`./${name}.ts`, import.meta.url));
// The sweeps read the table of routes and need neither words nor looks.
const stubs = { "virtual:words": "export const load = async () => ({})", style: "" };
const bare = {
  name: "bare",
  enforce: "pre",
  resolveId: (id) => (id === "virtual:words" ? `\0${id}` : id.endsWith(".css") ? "\0style" : undefined),
  load: (id) => stubs[id.slice(1)],
};
const { module } = await runnerImport(file, {
  configFile: false,
  logLevel: "error",
  plugins: [bare],
  resolve: { alias: { "@": fileURLToPath(new URL("../src", import.meta.url)) } },
});
process.exitCode = await module.main();
