/**
 * Layers: an age file whose plaintext is a line of JCS (the context), a line feed, and content (section 2).
 *
 * The context of every layer names the exchange, so that nothing made for one is good in another.
 */

import { decrypt, encrypt, type Moved } from "./age.ts";
import { concat, text, utf8, type Bytes } from "./bytes.ts";
import { Fault } from "./errors.ts";
import { decode, encode, equal, type Json } from "./jcs.ts";

export const MAX_CONTEXT = 8192; // bytes, without the line feed

export type Context = { [name: string]: Json };

export interface Layer {
  readonly context: Context;
  readonly content: Bytes;
}

/** The line that a layer begins with, line feed and all. */
export function line(context: Context): Bytes {
  const encoded = encode(context);
  if (encoded.length > MAX_CONTEXT) {
    throw new RangeError(`a context is at most ${MAX_CONTEXT} bytes`);
  }
  return concat(encoded, utf8("\n"));
}

/** A layer to these recipients. */
export async function wrap(recipients: readonly string[], context: Context, content: Uint8Array, moved?: Moved): Promise<Bytes> {
  return encrypt(recipients, [line(context), content], moved);
}

/** What is in a layer. Throws `Fault`: `malformed`, `cannot-open`, or `wrong-context` where there is no context. */
export async function unwrap(identities: readonly string[], file: Uint8Array, moved?: Moved): Promise<Layer> {
  return split(await decrypt(identities, file, moved));
}

/** Context and content of a layer's plaintext. Throws `Fault` (`wrong-context`). */
export function split(plaintext: Bytes): Layer {
  const end = plaintext.subarray(0, MAX_CONTEXT + 1).indexOf(0x0a);
  let context: Json = null;
  try {
    context = decode(plaintext.subarray(0, Math.max(end, 0)));
  } catch {
    // told below
  }
  if (end < 0 || typeof context !== "object" || context === null || Array.isArray(context)) {
    throw wrongContext("it does not say what it is for");
  }
  return { context, content: plaintext.subarray(end + 1) };
}

/** Check that a layer is the one that was to be there. Throws `Fault` (`wrong-context`). */
export function expect(layer: Layer, context: Context): void {
  const names = Object.keys(context).sort();
  if (Object.keys(layer.context).sort().join() !== names.join()) {
    throw wrongContext("it does not hold the fields it must hold");
  }
  const other = names.find((name) => !equal(layer.context[name] as Json, context[name] as Json));
  if (other !== undefined) {
    throw wrongContext(`it was made for another ${other}`);
  }
}

/** The text in a layer's content, or null. */
export function textIn(layer: Layer): string | null {
  return text(layer.content);
}

export function wrongContext(why: string): Fault {
  return new Fault("wrong-context", `A layer is not the one that belongs here: ${why}.`);
}
