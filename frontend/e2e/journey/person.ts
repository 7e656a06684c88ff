/**
 * One person at his own browser: finds things by the names a person sees or is read out, waits
 * for them, and says what was there instead. A console error or a failed request is a fault.
 */
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { base } from "../tour";

type Role = Parameters<Page["getByRole"]>[0];

const patience = 15_000; // milliseconds; sealing and opening keys take their time on a slow machine
const phone = { width: 390, height: 844 };
const desk = { width: 1280, height: 900 };

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
/** The word "optional" stands in the label; help inside a choice follows it. */
const labelled = (name: string): RegExp => new RegExp(`^${literal(name)}\\s*(选填)?$`);
const begins = (name: string): RegExp => new RegExp(`^${literal(name)}`);

export class Person {
  private constructor(
    readonly login: string,
    readonly page: Page,
    readonly context: BrowserContext,
    private readonly faults: string[],
  ) {}

  /** Opens a browser window of his own, on a phone or at a desk. */
  static async arrive(browser: Browser, login: string, faults: string[], onPhone = false): Promise<Person> {
    const context = await browser.newContext({
      baseURL: base,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      viewport: onPhone ? phone : desk,
      reducedMotion: "reduce",
    });
    const page = await context.newPage();
    page.setDefaultTimeout(patience);
    const who = login || "the public";
    page.on("console", (m) => {
      if (m.type() === "error") faults.push(`${who}: console: ${m.text()}`);
    });
    page.on("pageerror", (e) => faults.push(`${who}: ${e.message}`));
    page.on("response", (r) => {
      if (r.status() >= 400) faults.push(`${who}: ${r.request().method()} ${r.url()} answered ${r.status()}`);
    });
    page.on("requestfailed", (r) => {
      const why = r.failure()?.errorText ?? "";
      // Leaving a page ends what it was still asking for.
      if (why !== "net::ERR_ABORTED") faults.push(`${who}: ${r.method()} ${r.url()}: ${why}`);
    });
    return new Person(login, page, context, faults);
  }

  /** Types an address, as from a bookmark. */
  async goto(path: string): Promise<void> {
    await this.page.goto(path);
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
  }

  async signIn(password: string): Promise<void> {
    await this.goto("/sign-in");
    await this.fill("手机号或邮箱", `${this.login}@demo.linli.example`);
    await this.fill("密码", password);
    await this.press("登录");
    await this.page.waitForURL((url) => !url.pathname.startsWith("/sign-in"));
  }

  /** An entry of the side navigation, on a page that was loaded afresh: others have acted meanwhile. */
  async menu(name: string): Promise<void> {
    await this.goto("/work");
    const nav = this.page.getByRole("navigation", { name: "工作台导航" });
    await nav.getByRole("link", { name: new RegExp(`^${literal(name)}\\s*\\d*$`) }).click();
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
  }

  /** Opens the thing to do whose line has all the words. */
  async todo(...words: string[]): Promise<void> {
    await this.goto("/work");
    await this.linkWith(...words).click();
    await this.page.getByRole("heading", { level: 1 }).first().waitFor();
  }

  linkWith(...words: string[]): Locator {
    let line = this.page.getByRole("main").getByRole("link");
    for (const word of words) line = line.filter({ hasText: word });
    return line.first();
  }

  async press(name: string, within?: Locator): Promise<void> {
    await (await this.only("button", name, within)).click();
  }

  async follow(name: string, within?: Locator): Promise<void> {
    await (await this.only("link", name, within)).click();
  }

  async tab(name: string): Promise<void> {
    await (await this.only("tab", name)).click();
  }

  /** Opens a fold: "其他处理". */
  async unfold(name: string): Promise<void> {
    await this.page.locator("summary").filter({ hasText: name }).first().click();
  }

  async fill(label: string, text: string, within?: Locator): Promise<void> {
    await (await this.field(label, within)).fill(text);
  }

