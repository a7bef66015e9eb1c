/** The people of these tests: two sides, three holders, and passkeys in software. Everything about them is invented. */

import { p256 } from "@noble/curves/nist.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { base64url, concat, utf8, type Bytes } from "../src/bytes.ts";
import { makePair, type Pair } from "../src/keys.ts";
import { payload, seal, write, type Sealed } from "../src/sealing.ts";
import type { Passkey, Signature } from "../src/signatures.ts";
import { exchange, type Exchange, type Terms } from "../src/terms.ts";

export class Signer {
  readonly key: Passkey;
  readonly #secret: Uint8Array;

  constructor(seed: string) {
    this.#secret = sha256(utf8(seed));
    const point = p256.getPublicKey(this.#secret, false);
    const cose = concat(
      Uint8Array.of(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32),
      point.subarray(1, 33),
      Uint8Array.of(0x22, 0x58, 32),
      point.subarray(33),
    );
    this.key = { type: "webauthn", id: base64url(sha256(point)), cose: base64url(cose), rp: "localhost" };
  }

  /** An assertion as a browser on this machine would make it; `members` are added to what the browser says. */
  sign(signed: Uint8Array, members: Record<string, unknown> = {}, flags = 0x05): Signature & { type: "webauthn" } {
    const said = { type: "webauthn.get", challenge: base64url(sha256(signed)), origin: "http://localhost:8000", crossOrigin: false };
    const client = utf8(JSON.stringify({ ...said, ...members }));
    const authenticator = concat(sha256(utf8(this.key.rp)), Uint8Array.of(flags, 0, 0, 0, 1));
    const made = p256.sign(concat(authenticator, sha256(client)), this.#secret, { format: "der", lowS: false });
    return {
      type: "webauthn",
      authenticatorData: base64url(authenticator),
      clientDataJSON: base64url(client),
      key: this.key.id,
      signature: base64url(made),
    };
  }
}

export interface Cast {
  readonly exchange: Exchange;
  readonly terms: Terms;
  /** By code; a side has a recovery key too, under its code and "-recovery". */
  readonly keys: Readonly<Record<string, Pair>>;
  readonly signers: Readonly<Record<string, Signer>>;
  /** The secret key of a code. */
  secret(code: string): string;
  /** A paper sealed by a side. */
  sealed(side: string, paper: Bytes, name?: string): Promise<Sealed>;
}

export async function cast(k = 2, holders = ["h1", "h2", "h3"], bucket = 65536, nonce = "0".repeat(32)): Promise<Cast> {
  const codes = ["a", "b", ...holders];
  const names = [...codes, "a-recovery", "b-recovery"];
  const keys = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await makePair()] as const)));
  const signers = Object.fromEntries(codes.map((code) => [code, new Signer(code)]));
  const common = (code: string) => ({
    code,
    delegation: null,
    online: keys[code]?.recipient ?? "",
    signers: [signers[code]?.key as Passkey],
  });
  const side = (code: string) => ({ ...common(code), recovery: keys[`${code}-recovery`]?.recipient ?? "" });
  const terms: Terms = {
    v: 1,
    talks: null,
    room: null,
    nonce,
    sides: [side("a"), side("b")],
    holders: holders.map(common),
    k,
    topics: ["ceasefire", "prisoners"],
    deadline: "2025-06-01T12:00:00.000Z",
    bucket,
  };
  const made = await exchange(terms);
  return {
    exchange: made,
    terms,
    keys,
    signers,
    secret: (code) => keys[code]?.secret ?? "",
    sealed: async (code, paper, name = "conditions.txt") => {
      const written = await write(made, code, paper, name, "text/plain");
      const signature = (signers[code] as Signer).sign(payload(made, code, written.digest));
      return seal(made, written, signature);
    },
  };
}

/** The code of the fault that `action` ends in, or what else came of it. */
export async function faultOf(action: () => Promise<unknown>): Promise<string> {
  try {
    await action();
    return "no fault";
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  }
}
