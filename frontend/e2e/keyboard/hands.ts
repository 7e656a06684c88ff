/** Somebody who has a keyboard and no mouse. */
import type { Browser, Page } from "playwright-core";
import { everyAccount, open, resize, settled, type Visitor, visitorOf } from "../tour";

/** More stops than the longest page has: who has not come round by then is trapped. */
const mostStops = 250;
const patience = 10_000; // milliseconds

interface Stop {
  name: string;
  skip: boolean;
  /** Nothing shows that it has the focus. */
  unseen: boolean;
  outside: boolean;
}

export class Hands {
  readonly faults: string[] = [];

  private constructor(
    private readonly visitor: Visitor,
    public page: Page,
  ) {}

  static async of(browser: Browser, login: string): Promise<Hands> {
    const account = login ? everyAccount().find((a) => a.login === `${login}@demo.linli.example`) : undefined;
    if (login && !account) throw new Error(`nobody signs in as ${login}`);
    const visitor = await visitorOf(browser, account);
    return new Hands(visitor, (await open(visitor, "/privacy", "zh", 1280)).page);
  }

  close = () => this.visitor.context.close();

  async goto(path: string, width = 1280): Promise<void> {
    await resize(this.page, width);
    await this.page.goto(path);
    const late = await settled(this.page);
    if (late) throw new Error(`${path}: ${late}`);
  }

  press = (key: string) => this.page.keyboard.press(key);

  /** Tab until the selector has the focus. */
  async to(selector: string): Promise<void> {
    await this.page
      .locator(selector)
      .first()
      .waitFor({ timeout: patience })
      .catch(() => this.lost(selector));
    for (let i = 0; i < mostStops; i++) {
      if (await this.has(selector)) return;
      await this.press("Tab");
    }
    await this.lost(selector);
  }

  /** Tab to the button, link, field or box of that name, and press it or leave it to type. */
  async on(
    role: "button" | "link" | "textbox" | "searchbox" | "checkbox" | "radio",
    name: string,
  ): Promise<void> {
    const target = this.page.getByRole(role, { name }).filter({ visible: true }).first();
    await target.waitFor({ timeout: patience }).catch(() => this.lost(`${role} "${name}"`));
    for (let i = 0; i < mostStops; i++) {
      if (await target.evaluate((e) => e === document.activeElement)) return;
      await this.press("Tab");
    }
    await this.lost(`${role} "${name}"`);
  }

  type = (text: string) => this.page.keyboard.insertText(text);

  /** The focus is on, or inside, what the selector names; a moment is allowed. */
  async holds(selector: string, what: string): Promise<void> {
    await this.page
      .waitForFunction((s) => document.activeElement?.closest(s), selector, { timeout: 3000 })
      .catch(async () => this.faults.push(`not so: ${what}; the focus is on ${(await this.stop()).name}`));
  }

  private has = (selector: string) =>
    this.page.evaluate((s) => document.activeElement?.matches(s) ?? false, selector);

  private async lost(what: string): Promise<never> {
    const { name } = await this.stop();
    throw new Error(`Tab does not come to ${what} on ${this.page.url()}; the focus is on ${name}`);
  }

  /** From the top of a page through all its stops and round again. */
  async walk(path: string): Promise<void> {
    await this.goto(path);
    await this.press("Tab");
    const first = await this.stop();
    if (!first.skip) this.faults.push(`the first stop is ${first.name}, not the skip link`);
    let stop = first;
    let count = 0;
    do {
      if (stop.unseen) this.faults.push(`nothing shows that the focus is on ${stop.name}`);
      if (++count > mostStops) throw new Error(`trapped at ${stop.name}`);
      await this.press("Tab");
      stop = await this.stop();
    } while (!stop.outside && !stop.skip);
    await this.goto(path);
    await this.press("Tab");
    await this.press("Enter");
    await this.press("Tab");
    await this.holds("main, footer", "the skip link leads into the page");
  }

  private stop(): Promise<Stop> {
    return this.page.evaluate(() => {
      const at = document.activeElement;
      const outside = !at || at === document.body;
      const shows = (e: Element | null) => {
        if (!e) return false;
        const s = getComputedStyle(e);
        return (
          (s.outlineStyle !== "none" && Number.parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none"
        );
      };
      const box = at?.getBoundingClientRect();
      // A box to tick is drawn by its label, a map's tool by the map.
      const shown =
        shows(at ?? null) || shows(at?.parentElement ?? null) || shows(at?.closest("label") ?? null);
      const words = (at?.getAttribute("aria-label") ?? at?.textContent ?? "").trim().slice(0, 30);
      return {
        name: at ? `${at.localName}.${at.className} "${words}"` : "nothing",
        skip: at?.matches(".skip") ?? false,
        unseen: !outside && (!shown || !box || box.width === 0 || box.bottom < 0 || box.top > innerHeight),
        outside,
      };
    });
  }
}
