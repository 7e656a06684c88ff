import { expect, it } from "vitest";
import { answerOf, byTag, type Document, fieldsOf, matches } from "./openapi";

const doc: Document = {
  info: { title: "t", version: "1" },
  paths: {
    "/needs": {
      get: { operationId: "listNeeds", tags: ["needs"], summary: "The needs of a place" },
      post: {
        operationId: "postNeed",
        tags: ["needs"],
        requestBody: { content: { "application/json": { schema: { $ref: "#/components/schemas/In" } } } },
        responses: { "201": { content: { "application/json": { schema: { type: "object" } } } }, "422": {} },
      },
    },
    "/funds": { get: { operationId: "listFunds", tags: ["funds"] } },
  },
  components: {
    schemas: {
      In: {
        type: "object",
        required: ["title"],
        properties: {
          title: { type: "string", description: "As a neighbour says it.", examples: ["路灯"] },
          lots: { type: ["array", "null"], items: { $ref: "#/components/schemas/Lot" } },
        },
      },
      Lot: { type: "object", properties: { amountFen: { type: "integer", format: "int64" } } },
    },
  },
};

it("groups operations by tag", () => {
  expect([...byTag(doc)].map(([tag, routes]) => [tag, routes.length])).toEqual([
    ["funds", 1],
    ["needs", 2],
  ]);
});

it("finds by every word", () => {
  const route = byTag(doc).get("needs")?.[0];
  expect(route && matches(route, "get place")).toBe(true);
  expect(route && matches(route, "post")).toBe(false);
});

it("lists the fields of a body through references and lists", () => {
  expect(fieldsOf(doc, { $ref: "#/components/schemas/In" })).toEqual([
    { name: "title", type: "string", required: true, note: 'As a neighbour says it. e.g. "路灯"' },
    { name: "lots", type: "object[]", required: false, note: "" },
    { name: "lots[].amountFen", type: "integer (int64)", required: false, note: "" },
  ]);
});

it("takes the successful answer", () => {
  const post = doc.paths["/needs"]?.post;
  expect(post && answerOf(post)?.status).toBe("201");
});
