/**
 * Two papers through a whole exchange, 2 of 3 holders: by this module as a page uses it, and by bare `age-encryption`
 * making and opening the very same layers, without a context looked at, a digest taken or a signature checked.
 *
 * Both in the same page, one after the other, over and over. Loaded as a worker, it is the module's worker.
 */

import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { utf8, type Bytes } from "../src/bytes.ts";
import type { Release } from "../src/escrow.ts";
import type { KeyGiven } from "../src/jobs.ts";
import { payload, write, type Sealed } from "../src/sealing.ts";
import { chains, holder } from "../src/terms.ts";
import { listen, ready, work } from "../src/worker.ts";
import { cast, type Cast, type Signer } from "../test/cast.ts";

const BUCKET = 16 * 1024 * 1024;
const ORDER = ["h1", "h2"]; // of releasing
const MOMENT = 1000; // milliseconds that a person takes at least before pressing anything

/** Milliseconds of the steps. */
type Taken = Record<"seal" | "release" | "open", number>;

async function ours(people: Cast, papers: Record<string, Bytes>): Promise<Taken> {
  const { exchange } = people;
  const key = (code: string): KeyGiven => ({ file: utf8(people.secret(code)), passphrase: "", sheet: "" });
  const seals: Record<string, Sealed> = {};
  let sealing = 0;
  for (const side of ["a", "b"]) {
    sealing += await timed(async () => {
      const written = await write(exchange, side, papers[side] as Bytes, "conditions.pdf", "application/pdf");
      const signature = (people.signers[side] as Signer).sign(payload(exchange, side, written.digest));
      seals[side] = await work("seal", { exchange, written, signature }, () => undefined);
    });
  }
  const releases: Release[] = [];
  let releasing = 0;
  for (const me of ORDER) {
    releasing += await timed(async () => {
      const { peels } = await work("release", { exchange, me, key: key(me), seals, releases });
      const lines = Object.entries(peels).map(([side, text]) => [side, utf8(text)] as const);
      releases.push({ release: me, holder: me, peels: Object.fromEntries(lines) });
    });
  }
  let opening = 0;
  for (const [side, reader] of [["a", "b"], ["b", "a"]] as const) {
    opening += await timed(async () => {
      const outer = seals[side]?.outer as Bytes;
      const opened = await work("open", { exchange, side, key: key(reader), outer, releases });
      check(opened.paper, papers[side] as Bytes);
    });
  }
  return { seal: sealing, release: releasing, open: opening };
}

/** How long a step takes on a page that has been open for a moment: each is on a page of its own, with its worker ready. */
async function timed(step: () => Promise<void>): Promise<number> {
  ready();
  await new Promise((resolve) => setTimeout(resolve, MOMENT));
  const started = performance.now();
  await step();
  return performance.now() - started;
}

async function bare(people: Cast, papers: Record<string, Bytes>): Promise<Taken> {
  const { terms } = people;
  const started = performance.now();
  const outers = new Map<string, Uint8Array>();
  const escrows = new Map<string, Map<string, Uint8Array>>();
  for (const [side, other] of [["a", "b"], ["b", "a"]] as const) {
    const padded = new Uint8Array(BUCKET);
    padded.set(papers[side] as Bytes);
    const recipients = [other, `${other}-recovery`].map((code) => people.keys[code]?.recipient ?? "");
    const identity = await generateX25519Identity();
    outers.set(side, await encrypted([await identityToRecipient(identity)], await encrypted(recipients, padded)));
    const lines = new Map<string, Uint8Array>();
    for (const chain of chains(terms)) {
      let content: Uint8Array = utf8(`${identity}\n`);
      for (const code of [...chain].reverse()) {
        content = await encrypted([holder(terms, code).online], content);
      }
      lines.set(chain.join(), content);
    }
    escrows.set(side, lines);
  }
  const sealed = performance.now();
  const identities = new Map<string, string>();
  for (const side of ["a", "b"]) {
    let content = escrows.get(side)?.get(ORDER.join()) as Uint8Array;
    for (const code of ORDER) {
      content = await decrypted(people.secret(code), content);
    }
    identities.set(side, new TextDecoder().decode(content).trim());
  }
  const released = performance.now();
  for (const [side, reader] of [["a", "b"], ["b", "a"]] as const) {
    const inner = await decrypted(identities.get(side) ?? "", outers.get(side) as Uint8Array);
    const paper = papers[side] as Bytes;
    check((await decrypted(people.secret(reader), inner)).subarray(0, paper.length), paper);
  }
  return { seal: sealed - started, release: released - sealed, open: performance.now() - released };
}

async function encrypted(recipients: readonly string[], content: Uint8Array): Promise<Uint8Array> {
  const encrypter = new Encrypter();
  recipients.forEach((each) => encrypter.addRecipient(each));
  return encrypter.encrypt(content);
}

async function decrypted(identity: string, file: Uint8Array): Promise<Uint8Array> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(identity);
  return decrypter.decrypt(file);
}

function check(found: Uint8Array, paper: Uint8Array): void {
  if (found.length !== paper.length || found.some((byte, at) => byte !== paper[at])) {
    throw new Error("another paper came out");
  }
}

/** What both take, `rounds` times in turn. */
async function run(size: number, rounds: number): Promise<{ ours: Taken[]; bare: Taken[] }> {
  const people = await cast(2, ["h1", "h2", "h3"], BUCKET);
  const papers = { a: paperOf(size, 1), b: paperOf(size, 2) };
  const taken: { ours: Taken[]; bare: Taken[] } = { ours: [], bare: [] };
  for (let round = 0; round < rounds; round += 1) {
    taken.ours.push(await ours(people, papers));
    taken.bare.push(await bare(people, papers));
  }
  return taken;
}

function paperOf(size: number, seed: number): Bytes {
  return new Uint8Array(size).map((_, at) => (at * 31 + seed) & 0xff);
}

if (typeof document === "undefined") {
  listen();
} else {
  Object.assign(globalThis, { run });
}
