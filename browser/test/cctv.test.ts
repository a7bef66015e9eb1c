/**
 * The public test vectors of age (C2SP CCTV), through our own entry points.
 *
 * Files for plain age keys go through `decrypt`, as every layer does; files under a passphrase through `underPassphrase`,
 * as every key file does; armored ones first through `dearmored`. What is for hybrid keys is refused by name.
 */

import * as vectors from "cctv-age";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { inflateSync } from "node:zlib";
import { decrypt, fileKey } from "../src/age.ts";
import { identity } from "../src/agekeys.ts";
import { hex, sha256hex, utf8 } from "../src/bytes.ts";
import { dearmored, underPassphrase } from "../src/keys.ts";

interface Vector {
  readonly about: ReadonlyMap<string, string[]>;
  readonly file: Uint8Array;
}

function parse(raw: Uint8Array): Vector {
  const end = Buffer.from(raw).indexOf("\n\n");
  const about = new Map<string, string[]>();
  for (const line of Buffer.from(raw.subarray(0, end)).toString().split("\n")) {
    const [name = "", value = ""] = line.split(": ", 2);
    about.set(name, [...(about.get(name) ?? []), value]);
  }
  const rest = raw.subarray(end + 2);
  return { about, file: about.get("compressed")?.[0] === "zlib" ? new Uint8Array(inflateSync(rest)) : rest };
}

const all = Object.entries(vectors as Record<string, unknown>).filter(
  (each): each is [string, Uint8Array] => each[1] instanceof Uint8Array,
);

/** What each result that a vector states may say in our words; only the last is one of ours alone. */
const SAID: Record<string, RegExp> = {
  "header failure": /not as it must be|not a key file|more work than a page/,
  "armor failure": /its armor is malformed|not as it must be/,
  "HMAC failure": /its header was altered/,
  "no match": /no key that should open it does|to no plain age key/,
  "payload failure": /cut short/,
};

describe("CCTV", () => {
  test("all vectors are here", () => {
    assert.ok(all.length >= 110, `${all.length} vectors`);
  });
  for (const [name, raw] of all) {
    test(name, () => run(parse(raw)));
  }
});

async function run({ about, file }: Vector): Promise<void> {
  const expected = about.get("expect")?.[0] ?? "";
  const identities = about.get("identity") ?? [];
  const passphrases = about.get("passphrase") ?? [];
  const open = async (): Promise<Uint8Array> => {
    const raw = about.has("armored") ? dearmored(file) : file;
    return passphrases.length > 0 && identities.length === 0
      ? utf8(await underPassphrase(raw, passphrases[0] ?? ""))
      : decrypt(identities, raw);
  };
  if (identities.some((each) => each.startsWith("AGE-SECRET-KEY-PQ-"))) {
    identities.filter((each) => each.includes("-PQ-")).forEach((each) => assert.throws(() => identity(each), /hybrid/));
    await assert.rejects(open(), /hybrid|not as it must be|to no plain age key/);
  } else if (expected === "success") {
    assert.equal(await sha256hex(await open()), about.get("payload")?.[0]);
    if (identities.length > 0) {
      assert.equal(hex(await fileKey(identities, dearmored(file))), about.get("file key")?.[0]);
    }
  } else if (passphrases.length > 0 && expected === "no match") {
    await assert.rejects(open(), /does not open with this passphrase|not a key file/);
  } else {
    await assert.rejects(open(), SAID[expected] ?? /^$/);
  }
}
