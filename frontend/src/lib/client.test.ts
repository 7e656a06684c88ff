import { expect, it } from "vitest";
import { fillPath, makeClient, queryOf, requestOf } from "./client";

it("fills ids into the path so that none climbs out of its place", () => {
  expect(fillPath("/needs/{id}/voices/{voice}", { id: "../funds", voice: "张" })).toBe(
    "/needs/..%2Ffunds/voices/%E5%BC%A0",
  );
});

it("joins lists and leaves out what is not given", () => {
  expect(queryOf({ q: "停车", stage: ["open", "closed"], place: undefined, near: null, limit: 0 })).toBe(
    "?q=%E5%81%9C%E8%BD%A6&stage=open%2Cclosed&limit=0",
  );
  expect(queryOf({})).toBe("");
  expect(queryOf({ stage: [] })).toBe("");
});

it("sends JSON with its headers, and other bodies as they are", async () => {
  const json = requestOf("POST", "/x", {
    body: { a: 1 },
    params: { header: { "If-Match": '"3"', none: undefined } },
  });
  expect(json.headers.get("Content-Type")).toBe("application/json");
  expect(json.headers.get("If-Match")).toBe('"3"');
  expect(await json.json()).toEqual({ a: 1 });
  const file = requestOf("POST", "/x", {
    body: "raw",
    bodySerializer: (b) => String(b),
    headers: { "Content-Type": "image/png" },
  });
  expect(file.headers.get("Content-Type")).toBe("image/png");
  expect(await file.text()).toBe("raw");
});

it("answers data, a refusal, or nothing at all", async () => {
  const answers = [
    Response.json({ ok: 1 }),
    new Response(null, { status: 204 }),
    new Response("<html>", { status: 502 }),
  ];
  const client = makeClient(async () => answers.shift() as Response);
  expect((await client.GET("/a")).data).toEqual({ ok: 1 });
  expect((await client.DELETE("/a")).data).toBeUndefined();
  const refused = await client.GET("/a");
  expect(refused.error).toEqual({});
  expect(refused.response.status).toBe(502);
});
