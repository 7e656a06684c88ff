/**
 * The journey: every role, through the page, from a resident's words on a phone to the audited
 * payment and the fund. It starts from the demonstration city and posts a need of its own.
 *
 * LINLI_STATIONS=voice,need plays only these; with LINLI_JOURNEY_STATE, a file, they go on where
 * an earlier run on the same database stopped.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { acceptance } from "./journey/acceptance";
import { audit } from "./journey/audit";
import { award } from "./journey/award";
import { bids } from "./journey/bids";
import { Cast, type Trail } from "./journey/cast";
import { contract } from "./journey/contract";
import { fund } from "./journey/fund";
import { need } from "./journey/need";
import { opening } from "./journey/opening";
import { payment } from "./journey/payment";
import { project } from "./journey/project";
import { scores } from "./journey/scores";
import { tender } from "./journey/tender";
import { voice } from "./journey/voice";
import { openBrowser } from "./tour";

const stations: [string, (cast: Cast) => Promise<void>][] = [
  ["voice", voice],
  ["need", need],
  ["project", project],
  ["tender", tender],
  ["bids", bids],
  ["opening", opening],
  ["scores", scores],
  ["award", award],
  ["contract", contract],
  ["acceptance", acceptance],
  ["payment", payment],
  ["fund", fund],
  ["audit", audit],
];

const kept = process.env.LINLI_JOURNEY_STATE;
const blank: Trail = { title: "", need: "", project: "", tender: "", contract: "", payment: "", fund: "" };

export async function main(): Promise<number> {
  const only = process.env.LINLI_STATIONS?.split(",");
  const trail = kept && existsSync(kept) ? (JSON.parse(readFileSync(kept, "utf8")) as Trail) : blank;
  const cast = new Cast(await openBrowser(), trail);
  const began = Date.now();
  let played = 0;
  let failed = 0;
  for (const [name, play] of stations.filter(([n]) => !only || only.includes(n))) {
    const at = Date.now();
    const fault = await play(cast).catch((e: unknown) => e as Error);
    const faults = cast.faults.splice(0);
    if (fault || faults.length > 0) {
      failed++;
      console.log(`FAULT ${name}: ${fault?.message ?? "the page reported errors"}`);
      for (const f of faults) console.log(`FAULT ${name}: ${f}`);
      console.log(`the screen: ${await screenshot(cast, name)}`);
      break;
    }
    played++;
    console.log(`  ${name} ${((Date.now() - at) / 1000).toFixed(1)} s`);
    if (kept) writeFileSync(kept, JSON.stringify(trail));
  }
  await cast.browser.close();
  console.log(`${played} passed, ${failed} failed (${((Date.now() - began) / 1000).toFixed(0)} s)`);
  return failed > 0 ? 1 : 0;
}

async function screenshot(cast: Cast, name: string): Promise<string> {
  const folder = process.env.LINLI_JOURNEY_SHOTS ?? join(tmpdir(), "linli-journey");
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${name}-${cast.last?.login || "public"}.png`);
  await cast.last?.page.screenshot({ path: file, fullPage: true }).catch(() => undefined);
  return file;
}
