/**
 * The picture of the README: the finished thread of the demonstration city, in Chinese, 1280 wide.
 * `scripts/with-demo.sh bash -c 'cd frontend && node e2e/run.mjs picture'`
 */
import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";
import { open, openBrowser, visitorOf } from "./tour";

const out = process.env.LINLI_PICTURE ?? "../docs/pictures/thread.png";
const width = 1280;
/** Tall enough for the eight stations and the money, short enough to be looked at. */
const tallest = 1400;
/** A README is read on phones too. */
const mostBytes = 400_000;

export async function main(): Promise<number> {
  const browser = await openBrowser();
  const visitor = await visitorOf(browser);
  const answer = await visitor.context.request.get("/api/v1/needs?limit=100");
  const { items } = (await answer.json()) as { items: { code: string; outcome: string }[] };
  const finished = items.find((need) => need.outcome === "met");
  if (!finished) throw new Error("no finished need in the demonstration city");
  const { page, errors } = await open(visitor, `/needs/${finished.code}`, "zh", width);
  const foot = await page.locator("footer").first().boundingBox();
  mkdirSync(dirname(out), { recursive: true });
  await page.screenshot({
    path: out,
    fullPage: true,
    clip: { x: 0, y: 0, width, height: Math.min(Math.floor(foot?.y ?? tallest), tallest) },
  });
  await browser.close();
  for (const e of errors) console.log(`FAULT ${e}`);
  const bytes = statSync(out).size;
  console.log(`${out}: ${Math.round(bytes / 1000)} kB of ${mostBytes / 1000}`);
  return errors.length > 0 || bytes > mostBytes ? 1 : 0;
}
