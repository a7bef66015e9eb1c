/** Keys, canonical JSON, terms and signatures: each small rule, and what is refused. */

import { Decrypter } from "age-encryption";
import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { recipient } from "../src/agekeys.ts";
import { fromHex, sha256hex, text, utf8 } from "../src/bytes.ts";
import { decode, encode, type Json } from "../src/jcs.ts";
import { forSheet, fromSheet, lock, makePair, makeTest, passTest, unlock } from "../src/keys.ts";
import { signatureFits } from "../src/signatures.ts";
import { fileName } from "../src/page/hooks.ts";
import { chains, exchange, parse } from "../src/terms.ts";
import { cast, Signer } from "./cast.ts";

const PASSPHRASE = "five words nobody says together";

describe("keys", () => {
  test("a key file opens with its passphrase alone, and with age itself", async () => {
    const pair = await makePair();
    const file = await lock(pair, PASSPHRASE, 10);
    assert.deepEqual(await unlock(file, PASSPHRASE), [pair.secret]);
    await assert.rejects(unlock(file, "another passphrase"), /does not open with this passphrase/);
    await assert.rejects(unlock(file, ""), /has a passphrase/);
    const decrypter = new Decrypter();
    decrypter.addPassphrase(PASSPHRASE);
    assert.equal(await decrypter.decrypt(file, "text"), `# public key: ${pair.recipient}\n${pair.secret}\n`);
  });

  test("a plain identity file needs no passphrase, and other files are refused", async () => {
    const pair = await makePair();
    assert.deepEqual(await unlock(utf8(`# a comment\r\n\n${pair.secret}\n`), ""), [pair.secret]);
    await assert.rejects(unlock(utf8("AGE-SECRET-KEY-PQ-1ABC\n"), ""), /hybrid/);
    await assert.rejects(unlock(utf8("# AGE-SECRET-KEY-1\n"), ""), /no secret key in this file/);
    await assert.rejects(unlock(utf8("hello"), ""), /not a key file/);
    await assert.rejects(unlock(new Uint8Array(70_000), ""), /too large/);
    await assert.rejects(lock(pair, "too short"), /at least 12/);
  });

  test("a recovery key is typed from the sheet as people type, and the test says whether it is the one", async () => {
    const [pair, other] = [await makePair(), await makePair()];
    const made = await makeTest(pair.recipient);
    const sheet = forSheet(pair.secret);
    for (const typed of [pair.secret, sheet.join(" "), sheet.join("-").toLowerCase(), `age-secret-key-${sheet.join("\n")} `]) {
      const nonce = await passTest(typed, pair.recipient, made);
      assert.equal(await sha256hex(fromHex(nonce)), made.check);
    }
    await assert.rejects(passTest(other.secret, pair.recipient, made), /not the one that was named/);
    await assert.rejects(passTest("hello", pair.recipient, made), /begins with AGE-SECRET-KEY-1/);
    const wrong = pair.secret.slice(0, -1) + (pair.secret.endsWith("Q") ? "P" : "Q");
    assert.throws(() => fromSheet(wrong), /lost or changed/);
    await assert.rejects(passTest(pair.secret, pair.recipient, { ...made, check: "0".repeat(64) }), /damaged/);
  });

  test("keys of other kinds are refused by name", () => {
    for (const [key, what] of [
      ["age1pq1abc", /hybrid/],
      ["age1tag1abc", /tagged/],
      ["age1tagpq1abc", /tagged hybrid/],
      ["age1yubikey1qwt", /plugin “yubikey”/],
      ["ssh-ed25519 AAAA", /SSH/],
      ["AGE-SECRET-KEY-1QQ", /secret key/],
      ["age1qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqs3290gq", /lost or changed|nobody's/],
      ["", /lost or changed/],
    ] as const) {
      assert.throws(() => recipient(key), what, key);
    }
  });
});

test("a name that somebody else chose leads nowhere on the disk", () => {
  for (const [given, made] of [
    ["conditions.pdf", "conditions.pdf"],
    ["../../a\u202efdp.exe", "_.._a_fdp.exe"],
    ["C:\\a", "C__a"],
    [" . ", "paper"],
    ["условия.docx", "условия.docx"],
  ] as const) {
    assert.equal(fileName(given), made);
  }
});

describe("canonical JSON", () => {
  test("is JCS for the values a record may hold", () => {
    const value: Json = { b: [1, -2, 0, null, true], a: "é\u2028\"\\\n\u007f", A: { "10": 1, "9": 2 } };
    const line = '{"A":{"10":1,"9":2},"a":"é\u2028\\"\\\\\\n\u007f","b":[1,-2,0,null,true]}';
    assert.equal(text(encode(value)), line);
    assert.deepEqual(decode(utf8(line)), value);
  });

  test("refuses everything else", () => {
    for (const bad of [1.5, 2 ** 53, -0, "\ud800", { "é": 1 }, undefined, Number.NaN]) {
      assert.throws(() => encode(bad as Json), /./, String(bad));
    }
    for (const bad of ['{"a":1,"a":2}', '{"b":1,"a":2}', "[1, 2]", '"\\u0041"', "1.0", "01", "\ufeff1", "", "{", '"\\/"']) {
      assert.throws(() => decode(utf8(bad)), /./, bad);
    }
    assert.throws(() => decode(Uint8Array.of(0x22, 0xff, 0x22)));
  });
});

describe("terms", () => {
  test("have chains in the order of their holders, and an id that every member changes", async () => {
    const { terms } = await cast();
    assert.deepEqual(chains(terms).map((chain) => chain.join()), ["h1,h2", "h1,h3", "h2,h1", "h2,h3", "h3,h1", "h3,h2"]);
    const ids = await Promise.all(
      [terms, { ...terms, k: 1 }, { ...terms, nonce: "1".repeat(32) }, { ...terms, topics: [] }].map(async (each) => (await exchange(each)).id),
    );
    assert.equal(new Set(ids).size, ids.length);
  });

  test("are read strictly", async () => {
    const { terms } = await cast();
    const [a, b] = terms.sides;
    for (const [bad, why] of [
      [{ ...terms, v: 2 }, /version/],
      [{ ...terms, more: 1 }, /exactly these fields/],
      [{ ...terms, k: 4 }, /as many holders/],
      [{ ...terms, k: "2" }, /as many holders/],
      [{ ...terms, sides: [a, a] }, /given twice/],
      [{ ...terms, sides: [a] }, /two sides/],
      [{ ...terms, sides: [{ ...a, recovery: b.online }, b] }, /age key is given twice/],
      [{ ...terms, sides: [{ ...a, online: "age1pq1x" }, b] }, /hybrid/],
      [{ ...terms, sides: [{ ...a, signers: [] }, b] }, /names no key/],
      [{ ...terms, bucket: 1000 }, /bucket/],
      [{ ...terms, topics: ["prisoners", "ceasefire"] }, /alphabetical/],
      [{ ...terms, deadline: "2025-02-30T12:00:00.000Z" }, /deadline/],
      [{ ...terms, room: "0".repeat(32) }, /none of them/],
      [{ ...terms, nonce: "0" }, /nonce/],
      [null, /exactly these fields/],
    ] as const) {
      assert.throws(() => parse(bad), why);
    }
  });
});

describe("a passkey's signature", () => {
  const signer = new Signer("someone");
  const signed = utf8("what is signed");

  test("fits what it was made over and nothing else", async () => {
    const good = signer.sign(signed);
    assert.equal(await signatureFits([signer.key], good, signed), true);
    assert.equal(await signatureFits([signer.key], good, utf8("another thing")), false);
    assert.equal(await signatureFits([new Signer("another").key], good, signed), false);
    assert.equal(await signatureFits([{ ...new Signer("another").key, id: signer.key.id }], good, signed), false);
    assert.equal(await signatureFits([{ ...signer.key, rp: "talks.example" }], good, signed), false);
    assert.equal(await signatureFits([signer.key], { ...good, more: "x" } as never, signed), false);
  });

  for (const [what, members, flags] of [
    ["for making a passkey", { type: "webauthn.create" }, 5],
    ["from another site's page", { origin: "https://evil.example" }, 5],
    ["from a page without HTTPS", { origin: "http://127.0.0.1:8000" }, 5],
    ["from inside another site's page", { crossOrigin: true }, 5],
    ["under another site", { topOrigin: "https://evil.example" }, 5],
    ["by somebody unchecked", {}, 1],
    ["by nobody", {}, 4],
  ] as const) {
    test(`made ${what} does not count`, async () => {
      assert.equal(await signatureFits([signer.key], signer.sign(signed, members, flags), signed), false);
    });
  }
});
