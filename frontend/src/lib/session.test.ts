import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Membership, SessionAnswer } from "./session";

const membership: Membership = {
  id: "m",
  role: "buyer_maker",
  partyId: "b",
  partyName: "保和街道办事处",
  partyNameEn: "",
  partyKind: "street",
  placeId: "pl",
  placeName: "保和街道",
};
const answer: SessionAnswer = {
  accessToken: "fresh",
  session: {
    personId: "p",
    name: "李*",
    phone: "",
    email: "",
    language: "zh",
    sessionId: "s",
    membership,
    memberships: [membership],
    permissions: ["need.read"],
  },
};

/** The modules hold state; every test starts with their own. */
async function modules() {
  vi.resetModules();
  return { session: await import("./session"), ...(await import("./api")), ...(await import("./problem")) };
}

const respond = (status: number, body: unknown = {}) => Promise.resolve(Response.json(body, { status }));
let fetched: { url: string; headers: Headers }[];
let script: ((request: Request) => Promise<Response>)[];

beforeEach(() => {
  fetched = [];
  script = [];
  vi.stubGlobal("fetch", (input: Request | string, init?: RequestInit) => {
    const request =
      typeof input === "string"
        ? new Request(new URL(input, location.origin), { ...init, signal: null })
        : input;
    fetched.push({ url: new URL(request.url).pathname, headers: request.headers });
    const next = script.shift();
    if (!next) throw new Error(`unexpected request ${request.url}`);
    return next(request);
  });
});
afterEach(() => vi.unstubAllGlobals());

it("asks for no renewal when this device never signed in", async () => {
  const { session } = await modules();
  expect((await session.settle()).kind).toBe("anonymous");
  expect(fetched).toEqual([]);
});

it("restores the session from the cookie once, for all who ask", async () => {
  localStorage.setItem("linli.signed_in", "1");
  const { session } = await modules();
  script = [() => respond(200, answer)];
  await Promise.all([session.settle(), session.settle()]);
  expect(fetched.map((f) => f.url)).toEqual(["/api/v1/session/refresh"]);
  expect(fetched[0]?.headers.get("X-Linli-Request")).toBe("1");
  expect(session.can("need.read")).toBe(true);
  expect(session.can("need.publish")).toBe(false);
});

it("renews an expired token once and sends the request again with the same idempotency key", async () => {
  const { session, ask, api } = await modules();
  session.adopt({ ...answer, accessToken: "old" });
  script = [
    () => respond(401, { code: "session.expired" }),
    () => respond(200, answer),
    () => respond(200, { ok: true }),
  ];
  // The address is not in the description: the client is told to trust us.
  const post = api.POST as (
    path: string,
    init: object,
  ) => Promise<{ data?: { ok: boolean }; response: Response }>;
  const key = { "Idempotency-Key": "k-1" };
  expect(await ask(post("/api/v1/needs", { body: { a: 1 }, headers: key }))).toEqual({ ok: true });
  expect(fetched.map((f) => f.url)).toEqual(["/api/v1/needs", "/api/v1/session/refresh", "/api/v1/needs"]);
  expect(fetched[0]?.headers.get("Authorization")).toBe("Bearer old");
  expect(fetched[2]?.headers.get("Authorization")).toBe("Bearer fresh");
  expect(fetched[2]?.headers.get("Idempotency-Key")).toBe("k-1");
});

it("turns a refusal into a Problem with code and fields", async () => {
  const { ask, api, Problem } = await modules();
  script = [
    () =>
      respond(422, {
        code: "money.malformed",
        title: "金额格式有误",
        requestId: "r1",
        fields: [{ path: "amountFen", code: "invalid", message: "x" }],
      }),
  ];
  const get = api.GET as (path: string) => Promise<{ data?: unknown; response: Response }>;
  const refusal = await ask(get("/api/v1/needs")).catch((fault: unknown) => fault);
  expect(refusal).toBeInstanceOf(Problem);
  expect(refusal).toMatchObject({ code: "money.malformed", status: 422, requestId: "r1" });
  expect((refusal as InstanceType<typeof Problem>).fields[0]?.path).toBe("amountFen");
});

it("a lost network is a problem too, and does not end the session", async () => {
  const { session, ask, api } = await modules();
  session.adopt(answer);
  script = [() => Promise.reject(new TypeError("Failed to fetch"))];
  const get = api.GET as (path: string) => Promise<{ data?: unknown; response: Response }>;
  await expect(ask(get("/api/v1/needs"))).rejects.toMatchObject({ code: "client.offline" });
  expect(session.sessionState().kind).toBe("signed_in");
});

it("a refused renewal ends the session here", async () => {
  localStorage.setItem("linli.signed_in", "1");
  const { session } = await modules();
  script = [() => respond(401, { code: "session.reused" })];
  expect((await session.settle()).kind).toBe("anonymous");
  expect(localStorage.getItem("linli.signed_in")).toBeNull();
});

it("renews before the token ends, by the token's own lifetime", async () => {
  const { session, ask, api } = await modules();
  const ending = `x.${btoa(JSON.stringify({ iat: 0, exp: 20 }))}.x`;
  session.adopt({ ...answer, accessToken: ending });
  script = [() => respond(200, answer), () => respond(200, {})];
  const get = api.GET as (path: string) => Promise<{ data?: unknown; response: Response }>;
  await ask(get("/api/v1/needs"));
  expect(fetched.map((f) => f.url)).toEqual(["/api/v1/session/refresh", "/api/v1/needs"]);
});

it("switches the role, and signs out here even without a network", async () => {
  const { session } = await modules();
  session.adopt(answer);
  const auditor = { ...answer.session, membership: { ...membership, role: "auditor" as const } };
  script = [
    () => respond(200, { accessToken: "other", session: auditor }),
    () => Promise.reject(new TypeError("down")),
  ];
  await session.switchMembership("m2");
  expect(session.hasRole("auditor")).toBe(true);
  await session.signOut();
  expect(session.sessionState().kind).toBe("anonymous");
});
