/**
 * The escrow of E, the outer layer's key: what holders confirm and, one after the other, peel (sections 2 and 3).
 *
 * A holder gives E of one paper only together with E of the other: that both open together or neither does is this file.
 */

import { decrypt, decryptWith, fileKey } from "./age.ts";
import { identity as checkIdentity } from "./agekeys.ts";
import { base64, fromBase64, same, sha256hex, text, utf8, type Bytes } from "./bytes.ts";
import { about, Fault, Refusal } from "./errors.ts";
import { check as checkHeader } from "./header.ts";
import { expect, split, wrap, type Context, type Layer } from "./layers.ts";
import type { Sealed } from "./sealing.ts";
import { chains, holder, type Exchange } from "./terms.ts";

/** What a chain holds at some depth: the next age file or, at its end, E's line. */
export type Lines = ReadonlyMap<string, Bytes>;

/** A layer's content, and the layer's file key: whoever has the layer can see by it that this is what it holds. */
export interface Peel {
  readonly content: Bytes;
  readonly key: Bytes;
}

export type Peels = ReadonlyMap<string, Peel>;

/** Both papers as sealed, by the code of their side. */
export type Seals = Readonly<Record<string, Sealed>>;

/** A release as the record has it: `peels` is text by side. */
export interface Release {
  readonly release: string;
  readonly holder: string;
  readonly peels: Readonly<Record<string, Bytes>>;
}

export interface Released {
  /** Text by side. */
  readonly peels: Readonly<Record<string, string>>;
  /** References of the earlier releases, in order, but for those that are false. */
  readonly buildsOn: readonly string[];
  /** References of earlier releases that do not prove themselves; they have no effect. */
  readonly falseReleases: readonly string[];
}

/** The escrow's text for E (`identity`): a line for each chain. `outer`: SHA-256 of the outer layer. */
export async function escrow(exchange: Exchange, side: string, outer: string, identity: string): Promise<string> {
  let written = "";
  for (const chain of chains(exchange.terms)) {
    let content: Uint8Array = utf8(`${identity}\n`);
    for (const code of [...chain].reverse()) {
      const recipient = holder(exchange.terms, code).online;
      content = await wrap([recipient], contextOf(exchange, side, outer, chain.join(), code), content);
    }
    written += `${chain.join()} ${base64(content)}\n`;
  }
  return written;
}

/** The escrow's lines: exactly one for each chain, in order. Throws `Fault` (`malformed`). */
export function read(exchange: Exchange, escrow: Uint8Array): Lines {
  const found = fields(exchange, escrow, 1);
  if (found.size !== chains(exchange.terms).length) {
    throw malformed();
  }
  return new Map([...found].map(([chain, [content]]) => [chain, content as Bytes]));
}

/** The lines of peels: some chains, in order, each once. Throws `Fault` (`malformed`). */
export function readPeels(exchange: Exchange, peels: Uint8Array): Peels {
  const found = [...fields(exchange, peels, 2)].map(([chain, [content, key]]) => [chain, { content, key }] as const);
  if (found.some(([, { key }]) => key?.length !== FILE_KEY)) {
    throw malformed();
  }
  return new Map(found as (readonly [string, Peel])[]);
}

/** Peels as text. */
export function written(peels: Peels): string {
  return [...peels].map(([chain, { content, key }]) => `${chain} ${base64(content)} ${base64(key)}\n`).join("");
}

/** A holder's look at one paper as sealed, before it confirms. Throws `Fault` where the side's seal is not sound. */
export async function hold(exchange: Exchange, me: string, identity: string, side: string, sealed: Sealed): Promise<void> {
  await about(side, async () => {
    await peelAll(exchange, me, identity, side, sealed, [], openOuter);
    checkHeader(sealed.outer);
  });
}

/**
 * What a holder gives out when it releases: every chain it can open, of both papers.
 *
 * `releases`: the earlier ones of others, in the order of the record; those that do not prove themselves are left out.
 * Throws `Fault` where anything in a seal is not sound: then nothing is released. Both papers have the same chains, so E
 * of one never comes out without E of the other. Both are looked at side by side.
 */
