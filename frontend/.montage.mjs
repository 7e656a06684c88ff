import { chromium } from "playwright-core";
import { readFileSync } from "node:fs";
const [, , out, ...names] = process.argv;
const b = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--headless", "--no-sandbox", "--disable-gpu"] });
const p = await b.newPage({ viewport: { width: 400 * names.length, height: 1000 } });
await p.setContent(`<body style="margin:0;display:flex;gap:8px;background:#888;align-items:flex-start">${names.map((n) => `<img style="max-width:392px;max-height:1300px;object-fit:cover;object-position:top" src="data:image/png;base64,${readFileSync(`/tmp/nshots/${n}.png`).toString("base64")}">`).join("")}</body>`);
await p.waitForTimeout(300);
await p.screenshot({ path: `/tmp/nshots/${out}.png`, fullPage: true });
await b.close();
