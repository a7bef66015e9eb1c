/** The shared vectors: what Python made, TypeScript opens, and what TypeScript made still opens. */

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { recipient } from "../src/agekeys.ts";
import { base64, fromBase64, hex, sha256hex, text, utf8, type Bytes } from "../src/bytes.ts";
import { hold, release, type Release } from "../src/escrow.ts";
import { fingerprint, fingerprintOf } from "../src/fingerprints.ts";
import { open, uncover } from "../src/opening.ts";
import { payload, type Sealed } from "../src/sealing.ts";
import { chains, counterpart, exchange } from "../src/terms.ts";

const FOLDER = new URL("../../vectors/", import.meta.url);

interface TermsCase {
  readonly terms: unknown;
  readonly id: string;
  readonly fingerprint: string;
  readonly fingerprints: Record<string, string>;
  readonly chains: string[];
}

interface ExchangeCase extends TermsCase {
  readonly identities: Record<string, string>;
  readonly papers: Record<string, { content: string; name: string; media: string; salt: string; digest: string; signed: string }>;
  readonly sealed: Record<string, { outer: string; outer_sha256: string; escrow: string }>;
  readonly releases: { by: string; peels: Record<string, string> }[];
}

function read<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(name, FOLDER), "utf8")) as T;
}

describe("terms.json", () => {
  for (const made of read<TermsCase[]>("terms.json")) {
    test(made.id.slice(0, 8), async () => {
      const found = await exchange(made.terms);
      const parties = [...found.terms.sides, ...found.terms.holders];
      const prints = await Promise.all(parties.map(async (party) => [party.code, await fingerprintOf(party)] as const));
      assert.deepEqual(
        {
          terms: found.terms,
          id: found.id,
          fingerprint: fingerprint(found.id),
          fingerprints: Object.fromEntries(prints),
          chains: chains(found.terms).map((chain) => chain.join()),
        },
        made,
      );
    });
  }
});

describe("keys.json", () => {
  for (const made of read<{ recipient: string; point: string | null; why?: string }[]>("keys.json")) {
    test(made.recipient.slice(0, 12) || "nothing", () => {
      if (made.point !== null) {
        assert.equal(hex(recipient(made.recipient)), made.point);
      } else {
        assert.throws(() => recipient(made.recipient), { message: made.why ?? "" });
      }
    });
  }
});

const exchanges = readdirSync(FOLDER).filter((name) => /^exchange-.*\.json$/.test(name));

test("both programs' exchanges are here", () => {
  assert.deepEqual(exchanges.sort(), ["exchange-python.json", "exchange-typescript.json"]);
});

for (const name of exchanges) {
  test(`${name} opens by every key that opens it, and its releases prove themselves`, () => check(read<ExchangeCase>(name)));
}

async function check(made: ExchangeCase): Promise<void> {
  const found = await exchange(made.terms);
  assert.equal(found.id, made.id);
  const seals: Record<string, Sealed> = {};
  for (const [side, sealed] of Object.entries(made.sealed)) {
    const outer = fromBase64(sealed.outer) as Bytes;
    assert.equal(await sha256hex(outer), sealed.outer_sha256);
    seals[side] = { outer, escrow: utf8(sealed.escrow) };
  }
  const releases: Release[] = [];
  for (const { by, peels } of made.releases) {
    const identity = made.identities[`${by} online`] ?? "";
    for (const [side, sealed] of Object.entries(seals)) {
      await hold(found, by, identity, side, sealed);
    }
    const own = await release(found, by, identity, seals, releases);
    assert.deepEqual(own, { peels, buildsOn: releases.map((each) => each.release), falseReleases: [] });
    const lines = Object.entries(peels).map(([side, written]) => [side, utf8(written)] as const);
    releases.push({ release: `by ${by}`, holder: by, peels: Object.fromEntries(lines) });
  }
  for (const [side, paper] of Object.entries(made.papers)) {
    const uncovered = await uncover(found, side, seals[side]?.outer as Bytes, releases);
    assert.equal(text(payload(found, side, uncovered.digest)), paper.signed);
    for (const which of ["online", "recovery"]) {
      const identity = made.identities[`${counterpart(found.terms, side).code} ${which}`] ?? "";
      const opened = await open(found, side, [identity], uncovered);
      assert.deepEqual({ ...opened, paper: base64(opened.paper) }, {
        paper: paper.content,
        name: paper.name,
        media: paper.media,
        digest: paper.digest,
        salt: paper.salt,
      });
    }
  }
}
