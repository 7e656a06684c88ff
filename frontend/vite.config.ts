import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";
import { words } from "./scripts/words.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.LINLI_DEV_SERVER ?? "http://127.0.0.1:8080";

/** Names of the public pages' components, as the areas' routes list them. */
const publicPages = new Set(
  readdirSync(here("./src/features"))
    .map((area) => here(`./src/features/${area}/routes.tsx`))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .flatMap((routes) => [...routes.matchAll(/import\("[./\w-]*\/(\w+)"\)/g)].map((m) => m[1])),
);
const shared = /\/(core|shell|rolldown-runtime)-[\w-]{8}\.js$/;
const pageOf = (file: string) => file.match(/(\w+)-[\w-]{8}\.js$/)?.[1];

export default defineConfig({
  plugins: [react(), words(here("./src/locales"))],
  resolve: {
    alias: { "@": here("./src") },
  },
  server: {
    host: "127.0.0.1",
    proxy: { "/api": server, "/healthz": server },
  },
  build: {
    outDir: "dist",
    assetsDir: "assets",
    target: "es2022",
    manifest: "manifest.json",
    // Everything is a file with a hashed name: the content security policy forbids inline
    // scripts and styles, data: fonts and pictures included.
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      // The list of what to fetch along with a page travels with every visit. A neighbour's phone
      // is spared the lists of the work place; its pages ask for their parts when they arrive.
      // What every page shares is here already.
      resolveDependencies: (file, deps) =>
        deps.filter((d) => d.endsWith(".css") || (publicPages.has(pageOf(file)) && !shared.test(d))),
    },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            {
              name: "core",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack)\/|rolldown\/runtime/,
            },
            {
              name: "shell",
              test: /virtual:words|src\/(lib\/(api|client|can|clock|fieldwords|format|i18n|paths|prefs|problem|query|session)\.ts|ui\/(Button|Link|Status|icons|layout|states|values)\.tsx)$/,
            },
          ],
        },
      },
    },
  },
  test: {
    environment: "happy-dom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/testing/setup.ts"],
    restoreMocks: true,
    css: false,
  },
});