export async function release(
  exchange: Exchange,
  me: string,
  identity: string,
  seals: Seals,
  releases: readonly Release[],
  opener: Opener = openOuter,
): Promise<Released> {
  const proved = await provedOf(exchange, seals, releases, opener);
  const peeled = exchange.terms.sides.map(({ code }) =>
    about(code, async () => {
      const peels = await peelAll(exchange, me, identity, code, sealOf(seals, code), proved, opener);
      return [code, written(peels)] as const;
    }),
  );
  const peels = Object.fromEntries(await Promise.all(peeled));
  const buildsOn = proved.map((each) => each.release);
  const others = releases.map((each) => each.release);
  return { peels, buildsOn, falseReleases: others.filter((each) => !buildsOn.includes(each)) };
}

/** Those of the releases that prove themselves: exactly the chains that could be opened, and what the layers hold. */
async function provedOf(
  exchange: Exchange,
  seals: Seals,
  releases: readonly Release[],
  opener: Opener,
): Promise<ReadRelease[]> {
  const proved: ReadRelease[] = [];
  for (const each of releases) {
    const found = await provedOne(exchange, seals, proved, each, opener);
    if (found !== null) {
      proved.push(found);
    }
  }
  return proved;
}

/** How the outer layer is opened with what a chain ends in: `openOuter`, or that done elsewhere, as it takes long. */
export type Opener = (exchange: Exchange, side: string, outer: Bytes, content: Bytes) => Promise<unknown>;

/** A release with its peels read. */
interface ReadRelease {
  readonly release: string;
  readonly holder: string;
  readonly peels: Readonly<Record<string, Peels>>;
}

const FILE_KEY = 16; // bytes
const MAX_TEXT = 1024 * 1024; // bytes; 120 chains of five layers are below 700 kB

interface Place {
  readonly side: string;
  /** SHA-256 of the outer layer. */
  readonly digest: string;
  readonly chain: readonly string[];
  readonly code: string;
  readonly outer: Bytes;
  /** What was found at ends of chains, and opens outer: that is looked at once, as outer is large. */
  readonly opening: Set<string>;
}

/** The layers that a holder can open now: the place of each and the age file. */
async function layersOf(
  exchange: Exchange,
  code: string,
  side: string,
  sealed: Sealed,
  proved: readonly ReadRelease[],
): Promise<(readonly [Place, Bytes])[]> {
  const digest = await digestOf(sealed);
  const lines = read(exchange, sealed.escrow);
  const opening = new Set<string>();
  return chains(exchange.terms).flatMap((chain) => {
    const from = before(chain, code, side, proved);
    const held = from === null ? lines.get(chain.join()) : from?.peels[side]?.get(chain.join())?.content;
    return held === undefined ? [] : [[{ side, digest, chain, code, outer: sealed.outer, opening }, held] as const];
  });
}

const digests = new WeakMap<Sealed, Promise<string>>();

/** SHA-256 of the outer layer, taken once: it is large, and every step names it. */
function digestOf(sealed: Sealed): Promise<string> {
  const digest = digests.get(sealed) ?? sha256hex(sealed.outer);
  digests.set(sealed, digest);
  return digest;
}

/** Whose peels come before this holder in a chain: null if it is the first, undefined if it is not its turn. */
function before(chain: readonly string[], code: string, side: string, proved: readonly ReadRelease[]): ReadRelease | null | undefined {
  const place = chain.indexOf(code);
  if (place <= 0) {
    return place === 0 ? null : undefined;
  }
  return proved.find((each) => each.holder === chain[place - 1] && each.peels[side]?.has(chain.join()));
}

async function peelAll(
  exchange: Exchange,
  me: string,
  identity: string,
  side: string,
  sealed: Sealed,
  proved: readonly ReadRelease[],
  opener: Opener,
): Promise<Peels> {
  const peels = new Map<string, Peel>();
  for (const [place, held] of await layersOf(exchange, me, side, sealed, proved)) {
    const key = await fileKey([identity], held);
    peels.set(place.chain.join(), { content: await contentOf(exchange, place, key, held, opener), key: new Uint8Array(key) });
  }
  return peels;
}

