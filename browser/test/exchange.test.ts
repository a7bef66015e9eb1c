/** A whole exchange, and what each kind of cheating comes to. */

import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { decryptWith } from "../src/age.ts";
import { base64, fromBase64, sha256hex, text, utf8, type Bytes } from "../src/bytes.ts";
import { escrow, hold, read, readPeels, release, written, type Peel, type Release, type Seals } from "../src/escrow.ts";
import { wrap } from "../src/layers.ts";
import { open, uncover } from "../src/opening.ts";
import { largest, write } from "../src/sealing.ts";
import { chains } from "../src/terms.ts";
import { cast, faultOf, type Cast } from "./cast.ts";

const PAPERS: Record<string, Bytes> = { a: utf8("Conditions of A\n"), b: utf8("Conditions of B\n") };

async function sealBoth(people: Cast): Promise<Seals> {
  return { a: await people.sealed("a", PAPERS["a"] as Bytes), b: await people.sealed("b", PAPERS["b"] as Bytes) };
}

async function releaseBy(people: Cast, code: string, seals: Seals, earlier: readonly Release[]): Promise<Release> {
  const { peels } = await release(people.exchange, code, people.secret(code), seals, earlier);
  return asRelease(code, peels);
}

function asRelease(code: string, peels: Readonly<Record<string, string>>): Release {
  const bytes = Object.entries(peels).map(([side, lines]) => [side, utf8(lines)] as const);
  return { release: `release by ${code}`, holder: code, peels: Object.fromEntries(bytes) };
}

async function read_(people: Cast, side: string, seals: Seals, releases: readonly Release[], secret: string): Promise<string> {
  const { exchange } = people;
  const uncovered = await uncover(exchange, side, seals[side]?.outer as Bytes, releases);
  return text((await open(exchange, side, [secret], uncovered)).paper) ?? "";
}

describe("an exchange", () => {
  for (const [k, holders, order] of [
    [2, ["h1", "h2", "h3"], ["h3", "h1"]],
    [1, ["host"], ["host"]],
    [3, ["h1", "h2", "h3", "h4"], ["h4", "h2", "h1"]],
  ] as const) {
    test(`${k} of ${holders.length} holders open both papers, in any order`, async () => {
      const people = await cast(k, [...holders]);
      const seals = await sealBoth(people);
      for (const code of holders) {
        for (const side of ["a", "b"] as const) {
          await hold(people.exchange, code, people.secret(code), side, seals[side] as Seals[string]);
        }
      }
      const releases: Release[] = [];
      for (const code of order) {
        await assert.rejects(uncover(people.exchange, "a", seals["a"]?.outer as Bytes, releases), /not yet released/);
        releases.push(await releaseBy(people, code, seals, releases));
      }
      assert.equal(await read_(people, "a", seals, releases, people.secret("b")), "Conditions of A\n");
      assert.equal(await read_(people, "b", seals, releases, people.secret("a-recovery")), "Conditions of B\n");
    });
  }

  test("a paper is sealed to the counterpart alone", async () => {
    const people = await cast();
    const seals = await sealBoth(people);
    const releases = [await releaseBy(people, "h1", seals, [])];
    releases.push(await releaseBy(people, "h2", seals, releases));
    for (const other of ["a", "h1"]) {
      assert.equal(await faultOf(() => read_(people, "a", seals, releases, people.secret(other))), "cannot-open");
    }
  });

  test("sizes of different papers look alike from outside", async () => {
    const people = await cast();
    const short = await people.sealed("a", utf8("x"));
    const long = await people.sealed("a", new Uint8Array(largest(65536)));
    assert.equal(short.outer.length, long.outer.length);
    await assert.rejects(write(people.exchange, "a", new Uint8Array(largest(65536) + 1), "n", "m"), /The terms of this exchange allow/);
    await assert.rejects(write(people.exchange, "a", new Uint8Array(), "n", "m"), /empty/);
  });
});

describe("a holder who lies", () => {
  const junk = utf8("junk");

  for (const [what, lie] of [
    ["gives other content", (peel: Peel) => ({ ...peel, content: junk })],
    ["gives another file key", (peel: Peel) => ({ ...peel, key: new Uint8Array(16) })],
  ] as const) {
    test(`and ${what} is left out, and the other two open both papers`, async () => {
      const people = await cast();
      const seals = await sealBoth(people);
      const honest = await releaseBy(people, "h1", seals, []);
      const peels = [...readPeels(people.exchange, honest.peels["b"] as Bytes)];
      const lines = new Map(peels.map(([chain, peel]) => [chain, chain === "h1,h2" ? lie(peel) : peel]));
      const liar: Release = { ...honest, peels: { ...honest.peels, b: utf8(written(lines)) } };
      const next = await release(people.exchange, "h2", people.secret("h2"), seals, [liar]);
      assert.deepEqual([next.buildsOn, next.falseReleases], [[], ["release by h1"]]);
      assert.deepEqual(chainsIn(next.peels["a"]), ["h2,h1", "h2,h3"]);
      assert.deepEqual(chainsIn(next.peels["b"]), ["h2,h1", "h2,h3"]);
      const releases = [liar, asRelease("h2", next.peels)];
      releases.push(await releaseBy(people, "h3", seals, releases));
      for (const side of ["a", "b"] as const) {
        const other = side === "a" ? "b" : "a";
        assert.equal(await read_(people, side, seals, releases, people.secret(other)), text(PAPERS[side] as Bytes));
      }
    });
  }

  test("and gives one line too few is left out", async () => {
    const people = await cast();
    const seals = await sealBoth(people);
    const honest = await releaseBy(people, "h1", seals, []);
    const lines = new Map([...readPeels(people.exchange, honest.peels["b"] as Bytes)].slice(1));
    const liar: Release = { ...honest, peels: { ...honest.peels, b: utf8(written(lines)) } };
    const next = await release(people.exchange, "h2", people.secret("h2"), seals, [liar]);
    assert.deepEqual(next.falseReleases, ["release by h1"]);
  });

  test("who hands out a key of its own opens nothing and blames nobody", async () => {
    const people = await cast();
    const seals = await sealBoth(people);
    const made = new Map([["h1,h2", { content: utf8(`${people.secret("h3")}\n`), key: new Uint8Array(16) }]]);
    const liar = asRelease("h2", { a: written(made), b: written(made) });
    await assert.rejects(uncover(people.exchange, "a", seals["a"]?.outer as Bytes, [liar]), /not yet released/);
  });
});

