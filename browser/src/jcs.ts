/**
 * Canonical JSON: RFC 8785 for the values a record may hold, as in `record/canonical.py`.
 *
 * Null, booleans, safe integers, text without lone surrogates, lists, and objects with ASCII keys. JCS takes its
 * strings from JSON.stringify and its order from UTF-16 units, both as JavaScript has them, so this is all there is to it.
 */

import { text, utf8, type Bytes } from "./bytes.ts";

export type Json = null | boolean | number | string | Json[] | { [name: string]: Json };

/** A value without a canonical form, or bytes that are not one. */
export class NotCanonical extends Error {}

export function encode(value: Json): Bytes {
  return utf8(line(value));
}

/** The value whose canonical bytes are exactly `bytes`. Throws `NotCanonical` for anything else. */
export function decode(bytes: Uint8Array): Json {
  const written = text(bytes);
  let value: Json;
  try {
    value = JSON.parse(written ?? "") as Json;
  } catch {
    throw new NotCanonical("not JSON");
  }
  if (line(value) !== written) {
    throw new NotCanonical("not in canonical form (RFC 8785)");
  }
  return value;
}

/** Whether two values are the same, whatever the order of their members. */
export function equal(a: Json, b: Json): boolean {
  return line(a) === line(b);
}

function line(value: Json): string {
  if (Array.isArray(value)) {
    return `[${value.map(line).join(",")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const members = Object.keys(value).sort().map((name) => `${key(name)}:${line(value[name] as Json)}`);
    return `{${members.join(",")}}`;
  }
  return scalar(value);
}

function scalar(value: null | boolean | number | string): string {
  if (typeof value === "string" && /\p{Cs}/u.test(value)) {
    throw new NotCanonical("text with a lone surrogate");
  }
  if (typeof value === "number" && (!Number.isSafeInteger(value) || Object.is(value, -0))) {
    throw new NotCanonical("a number that is not whole, or too large for every reader to hold exactly");
  }
  if (!["string", "number", "boolean"].includes(typeof value) && value !== null) {
    throw new NotCanonical("a value without a canonical form");
  }
  return JSON.stringify(value);
}

function key(name: string): string {
  if (!/^[\x00-\x7f]*$/.test(name)) {
    throw new NotCanonical("a key that is not ASCII");
  }
  return JSON.stringify(name);
}
