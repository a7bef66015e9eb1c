/**
 * Writes vectors/exchange-typescript.json: `node make-vectors.ts`. Run it only to make it anew; tests read what is there.
 *
 * Every key in it is derived from a name and good for nothing else; sealing draws its own randomness, so a second run
 * gives another file. Form and meaning: vectors/README.md.
 */

import { bech32 } from "@scure/base";
import { writeFileSync } from "node:fs";
import { base64, sha256, sha256hex, text, utf8 } from "./src/bytes.ts";
import { recipientOf } from "./src/agekeys.ts";
import { release, type Release } from "./src/escrow.ts";
import { fingerprint, fingerprintOf } from "./src/fingerprints.ts";
import { payload, seal, write, type Sealed } from "./src/sealing.ts";
import { chains, exchange } from "./src/terms.ts";
import { Signer } from "./test/cast.ts";

const SIDES = ["tarnow", "velmar"];
const HOLDERS = ["h1", "h2", "h3", "h4"];
const PAPERS: Record<string, readonly [string, string, string]> = {
  tarnow: ["Условия: сначала тишина.\n", "условия.txt", "text/plain"],
  velmar: ["# Ceasefire\n\nThe guns fall silent on the first day.\n", "velmar \u{1f54a}.md", "text/markdown"],
};

async function identity(name: string): Promise<string> {
  return bech32.encodeFromBytes("AGE-SECRET-KEY-", await sha256(utf8(`vector of TypeScript: ${name}`))).toUpperCase();
}

const parties = [...SIDES, ...HOLDERS];
const identities: Record<string, string> = {};
for (const name of parties.flatMap((code) => [`${code} online`, `${code} recovery`])) {
  identities[name] = await identity(name);
}
const common = async (code: string) => ({
  code,
  delegation: (await sha256hex(utf8(code))).slice(0, 32),
  online: await recipientOf(identities[`${code} online`] ?? ""),
  signers: [new Signer(code).key],
});
const side = async (code: string) => ({ ...(await common(code)), recovery: await recipientOf(identities[`${code} recovery`] ?? "") });
const found = await exchange({
  v: 1,
  talks: "ab".repeat(16),
  room: "cd".repeat(16),
  nonce: "ef".repeat(16),
  sides: await Promise.all(SIDES.map(side)),
  holders: await Promise.all(HOLDERS.map(common)),
  k: 3,
  topics: ["ceasefire"],
  deadline: "2030-02-01T12:00:00.000Z",
  bucket: 65536,
});

const seals: Record<string, Sealed> = {};
const papers: Record<string, object> = {};
const sealed: Record<string, object> = {};
for (const code of SIDES) {
  const [content, name, media] = PAPERS[code] as readonly [string, string, string];
  const written = await write(found, code, utf8(content), name, media);
  const signed = payload(found, code, written.digest);
  const made = await seal(found, written, new Signer(code).sign(signed));
  seals[code] = made;
  papers[code] = { content: base64(written.paper), name, media, salt: written.salt, digest: written.digest, signed: text(signed) };
  sealed[code] = { outer: base64(made.outer), outer_sha256: await sha256hex(made.outer), escrow: text(made.escrow) };
}
const releases: Release[] = [];
const given: object[] = [];
for (const by of ["h4", "h2", "h1"]) {
  const { peels } = await release(found, by, identities[`${by} online`] ?? "", seals, releases);
  given.push({ by, peels });
  const lines = Object.entries(peels).map(([code, lines]) => [code, utf8(lines)] as const);
  releases.push({ release: by, holder: by, peels: Object.fromEntries(lines) });
}
const all = [...found.terms.sides, ...found.terms.holders];
const vector = {
  terms: found.terms,
  id: found.id,
  fingerprint: fingerprint(found.id),
  fingerprints: Object.fromEntries(await Promise.all(all.map(async (one) => [one.code, await fingerprintOf(one)] as const))),
  chains: chains(found.terms).map((chain) => chain.join()),
  identities,
  papers,
  sealed,
  releases: given,
};
writeFileSync(new URL("../vectors/exchange-typescript.json", import.meta.url), `${JSON.stringify(vector, null, 1)}\n`);
