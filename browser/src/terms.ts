/**
 * The terms of a sealed exchange and its id, as in docs/design/sealing.md section 1 and `sealing/terms.py`.
 *
 * Not checked here: whose the keys really are. A host that serves this page could serve other terms; the command line
 * and fingerprints compared aloud are what answers that.
 */

import { recipient } from "./agekeys.ts";
import { fromBase64url, sha256hex } from "./bytes.ts";
import { Refusal } from "./errors.ts";
import { encode, NotCanonical, type Json } from "./jcs.ts";
import type { Key } from "./signatures.ts";

export const BUCKETS = [64 * 1024, 1024 * 1024, 4 * 1024 * 1024, 16 * 1024 * 1024] as const; // bytes
const MAX_HOLDERS = 5;
const MAX_SIGNERS = 10;
const MAX_TOPICS = 40;
const MAX_CODE = 60; // characters

export interface Holder {
  readonly code: string;
  readonly delegation: string | null;
  readonly online: string;
  readonly signers: readonly Key[];
}

export interface Side extends Holder {
  readonly recovery: string;
}

export interface Terms {
  readonly v: 1;
  readonly talks: string | null;
  readonly room: string | null;
  readonly nonce: string;
  readonly sides: readonly [Side, Side];
  readonly holders: readonly Holder[];
  readonly k: number;
  readonly topics: readonly string[];
  readonly deadline: string;
  readonly bucket: number;
}

/** Terms with the id that everything of this exchange carries. */
export interface Exchange {
  readonly id: string;
  readonly terms: Terms;
}

/** Terms as a page or a file gives them, checked, with their id. Throws `Refusal` with a sentence that says why not. */
export async function exchange(value: unknown): Promise<Exchange> {
  const terms = parse(value);
  try {
    return { id: await sha256hex(encode(value as Json)), terms };
  } catch (error) {
    throw error instanceof NotCanonical ? new Refusal("These terms have no canonical form.") : error;
  }
}

/** Throws `Refusal`. */
export function side(terms: Terms, code: string): Side {
  return found(terms.sides, code);
}

/** Throws `Refusal`. */
export function holder(terms: Terms, code: string): Holder {
  return found(terms.holders, code);
}

/** The other side than this one. */
export function counterpart(terms: Terms, code: string): Side {
  const [first, second] = terms.sides;
  return side(terms, code) === first ? second : first;
}

/** Every ordered choice of k holders, in lexicographic order of their places: lists of codes. */
export function chains(terms: Terms): string[][] {
  const codes = terms.holders.map((each) => each.code);
  const longer = (chain: string[]): string[][] =>
    chain.length === terms.k
      ? [chain]
      : codes.filter((code) => !chain.includes(code)).flatMap((code) => longer([...chain, code]));
  return longer([]);
}

/** Terms read strictly. Throws `Refusal`. */
export function parse(value: unknown): Terms {
  const terms = object(value, TERMS, "The terms of an exchange") as unknown as Terms;
  refuseUnless(terms.v === 1, "These terms are of a version that this page does not know.");
  idOrNull(terms.talks, "talks");
  idOrNull(terms.room, "room");
  matching(terms.nonce, /^[0-9a-f]{32}$/, "The nonce is 32 hexadecimal digits.");
  list(terms.sides, "“sides”", 2).forEach((each) => party(each, SIDE, "A side"));
  refuseUnless(terms.sides.length === 2, "An exchange has two sides.");
  list(terms.holders, "“holders”", MAX_HOLDERS).forEach((each) => party(each, HOLDER, "A holder"));
  list(terms.topics, "“topics”", MAX_TOPICS).forEach((each) => code(each));
  checkDeadline(terms.deadline);
  checkWhole(terms);
  return terms;
}

const TERMS = ["v", "talks", "room", "nonce", "sides", "holders", "k", "topics", "deadline", "bucket"];
const HOLDER = ["code", "delegation", "online", "signers"];
const SIDE = [...HOLDER, "recovery"];
const KEYS: Record<string, string[]> = { ssh: ["type", "key"], webauthn: ["type", "id", "cose", "rp"] };

function party(value: unknown, names: string[], what: string): void {
  const fields = object(value, names, what);
  const name = code(fields["code"]);
  idOrNull(fields["delegation"], `delegation of ${name}`);
  for (const key of ["online", ...(names.includes("recovery") ? ["recovery"] : [])]) {
    recipient(String(fields[key]));
  }
  const signers = list(fields["signers"], `“signers” of ${name}`, MAX_SIGNERS);
  refuseUnless(signers.length > 0, `${name} names no key to sign with.`);
  signers.forEach((each) => signer(each, name));
}

