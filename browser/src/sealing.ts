/**
 * Sealing: a paper in two layers, and the key of the outer one in escrow with the holders (section 2).
 *
 * `write` comes first and gives what the side signs; with the signature, `seal` makes what is handed in.
 */

import { generateX25519Identity, identityToRecipient } from "age-encryption";
import { encrypt } from "./age.ts";
import { concat, hex, random, sha256hex, utf8, type Bytes } from "./bytes.ts";
import { Refusal } from "./errors.ts";
import { escrow } from "./escrow.ts";
import { encode } from "./jcs.ts";
import { line, MAX_CONTEXT, wrap, type Context } from "./layers.ts";
import type { Signature } from "./signatures.ts";
import { counterpart, type Exchange } from "./terms.ts";

/** A paper on its way to being sealed. `digest` is D, the citation it will have when it is tabled. */
export interface Written {
  readonly side: string;
  readonly paper: Bytes;
  readonly name: string;
  readonly media: string;
  readonly salt: string;
  readonly digest: string;
}

/** What is handed in: nothing in it can be read without the holders. */
export interface Sealed {
  readonly outer: Bytes;
  readonly escrow: Bytes;
}

export interface Progress {
  readonly done: number;
  readonly total: number;
  readonly step: string;
}

export type Told = (progress: Progress) => void;

const SALT = 16; // bytes
const ZEROS = new Uint8Array(64 * 1024);

/** The largest paper that fits this bucket, whatever its context holds. */
export function largest(bucket: number): number {
  return bucket - MAX_CONTEXT - 1;
}

/** A paper with its salt and digest. Throws `Refusal` for one that is empty or too large. */
export async function write(exchange: Exchange, side: string, paper: Bytes, name: string, media: string): Promise<Written> {
  const most = largest(exchange.terms.bucket);
  if (paper.length === 0) {
    throw new Refusal("This file is empty. Choose the paper you mean to seal.");
  }
  if (paper.length > most) {
    throw new Refusal(
      `This file has ${paper.length.toLocaleString("en")} bytes. The terms of this exchange allow ${most.toLocaleString("en")}.`,
    );
  }
  const salt = random(SALT);
  const digest = await citation(salt, paper);
  return { side, paper, name, media, salt: hex(salt), digest };
}

/** D: how a record cites a paper with this salt. */
export async function citation(salt: Uint8Array, paper: Uint8Array): Promise<string> {
  return `p:${await sha256hex(concat(salt, paper))}`;
}

/** What the side signs: these bytes on the command line, and in the page a passkey their SHA-256. */
export function payload(exchange: Exchange, side: string, digest: string): Bytes {
  return encode({ digest, exchange: exchange.id, kind: "paper-written", side });
}

/** Both layers and the escrow. */
export async function seal(exchange: Exchange, written: Written, signature: Signature, told?: Told): Promise<Sealed> {
  const { terms, id } = exchange;
  const total = 2 * terms.bucket;
  let done = 0;
  const moved = (step: string) => (bytes: number) => {
    done += bytes;
    told?.({ done: Math.min(done, total), total, step });
  };
  const other = counterpart(terms, written.side);
  const inner = await encrypt([other.online, other.recovery], padded(exchange, written, signature), moved("inner"));
  const identity = await generateX25519Identity();
  const context: Context = { digest: written.digest, exchange: id, layer: "outer", side: written.side };
  const outer = await wrap([await identityToRecipient(identity)], context, inner, moved("outer"));
  told?.({ done: total, total, step: "escrow" });
  const held = await escrow(exchange, written.side, await sha256hex(outer), identity);
  return { outer, escrow: utf8(held) };
}

/** The inner layer's plaintext, exactly `bucket` bytes, in parts. */
function padded(exchange: Exchange, written: Written, signature: Signature): Uint8Array[] {
  const context = line({
    digest: written.digest,
    exchange: exchange.id,
    layer: "inner",
    media: written.media,
    name: written.name,
    salt: written.salt,
    side: written.side,
    signature: { ...signature },
    size: written.paper.length,
  });
  const parts = [context, written.paper];
  let left = exchange.terms.bucket - context.length - written.paper.length;
  if (left < 0) {
    throw new Refusal("This file does not fit the size that the terms of this exchange allow.");
  }
  for (; left > 0; left -= ZEROS.length) {
    parts.push(ZEROS.subarray(0, Math.min(left, ZEROS.length)));
  }
  return parts;
}
