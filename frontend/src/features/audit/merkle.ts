/** The Merkle tree of RFC 6962 in the visitor's own browser: nobody has to believe the server. */
import type { components } from "@/api/generated/schema";

export type Proof = components["schemas"]["ThreadProofOutBody"];

const bytesOf = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));

const hexOf = (bytes: Uint8Array): string =>
  Array.from(bytes, (b) => b.toString(16).padStart(2, "0")).join("");

async function join(left: Uint8Array, right: Uint8Array): Promise<Uint8Array> {
  const text = new Uint8Array(1 + left.length + right.length);
  text[0] = 1;
  text.set(left, 1);
  text.set(right, 1 + left.length);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", text));
}

/** The root over leaf hashes: the left part is the largest power of two smaller than the whole. */
export async function rootOf(leaves: string[]): Promise<string> {
  if (leaves.length === 0)
    return hexOf(new Uint8Array(await crypto.subtle.digest("SHA-256", new Uint8Array())));
  const walk = async (part: Uint8Array[]): Promise<Uint8Array> => {
    const [only] = part;
    if (part.length === 1 && only) return only;
    const split = 2 ** Math.floor(Math.log2(part.length - 1));
    return join(await walk(part.slice(0, split)), await walk(part.slice(split)));
  };
  return hexOf(await walk(leaves.map(bytesOf)));
}

export interface Verdict {
  /** The fingerprint follows from the hashes. */
  rootOk: boolean;
  /** Records of the kept proof that are missing or different today; empty when none is kept. */
  changed: number[];
  /** Records that came since. */
  added: number;
  compared: boolean;
}

/** Compares what the server says today with itself and with a proof kept from an earlier day. */
export async function judge(today: Proof, kept?: Proof): Promise<Verdict> {
  const rootOk = (await rootOf(today.leaves.map((l) => l.hash))) === today.fingerprint;
  if (!kept) return { rootOk, changed: [], added: 0, compared: false };
  const now = new Map(today.leaves.map((l) => [l.seq, l.hash]));
  const changed = kept.leaves.filter((l) => now.get(l.seq) !== l.hash).map((l) => l.seq);
  const keptOk = (await rootOf(kept.leaves.map((l) => l.hash))) === kept.fingerprint;
  return {
    rootOk: rootOk && keptOk,
    changed,
    added: today.leaves.length - kept.leaves.length + changed.length,
    compared: true,
  };
}