function signer(value: unknown, name: string): void {
  const why = `A key that ${name} signs with cannot be used.`;
  const type = typeof value === "object" && value !== null ? (value as Record<string, unknown>)["type"] : null;
  const fields = object(value, KEYS[String(type)] ?? [], `A key of ${name}`);
  refuseUnless(Object.values(fields).every((text) => typeof text === "string" && text !== ""), why);
  if (type === "webauthn") {
    refuseUnless(fromBase64url(String(fields["id"])) !== null && fromBase64url(String(fields["cose"])) !== null, why);
  }
}

function checkWhole(terms: Terms): void {
  const parties = [...terms.sides, ...terms.holders];
  eachOnce(parties.map((each) => each.code), "A short name is given twice; everybody has one of their own.");
  const ages = [...parties.map((each) => each.online), ...terms.sides.map((each) => each.recovery)];
  eachOnce(ages, "An age key is given twice; every key has one place.");
  const signers = parties.flatMap((each) => each.signers).map((key) => (key.type === "ssh" ? key.key : key.id));
  eachOnce(signers, "A key to sign with is given twice; every key has one place.");
  const enough = Number.isInteger(terms.k) && terms.k >= 1 && terms.k <= terms.holders.length;
  refuseUnless(enough, "Name at least as many holders as are to open.");
  refuseUnless(BUCKETS.includes(terms.bucket as 65536), `The size bucket is one of ${BUCKETS.join(", ")} bytes.`);
  const sorted = [...new Set(terms.topics)].sort();
  refuseUnless(sorted.join() === terms.topics.join(), "Required topics stand in alphabetical order, each once.");
  checkPlace(terms, parties);
}

function checkPlace(terms: Terms, parties: readonly Holder[]): void {
  const places = [terms.talks, terms.room, ...parties.map((each) => each.delegation)];
  const onPaper = places.every((each) => each === null);
  const why = "Terms name talks, room and every delegation, or, carried out on paper, none of them.";
  refuseUnless(onPaper || places.every((each) => each !== null), why);
  if (!onPaper) {
    eachOnce(parties.map((each) => String(each.delegation)), "A delegation is named twice.");
  }
}

function checkDeadline(value: unknown): void {
  const why = "The deadline is a time in UTC with milliseconds, such as 2025-06-01T12:00:00.000Z.";
  const written = matching(value, /^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z$/, why);
  const time = new Date(written);
  refuseUnless(!Number.isNaN(time.getTime()) && time.toISOString() === written, why);
}

function found<T extends Holder>(parties: readonly T[], code: string): T {
  const one = parties.find((each) => each.code === code);
  if (one === undefined) {
    throw new Refusal(`${code} has not that part in this exchange.`);
  }
  return one;
}

function object(value: unknown, names: string[], what: string): Record<string, unknown> {
  const given = typeof value === "object" && value !== null && !Array.isArray(value) ? Object.keys(value) : [];
  const exact = given.length === names.length && names.every((name) => given.includes(name));
  refuseUnless(exact && names.length > 0, `${what} has exactly these fields: ${names.join(", ")}.`);
  return value as Record<string, unknown>;
}

function list(value: unknown, what: string, most: number): unknown[] {
  refuseUnless(Array.isArray(value) && value.length <= most, `${what} is a list of at most ${most}.`);
  return value as unknown[];
}

function matching(value: unknown, pattern: RegExp, why: string): string {
  refuseUnless(typeof value === "string" && pattern.test(value), why);
  return value as string;
}

function code(value: unknown): string {
  const why = "A short name has lower-case letters, digits and single hyphens, at most 60.";
  const name = matching(value, /^[a-z0-9]+(-[a-z0-9]+)*$/, why);
  refuseUnless(name.length <= MAX_CODE, why);
  return name;
}

function idOrNull(value: unknown, what: string): void {
  if (value !== null) {
    matching(value, /^[0-9a-f]{32}$/, `The ${what} is given by its id, 32 hexadecimal digits.`);
  }
}

function eachOnce(texts: readonly string[], why: string): void {
  refuseUnless(new Set(texts).size === texts.length, why);
}

function refuseUnless(fine: boolean, why: string): void {
  if (!fine) {
    throw new Refusal(why);
  }
}
