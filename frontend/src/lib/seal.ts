// Sealing in the browser. What is sealed here can be read by nobody before the opening
// officers act together: not by the platform, not by its administrators.
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";

/** Cost (log2) of a wrapped officer identity; the same as the server's tests use. */
export const SCRYPT_WORK_FACTOR = 16;

/** The shortest passphrase an officer may choose, in characters. */
export const MIN_PASSPHRASE = 12;

export interface SealedEnvelope {
  kind: string;
  /** base64 of the age file */
  cipherText: string;
  /** SHA-256 of the age file, lower-case hex: the receipt shows the same */
  hash: string;
  size: number;
}

export interface OfficerIdentity {
  recipient: string;
  /** base64 of the identity, encrypted with the passphrase */
  wrapped: string;
}

export interface KeyShare {
  officerId: string;
  index: number;
  sealed: string;
}

interface SharePaper {
  v: number;
  lot: string;
  kind: string;
  index: number;
  value: string;
}

export class SealFault extends Error {
  constructor(readonly code: "seal.passphrase" | "seal.unreadable") {
    super(code);
  }
}

export function toBase64(bytes: Uint8Array): string {
  let text = "";
  const step = 0x8000;
  for (let at = 0; at < bytes.length; at += step) {
    text += String.fromCharCode(...bytes.subarray(at, at + step));
  }
  return btoa(text);
}

export function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
}

export async function hashOf(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", bytes as BufferSource);
  return Array.from(new Uint8Array(digest), (b) => b.toString(16).padStart(2, "0")).join("");
}

/** Seals one paper to the public key of its lot and kind. */
export async function sealPaper(recipient: string, kind: string, paper: unknown): Promise<SealedEnvelope> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(recipient);
  const bytes = await encrypter.encrypt(JSON.stringify(paper));
  return { kind, cipherText: toBase64(bytes), hash: await hashOf(bytes), size: bytes.length };
}

/** Makes an officer's identity and wraps it; the private part never leaves this function bare. */
export async function enrolOfficer(passphrase: string): Promise<OfficerIdentity> {
  const identity = await generateX25519Identity();
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(SCRYPT_WORK_FACTOR);
  const wrapped = await encrypter.encrypt(identity);
  return { recipient: await identityToRecipient(identity), wrapped: toBase64(wrapped) };
}

async function unwrapIdentity(wrapped: string, passphrase: string): Promise<string> {
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(fromBase64(wrapped), "text");
  } catch {
    throw new SealFault("seal.passphrase");
  }
}

/** Unlocks an officer's shares in his browser: unwrap the identity, decrypt each share. */
export async function unlockShares(
  wrapped: string,
  passphrase: string,
  shares: KeyShare[],
): Promise<{ officerId: string; value: string }[]> {
  const identity = await unwrapIdentity(wrapped, passphrase);
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  const out = [];
  for (const share of shares) {
    try {
      const paper = JSON.parse(await decrypter.decrypt(fromBase64(share.sealed), "text")) as SharePaper;
      out.push({ officerId: share.officerId, value: paper.value });
    } catch {
      throw new SealFault("seal.unreadable");
    }
  }
  return out;
}
