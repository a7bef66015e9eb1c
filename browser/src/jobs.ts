/**
 * What the worker does: every job takes and gives plain data. Secret keys are unlocked in here and stay in here, but for
 * the recovery key that a sheet is printed of.
 */

import { recipientOf } from "./agekeys.ts";
import type { Bytes } from "./bytes.ts";
import { Refusal } from "./errors.ts";
import { hold, openOuter, release, type Release, type Released, type Seals } from "./escrow.ts";
import { checkPassphrase, fromSheet, lock, makePair, makeTest, passTest, unlock, type Pair, type RecoveryTest } from "./keys.ts";
import { open, uncover, type Opened } from "./opening.ts";
import { seal, type Sealed, type Told, type Written } from "./sealing.ts";
import type { Signature } from "./signatures.ts";
import { counterpart, holder, type Exchange } from "./terms.ts";

/** Where a secret key comes from: typed from the sheet, or a key file with its passphrase. */
export interface KeyGiven {
  readonly file: Bytes | null;
  readonly passphrase: string;
  readonly sheet: string;
}

export interface NewKeys {
  readonly online: string;
  /** The online key's file, under the passphrase. */
  readonly file: Bytes;
  readonly recovery: (Pair & RecoveryTest) | null;
}

/** What a job may use beside what it is given: a word of progress, and a worker of its own for what can go on meanwhile. */
export interface Bench {
  readonly told: Told;
  readonly checkOuter: (given: OuterGiven) => Promise<void>;
}

export interface ReleasingGiven {
  readonly exchange: Exchange;
  readonly me: string;
  readonly key: KeyGiven;
  readonly seals: Seals;
  readonly releases: readonly Release[];
}

export interface OuterGiven {
  readonly exchange: Exchange;
  readonly side: string;
  readonly outer: Bytes;
  readonly content: Bytes;
}

export const JOBS = {
  makeKeys: async (given: { passphrase: string; recovery: boolean }): Promise<NewKeys> => {
    checkPassphrase(given.passphrase);
    const online = await makePair();
    const recovery = given.recovery ? await makePair() : null;
    const test = recovery && { ...recovery, ...(await makeTest(recovery.recipient)) };
    return { online: online.recipient, file: await lock(online, given.passphrase), recovery: test };
  },

  passTest: async (given: { typed: string; recovery: string } & RecoveryTest): Promise<string> =>
    passTest(given.typed, given.recovery, given),

  /** A key file under the passphrase given, for keeping in the browser. */
  keepKey: async (given: { recipient: string; key: KeyGiven }): Promise<Bytes> => {
    const [secret = ""] = await secrets(given.key, [given.recipient]);
    return lock({ secret, recipient: given.recipient }, given.key.passphrase);
  },

  seal: async (given: { exchange: Exchange; written: Written; signature: Signature }, { told }: Bench): Promise<Sealed> =>
    seal(given.exchange, given.written, given.signature, told),

  hold: async (given: { exchange: Exchange; me: string; key: KeyGiven; seals: Seals }): Promise<void> => {
    const identity = await holdersKey(given.exchange, given.me, given.key);
    for (const [side, sealed] of Object.entries(given.seals)) {
      await hold(given.exchange, given.me, identity, side, sealed);
    }
  },

  release: async (given: ReleasingGiven, { checkOuter }: Bench): Promise<Released> => {
    const identity = await holdersKey(given.exchange, given.me, given.key);
    const opener = (exchange: Exchange, side: string, outer: Bytes, content: Bytes) =>
      checkOuter({ exchange, side, outer, content });
    return release(given.exchange, given.me, identity, given.seals, given.releases, opener);
  },

  /** Nothing that is not given out with the release is known here. */
  checkOuter: async ({ exchange, side, outer, content }: OuterGiven): Promise<void> => {
    await openOuter(exchange, side, outer, content);
  },

  open: async (given: {
    exchange: Exchange;
    side: string;
    key: KeyGiven;
    outer: Bytes;
    releases: readonly Release[];
  }): Promise<Opened> => {
    const reader = counterpart(given.exchange.terms, given.side);
    const identities = await secrets(given.key, [reader.online, reader.recovery]);
    const uncovered = await uncover(given.exchange, given.side, given.outer, given.releases);
    return open(given.exchange, given.side, identities, uncovered);
  },
} as const;

async function holdersKey(exchange: Exchange, me: string, key: KeyGiven): Promise<string> {
  const [identity = ""] = await secrets(key, [holder(exchange.terms, me).online]);
  return identity;
}

/** Those of the secret keys given that belong to one of these recipients. Throws `Refusal` where none does. */
async function secrets(given: KeyGiven, recipients: readonly string[]): Promise<string[]> {
  const found = given.sheet.trim() !== "" ? [fromSheet(given.sheet)] : await fromFile(given);
  const theirs = await Promise.all(found.map(recipientOf));
  const fitting = found.filter((_, at) => recipients.includes(theirs[at] ?? ""));
  if (fitting.length === 0) {
    throw new Refusal("This key is in order, but it is not the one that was named for this exchange. Choose the other one.");
  }
  return fitting;
}

async function fromFile(given: KeyGiven): Promise<string[]> {
  if (given.file === null) {
    throw new Refusal("This browser does not keep the key that is needed. Choose the file it is in.");
  }
  return unlock(given.file, given.passphrase);
}
