import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { judge, type Proof, rootOf } from "./merkle";

const sha = (...parts: Buffer[]) => createHash("sha256").update(Buffer.concat(parts)).digest();
const leaf = (text: string) => sha(Buffer.from([0]), Buffer.from(text));
const node = (a: Buffer, b: Buffer) => sha(Buffer.from([1]), a, b);

const proof = (texts: string[], fingerprint: string, first = 1): Proof => ({
  code: "XQ-2026-000001",
  asOf: "2026-03-02T02:00:00Z",
  method: "",
  head: "",
  headSeq: 9,
  fingerprint,
  leaves: texts.map((t, i) => ({ seq: first + i, hash: leaf(t).toString("hex") })),
});

describe("rootOf", () => {
  it("is the hash of nothing for no leaves", async () => {
    expect(await rootOf([])).toBe(sha().toString("hex"));
  });
  it("splits five leaves four to one, as RFC 6962 says", async () => {
    const [a, b, c, d, e] = ["a", "b", "c", "d", "e"].map(leaf) as [Buffer, Buffer, Buffer, Buffer, Buffer];
    const want = node(node(node(a, b), node(c, d)), e).toString("hex");
    expect(await rootOf([a, b, c, d, e].map((x) => x.toString("hex")))).toBe(want);
  });
});

describe("judge", () => {
  it("finds what was rewritten or taken away since a proof was kept", async () => {
    const old = proof(["a", "b"], await rootOf(["a", "b"].map((t) => leaf(t).toString("hex"))));
    const grown = proof(["a", "b", "c"], await rootOf(["a", "b", "c"].map((t) => leaf(t).toString("hex"))));
    expect(await judge(grown, old)).toEqual({ rootOk: true, changed: [], added: 1, compared: true });
    const forged = proof(["a", "x", "c"], await rootOf(["a", "x", "c"].map((t) => leaf(t).toString("hex"))));
    expect((await judge(forged, old)).changed).toEqual([2]);
  });
  it("does not believe a fingerprint that does not follow", async () => {
    expect((await judge(proof(["a"], "00"))).rootOk).toBe(false);
  });
});