describe("a side that cheats", () => {
  test("with an escrow of another paper is found by a holder before it confirms", async () => {
    const people = await cast();
    const [first, second] = [await people.sealed("a", utf8("1")), await people.sealed("a", utf8("2"))];
    const swapped = { outer: first.outer, escrow: second.escrow };
    assert.equal(await faultOf(() => hold(people.exchange, "h1", people.secret("h1"), "a", swapped)), "wrong-context");
  });

  test("with a blob of another exchange is found", async () => {
    const [here, there] = [await cast(), await cast()];
    const codes = ["h1", "h2", "h3"];
    const sealed = await there.sealed("a", utf8("1"));
    let lines = "";
    for (const chain of chains(here.terms)) {
      const recipient = here.keys[chain[0] ?? ""]?.recipient ?? "";
      const context = { chain: chain.join(), digest: await sha256hex(sealed.outer), exchange: there.exchange.id, holder: chain[0] ?? "", layer: "escrow", side: "a" };
      lines += `${chain.join()} ${base64(await wrap([recipient], context, utf8("x")))}\n`;
    }
    const replayed = { outer: sealed.outer, escrow: utf8(lines) };
    for (const code of codes) {
      assert.equal(await faultOf(() => hold(here.exchange, code, here.secret(code), "a", replayed)), "wrong-context");
    }
  });

  test("with a key that opens nothing is found by the last holder, who then gives out neither paper", async () => {
    const people = await cast();
    const honest = await people.sealed("a", utf8("1"));
    const other = people.secret("a");
    const false_ = { outer: honest.outer, escrow: utf8(await escrow(people.exchange, "a", await sha256hex(honest.outer), other)) };
    const seals = { a: false_, b: await people.sealed("b", utf8("2")) };
    await hold(people.exchange, "h1", people.secret("h1"), "a", false_); // nobody can see it alone
    const releases = [await releaseBy(people, "h1", seals, [])];
    assert.equal(await faultOf(() => releaseBy(people, "h2", seals, releases)), "wrong-key");
    const single = await cast(1, ["host"]);
    const outer = (await single.sealed("a", utf8("1"))).outer;
    const alone = { outer, escrow: utf8(await escrow(single.exchange, "a", await sha256hex(outer), other)) };
    assert.equal(await faultOf(() => hold(single.exchange, "host", single.secret("host"), "a", alone)), "wrong-key");
  });

  test("inside a valid seal is shown by the file key, which opens that one layer to everybody", async () => {
    const people = await cast();
    const seals = { a: await people.sealed("a", utf8("1")), b: await people.sealed("b", utf8("2")) };
    const releases = [await releaseBy(people, "h1", seals, [])];
    releases.push(await releaseBy(people, "h2", seals, releases));
    const uncovered = await uncover(people.exchange, "a", seals.a.outer, releases);
    const other = { ...uncovered, digest: `p:${"0".repeat(64)}` };
    let key: string | null = null;
    try {
      await open(people.exchange, "a", [people.secret("b")], other);
    } catch (error) {
      key = (error as { fileKey: string | null }).fileKey;
    }
    const plaintext = await decryptWith(fromBase64(key ?? "") as Bytes, uncovered.inner);
    assert.match(text(plaintext.subarray(0, 20)) ?? "", /^\{"digest":"p:/);
    assert.equal(plaintext.length, 65536);
  });
});

describe("text of an escrow", () => {
  test("is refused unless it is exactly its lines", async () => {
    const people = await cast(1, ["h1", "h2"]);
    const { escrow } = await people.sealed("a", utf8("1"));
    const whole = text(escrow) ?? "";
    const [first, second] = whole.split("\n");
    assert.deepEqual([...read(people.exchange, escrow).keys()], ["h1", "h2"]);
    for (const bad of [
      "",
      whole.slice(0, -1),
      `${first}\n`,
      `${second}\n${first}\n`,
      `${first}\n${first}\n`,
      `${whole}\n`,
      whole.replace(" ", "  "),
      whole.replace("\nh2 ", "\nh3 "),
      whole.replace("\n", "\r\n"),
      whole.replace(" YWdl", " YWdm="),
      `${whole}h3 YQ==\n`,
    ]) {
      assert.equal(await faultOf(async () => read(people.exchange, utf8(bad))), "malformed", JSON.stringify(bad.slice(0, 30)));
    }
  });
});

function chainsIn(peels: string | undefined): string[] {
  return (peels ?? "").split("\n").slice(0, -1).map((line) => line.split(" ")[0] ?? "");
}
