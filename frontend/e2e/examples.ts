/** What the demonstration city has no example of, made before a sweep: a room that neighbours may use. */
import type { Browser } from "playwright-core";
import { type Account, type Visitor, visitorOf } from "./tour";

const room = {
  kind: "venue",
  facts: {
    title: "邻里活动室",
    titleEn: "Neighbours' room",
    description: "一楼，有投影和四十把椅子。",
    categories: ["culture.arts"],
    persons: 40,
    hourFen: 0,
    week: [{ weekday: 6, from: "09:00", until: "17:30" }],
  },
};

/** The owner offers it, unless an earlier sweep on this database left one. */
export async function makeExamples(browser: Browser, owner: Account | undefined): Promise<void> {
  if (!owner) return;
  const visitor = await visitorOf(browser, owner);
  const { items: there } = await ask<{ items: unknown[] }>(visitor, "GET", "/resources?limit=1");
  if (there.length === 0) {
    const { items } = await ask<{ items: { id: string }[] }>(visitor, "GET", "/places?limit=1");
    const facts = { ...room.facts, placeId: items[0]?.id };
    const made = await ask<{ id: string }>(visitor, "POST", "/resources", { ...room, facts });
    await ask(visitor, "POST", `/resources/${made.id}/offer`, {}, '"1"');
  }
  await visitor.context.close();
}

async function ask<T>(
  visitor: Visitor,
  method: string,
  path: string,
  data?: object,
  version?: string,
): Promise<T> {
  const answer = await visitor.context.request.fetch(`/api/v1${path}`, {
    method,
    data,
    headers: {
      Authorization: `Bearer ${visitor.token}`,
      "Idempotency-Key": crypto.randomUUID(),
      ...(version ? { "If-Match": version } : {}),
    },
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}