  /** A list of the browser: chooses by the words of the choice. */
  async choose(label: string, choice: string, within?: Locator): Promise<void> {
    const list = await this.field(label, within);
    const option = list.locator("option").filter({ hasText: choice }).first();
    await option.waitFor({ state: "attached" });
    await list.selectOption({ label: (await option.innerText()).trim() });
  }

  /** A box to type into that proposes: types, then takes the proposal. */
  async pick(label: string, typed: string, choice = typed): Promise<void> {
    const box = await this.field(label);
    await box.fill(typed);
    await this.page.getByRole("option").filter({ hasText: choice }).first().click();
  }

  /** Answers a question by one of its choices. */
  async answer(question: string, choice: string, within?: Locator): Promise<void> {
    const group = await this.only("group", question, within);
    await group.getByRole("radio", { name: begins(choice) }).check();
  }

  async tick(statement: string, within?: Locator): Promise<void> {
    const box = this.root(within)
      .getByRole("checkbox", { name: begins(statement) })
      .first();
    await this.there(box, `a box "${statement}"`);
    await box.check();
  }

  /** Waits until a text can be read. */
  async reads(text: string | RegExp, within?: Locator): Promise<void> {
    await this.there(
      this.root(within).getByText(text).filter({ visible: true }).first(),
      `the text "${text}"`,
    );
  }

  async upload(label: string, file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    await this.root().getByLabel(labelled(label)).first().setInputFiles(file);
    await this.reads(file.name);
  }

  /** The button of the dialog that is open; it closes when the server agreed. */
  async confirm(name: string): Promise<void> {
    await this.press(name, this.page.locator("dialog[open]").last());
    await this.done();
  }

  /** Until the page has what it asked for. */
  async settled(): Promise<void> {
    await this.page.waitForLoadState("networkidle");
  }

  /** Waits for the page of that name. */
  async heading(name: string): Promise<void> {
    await this.there(this.page.getByRole("heading", { level: 1, name: begins(name) }), `the page "${name}"`);
  }

  /** Waits until the dialog is gone. */
  async done(): Promise<void> {
    await this.page.locator("dialog[open]").first().waitFor({ state: "detached" });
  }

  /** A card or section by its heading. */
  card(title: string): Locator {
    return this.page.getByRole("region", { name: begins(title) }).first();
  }

  row(...words: string[]): Locator {
    let row = this.page.getByRole("row");
    for (const word of words) row = row.filter({ hasText: word });
    return row.first();
  }

  /** What lies on top takes the hand: a dialog before the page under it. */
  private root(within?: Locator): Locator {
    return within ?? this.page.locator("body:not(:has(dialog[open])), dialog[open]").last();
  }

  private async only(role: Role, name: string, within?: Locator): Promise<Locator> {
    const exact = this.root(within)
      .getByRole(role, { name: labelled(name) })
      .filter({ visible: true });
    await this.there(exact.first(), `a ${role} "${name}"`);
    return exact.first();
  }

  private async field(label: string, within?: Locator): Promise<Locator> {
    const found = this.root(within).getByLabel(labelled(label)).first();
    await this.there(found, `a field "${label}"`);
    return found;
  }

  private async there(what: Locator, name: string): Promise<void> {
    await what.waitFor({ state: "visible" }).catch(async () => {
      throw new Error(
        `${this.login} does not find ${name} at ${this.page.url()}; there is: ${await this.around()}`,
      );
    });
  }

  /** What can be pressed here, for the message of a failure. */
  private async around(): Promise<string> {
    const all = await this.root()
      .locator(
        "button:visible, a:visible, label:visible, [role=alert]:visible, .notice:visible, .problem:visible",
      )
      .allInnerTexts();
    return all
      .map((x) => x.trim().replaceAll("\n", " "))
      .filter(Boolean)
      .slice(-40)
      .join(" | ");
  }

  faultsSince(count: number): string[] {
    return this.faults.slice(count);
  }
}
