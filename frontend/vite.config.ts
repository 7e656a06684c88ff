import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import react from "@vitejs/plugin-react";
import type { Plugin } from "vite";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const server = process.env.LINLI_DEV_SERVER ?? "http://127.0.0.1:8080";

/**
 * Words that many small files contribute to (problem titles, status names) travel as one
 * chunk per language: the server speaks HTTP/1.1, where twenty tiny requests cost seconds on
 * a slow line.
 */
function wordsChunk(id: string): string | null {
  const found = /\/locales\/(zh|en)\/(problems|status|nav)\./.exec(id);
  return found ? `${found[2]}-${found[1]}` : null;
}

/** Leaves a compressed copy beside every text file, so that the server never compresses the same bytes twice. */
function packed(): Plugin {
  return {
    name: "linli-packed",
    apply: "build",
    closeBundle() {
      const dist = here("./dist/");
      for (const entry of readdirSync(dist, { recursive: true, encoding: "utf8" })) {
        if (!/\.(js|css|svg|json|html)$/.test(entry)) continue;
        writeFileSync(`${dist}${entry}.gz`, gzipSync(readFileSync(dist + entry), { level: 9 }));
      }
    },
  };
}

export default defineConfig({
  plugins: [react(), packed()],
  resolve: {
    alias: { "@": here("./src") },
    // Worktrees share one node_modules through a symbolic link; real paths would split React in two.
    preserveSymlinks: true,
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
    modulePreload: { polyfill: false },
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: wordsChunk, test: /\/locales\/(zh|en)\/(problems|status|nav)\./ },
            {
              name: "core",
              test: /node_modules\/(react|react-dom|scheduler|@tanstack|i18next|react-i18next|openapi-fetch)\//,
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
