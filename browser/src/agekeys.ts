/** age keys of the one kind used here: X25519, `age1…` and `AGE-SECRET-KEY-1…`. Others are refused by name. */

import { bech32 } from "@scure/base";
import { identityToRecipient } from "age-encryption";
import { Refusal } from "./errors.ts";

const KEY_BYTES = 32;
const PRIME = 2n ** 255n - 19n;
/** The points whose shared secret with anybody is zero, in their shortest form (RFC 7748 section 6.1). */
const SMALL = new Set([
  0n,
  1n,
  325606250916557431795983626356110631294008115727848805560023387167927233504n,
  39382357235489614581723060781553021112529911719440698176882885853963445705823n,
  PRIME - 1n,
]);

/** By how a key begins: longer beginnings first. */
const OTHERS: ReadonlyArray<readonly [string, string]> = [
  ["age1pq1", "a hybrid (post-quantum) key"],
  ["age1tagpq1", "a tagged hybrid key"],
  ["age1tag1", "a tagged key of a hardware device"],
  ["AGE-SECRET-KEY-PQ-1", "a hybrid (post-quantum) secret key"],
  ["AGE-PLUGIN-", "a key of an age plugin"],
  ["ssh-", "an SSH key"],
  ["ecdsa-", "an SSH key"],
  ["sk-", "an SSH key"],
];

/** The 32 bytes of a recipient. Throws `Refusal` with what the text is instead. */
export function recipient(text: string): Uint8Array {
  if (text.startsWith("AGE-SECRET-KEY-")) {
    throw new Refusal("This is a secret key. Keep it to yourself and give the public one, which begins with age1.");
  }
  refuseOthers(text);
  const point = decoded(text, "age", "an age public key (age1…)");
  checkPoint(point);
  return point;
}

/** Check a secret key, and give it back. Throws `Refusal`, which never quotes the text. */
export function identity(text: string): string {
  refuseOthers(text);
  decoded(text, "AGE-SECRET-KEY-", "an age secret key (AGE-SECRET-KEY-1…)");
  return text;
}

/** The public key of a secret one. */
export async function recipientOf(secret: string): Promise<string> {
  return identityToRecipient(identity(secret));
}

function refuseOthers(text: string): void {
  for (const [beginning, what] of OTHERS) {
    if (text.startsWith(beginning)) {
      throw new Refusal(`This is ${what}; a sealed exchange uses plain age keys (age1…) alone.`);
    }
  }
  const plugin = /^age1([a-z0-9]+)1/.exec(text);
  if (plugin) {
    throw new Refusal(`This is a key of the age plugin “${plugin[1]?.slice(0, 20)}”; a sealed exchange uses plain age keys alone.`);
  }
}

function decoded(text: string, prefix: string, what: string): Uint8Array {
  try {
    const found = bech32.decodeToBytes(text);
    // bech32 gives the prefix in lower case; the text is all in one case, which its own prefix then shows.
    if (found.prefix === prefix.toLowerCase() && text.startsWith(prefix) && found.bytes.length === KEY_BYTES) {
      return found.bytes;
    }
  } catch {
    // told below, in the same words
  }
  throw new Refusal(`This is not ${what}, or a letter of it was lost or changed.`);
}

function checkPoint(point: Uint8Array): void {
  if (number(point) >= PRIME) {
    throw new Refusal("This age key is written in a second way for the same key; give it as age-keygen printed it.");
  }
  if (sharesNothing(point)) {
    throw new Refusal("What is sealed to this age key can be opened by anybody; it is nobody's key.");
  }
}

/** Whether a point of X25519 (32 bytes) gives everybody the same secret. */
export function sharesNothing(point: Uint8Array): boolean {
  return SMALL.has((number(point) & (2n ** 255n - 1n)) % PRIME);
}

function number(point: Uint8Array): bigint {
  return point.reduceRight((sum, byte) => (sum << 8n) | BigInt(byte), 0n);
}
