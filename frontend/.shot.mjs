import { chromium } from "playwright-core";
import { readFileSync, mkdirSync } from "node:fs";
const base = "http://127.0.0.1:18432";
const [,, role, lang, width, path, name, ...acts] = process.argv;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync".split(" ") });
const context = await browser.newContext({ baseURL: base, viewport: { width: Number(width), height: 900 }, reducedMotion: "reduce" });
if (role !== "public") {
  const all = JSON.parse(readFileSync("/tmp/needs-accounts.json", "utf8")).accounts;
  const a = all.find((x) => x.role === role);
  const r = await context.request.post("/api/v1/session", { headers: { "X-Linli-Request": "1" }, data: { login: a.login, password: a.password, membershipId: a.membershipId } });
  if (!r.ok()) throw new Error(await r.text());
}
await context.addInitScript(([l, s]) => { localStorage.setItem("linli.lang", l); if (s) localStorage.setItem("linli.signed_in", "1"); }, [lang, role !== "public"]);
const page = await context.newPage();
page.on("console", (m) => { if (m.type() === "error") console.log("console:", m.text()); });
page.on("pageerror", (e) => console.log("pageerror:", e.message));
page.on("response", (r) => { if (r.status() >= 400) console.log(r.status(), r.url()); });
await page.goto(path);
await page.waitForLoadState("networkidle");
mkdirSync("/tmp/nshots", { recursive: true });
let n = 0;
for (const act of acts) {
  const [verb, ...rest] = act.split("=");
  const arg = rest.join("=");
  if (verb === "click") await page.getByText(arg, { exact: false }).first().click({timeout:8000});
  if (verb === "button") await page.getByRole("button", { name: arg }).first().click({timeout:8000});
  if (verb === "fill") { const [label, text] = arg.split("::"); await page.getByLabel(label).first().fill(text); }
  if (verb === "css") await page.locator(arg).first().click({timeout:8000});
  if (verb === "file") { const [label, f] = arg.split("::"); await page.locator(label).setInputFiles(f); }
  if (verb === "shot") { await page.screenshot({ path: `/tmp/nshots/${name}-${arg}.png`, fullPage: true }); }
  if (verb === "press") await page.keyboard.press(arg);
  await page.waitForTimeout(300); await page.waitForLoadState("networkidle");
}
await page.screenshot({ path: `/tmp/nshots/${name}.png`, fullPage: acts[0] !== "view" });
const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
if (over > 0) console.log("SIDEWAYS", over);
await browser.close();