async function provedOne(
  exchange: Exchange,
  seals: Seals,
  proved: readonly ReadRelease[],
  one: Release,
  opener: Opener,
): Promise<ReadRelease | null> {
  const peels: Record<string, Peels> = {};
  try {
    for (const { code: side } of exchange.terms.sides) {
      const found = readPeels(exchange, one.peels[side] ?? new Uint8Array());
      const layers = await layersOf(exchange, one.holder, side, sealOf(seals, side), proved);
      if (layers.length !== found.size || !(await arePeeled(exchange, layers, found, opener))) {
        return null;
      }
      peels[side] = found;
    }
  } catch (error) {
    asFault(error);
    return null;
  }
  return { release: one.release, holder: one.holder, peels };
}

async function arePeeled(
  exchange: Exchange,
  layers: readonly (readonly [Place, Bytes])[],
  peels: Peels,
  opener: Opener,
): Promise<boolean> {
  for (const [place, held] of layers) {
    const peel = peels.get(place.chain.join());
    if (peel === undefined || !same(await contentOf(exchange, place, peel.key, held, opener), peel.content)) {
      return false;
    }
  }
  return true;
}

/** The content of a layer, opened with its file key, with everything about it checked. Throws `Fault`. */
async function contentOf(exchange: Exchange, place: Place, key: Uint8Array, held: Bytes, opener: Opener): Promise<Bytes> {
  const layer = split(await decryptWith(key, held));
  expect(layer, contextOf(exchange, place.side, place.digest, place.chain.join(), place.code));
  if (place.chain.at(-1) !== place.code) {
    checkHeader(layer.content);
  } else if (!place.opening.has(keyIn(layer.content))) {
    await opener(exchange, place.side, place.outer, layer.content);
    place.opening.add(keyIn(layer.content));
  }
  return layer.content;
}

/** The identity in the last layer of a chain. Throws `Fault` (`wrong-key`). */
export function keyIn(content: Uint8Array): string {
  const line = text(content) ?? "";
  try {
    if (line.endsWith("\n")) {
      return checkIdentity(line.slice(0, -1));
    }
  } catch {
    // told below
  }
  throw new Fault("wrong-key", "A chain of holders does not end in the key of the outer layer.");
}

/** The outer layer, opened with E's line and its context checked. Throws `Fault`. */
export async function openOuter(exchange: Exchange, side: string, outer: Uint8Array, content: Uint8Array): Promise<Layer> {
  const key = keyIn(content);
  const layer = split(await asWrongKey(() => decrypt([key], outer)));
  const digest = layer.context["digest"];
  const context: Context = { digest: digest ?? null, exchange: exchange.id, layer: "outer", side };
  expect(layer, context);
  if (typeof digest !== "string" || !/^p:[0-9a-f]{64}$/.test(digest)) {
    throw new Fault("wrong-context", "The outer layer does not name the digest of a paper.");
  }
  return layer;
}

async function asWrongKey<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Fault && error.code === "cannot-open") {
      throw new Fault("wrong-key", "The key at the end of a chain of holders does not open the outer layer.");
    }
    throw error;
  }
}

function contextOf(exchange: Exchange, side: string, digest: string, chain: string, holder: string): Context {
  return { chain, digest, exchange: exchange.id, holder, layer: "escrow", side };
}

/** Lines of a chain and some base64, in the order of chains(), each once. Throws `Fault` (`malformed`). */
function fields(exchange: Exchange, raw: Uint8Array, count: number): Map<string, Bytes[]> {
  const order = chains(exchange.terms).map((chain) => chain.join());
  const found = new Map<string, Bytes[]>();
  const whole = text(raw);
  let last = -1;
  if (raw.length > MAX_TEXT || whole === null || (whole !== "" && !whole.endsWith("\n"))) {
    throw malformed();
  }
  for (const line of whole.split("\n").slice(0, -1)) {
    const [chain = "", ...letters] = line.split(" ");
    const place = order.indexOf(chain);
    const bytes = letters.map(fromBase64).filter((each) => each !== null && each.length > 0) as Bytes[];
    if (place <= last || letters.length !== count || bytes.length !== count) {
      throw malformed();
    }
    found.set(chain, bytes);
    last = place;
  }
  return found;
}

function sealOf(seals: Seals, side: string): Sealed {
  const found = seals[side];
  if (found === undefined) {
    throw new Refusal("Both papers must be sealed first.");
  }
  return found;
}

function asFault(error: unknown): Fault {
  if (error instanceof Fault) {
    return error;
  }
  throw error;
}

function malformed(): Fault {
  return new Fault("malformed", "The text of an escrow or of peels is not made of the lines it must have.");
}
