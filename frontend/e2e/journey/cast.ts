/** Who plays, and what the stations tell each other. */
import type { Browser } from "playwright-core";
import { Person } from "./person";

const password = "linli-demonstration";

/** What the journey knows; a later station finds the thing by it. Kept between runs of single stations. */
export interface Trail {
  title: string;
  need: string; // XQ-2026-000123
  project: string; // its name
  tender: string; // address of its public page
  contract: string;
  payment: string;
  fund: string;
  [more: string]: string;
}

export class Cast {
  readonly faults: string[] = [];
  private readonly people = new Map<string, Person>();
  /** Who acted last: his screen is kept when something fails. */
  last?: Person;

  constructor(
    readonly browser: Browser,
    readonly trail: Trail,
  ) {}

  /** The person at his browser, signed in once. An empty login is a passer-by. */
  async as(login: string, onPhone = false): Promise<Person> {
    let person = this.people.get(login);
    if (!person) {
      person = await Person.arrive(this.browser, login, this.faults, onPhone);
      this.people.set(login, person);
      this.last = person;
      if (login) await person.signIn(password);
    }
    this.last = person;
    return person;
  }

  /** The administrator lets days pass, as the demonstration allows. */
  async pass(days: number): Promise<void> {
    const admin = await this.as("admin");
    await admin.menu("系统");
    await admin.fill("前进天数", String(days));
    const moved = admin.page.waitForResponse((r) => r.url().endsWith("/clock/advance") && r.ok());
    await admin.press("前进");
    await moved;
  }

  async passHours(hours: number): Promise<void> {
    const admin = await this.as("admin");
    await admin.menu("系统");
    for (let i = 0; i < hours; i++) {
      const moved = admin.page.waitForResponse((r) => r.url().endsWith("/clock/advance") && r.ok());
      await admin.press("前进 1 小时");
      await moved;
    }
  }
}
