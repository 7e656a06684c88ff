/**
 * The main pages by the keyboard alone: the skip link first, a visible focus on every stop, no
 * trap; menus and dialogs open with Enter or Space, close with Escape and hand the focus back;
 * one need is said and one is decided on without a hand on the mouse.
 */
import { Hands } from "./keyboard/hands";
import { decide, say } from "./keyboard/tasks";
import { openBrowser } from "./tour";

type Play = (at: Hands) => Promise<void>;

const pages: [login: string, path: string][] = [
  ["", "/"],
  ["", "/needs"],
  ["", "/projects"],
  ["", "/sign-in"],
  ["buyer", "/work"],
  ["buyer", "/work/tenders"],
  ["finance", "/work/payments"],
  ["auditor", "/work/audit"],
];

const plays: [name: string, login: string, play: Play][] = [
  ["menus of the work place", "buyer", workMenus],
  ["menus on a phone", "", (at) => narrowMenu(at, "/", "/needs")],
  ["menus on a phone at work", "buyer", (at) => narrowMenu(at, "/work", "/work/tenders")],
  ["language and role", "buyer", switches],
  ["saying a need", "resident.zhiqiang", say],
  ["deciding on a voice", "community.zhiqiang", decide],
];

export async function main(): Promise<number> {
  const began = Date.now();
  const browser = await openBrowser();
  const faults: string[] = [];
  let done = 0;
  const walks: typeof plays = pages.map(([who, path]) => [`Tab through ${path}`, who, (at) => at.walk(path)]);
  for (const [name, login, play] of [...walks, ...plays]) {
    const at = await Hands.of(browser, login);
    await play(at).catch((e: Error) => at.faults.push(e.message));
    faults.push(...at.faults.map((f) => `${name}: ${f}`));
    if (at.faults.length === 0) done++;
    await at.close();
  }
  await browser.close();
  for (const f of faults) console.log(`FAULT ${f}`);
  const seconds = Math.round((Date.now() - began) / 1000);
  console.log(`by keyboard: ${done} passed, ${walks.length + plays.length - done} failed (${seconds} s)`);
  return faults.length > 0 ? 1 : 0;
}

/** Who I act as, and the list of places to jump to. */
async function workMenus(at: Hands): Promise<void> {
  await at.goto("/work");
  for (const key of ["Enter", "Space"]) {
    await at.to(".whoami summary");
    await at.press(key);
    await at.press("Tab");
    await at.holds(".whoami .menu", `${key} opens the menu and Tab leads into it`);
    await at.press("Escape");
    await at.holds(".whoami summary", "Escape hands the focus back to the menu's button");
  }
  await at.to(".topbar .btn:has(kbd)");
  await at.press("Enter");
  await at.holds("dialog[open] input", "the list to jump from takes the focus");
  await at.press("Escape");
  await at.holds(".topbar .btn:has(kbd)", "Escape hands the focus back to the button");
}

async function narrowMenu(at: Hands, path: string, target: string): Promise<void> {
  await at.goto(path, 390);
  const menu = path === "/" ? "#mainnav" : "#sidenav";
  const burger = "header .burger";
  await at.to(burger);
  await at.press("Enter");
  await at.holds(menu, "the menu takes the focus");
  await at.press("Escape");
  await at.holds(burger, "Escape hands the focus back to the menu's button");
  await at.press("Space");
  await at.to(`${menu} a[href="${target}"]`);
  await at.press("Enter");
  await at.page.waitForURL(`**${target}`);
  await at.holds("main", "the page that opened takes the focus");
}

async function switches(at: Hands): Promise<void> {
  await at.goto("/work/role");
  const language = "header button[lang]";
  for (const [key, lang] of [
    ["Enter", "en"],
    ["Space", "zh-CN"],
  ] as const) {
    await at.to(language);
    await at.press(key);
    await at.page.locator(`html[lang="${lang}"]`).waitFor();
    await at.holds(language, "the switch keeps the focus");
  }
  await at.to(".roles button");
  await at.press("Enter");
  await at.page.waitForURL("**/work");
  await at.holds("main", "the work place takes the focus");
}
