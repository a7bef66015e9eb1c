/**
 * Signatures over what is inside a seal, checked as `record/signatures.py` checks them.
 *
 * Sources: W3C Web Authentication Level 2 sections 6.1 and 7.2, RFC 9053 and RFC 8230 for a passkey's public key, and
 * OpenSSH's PROTOCOL.sshsig and PROTOCOL.u2f. Whether a signer may speak for a side is in the terms.
 */

import { ed25519 } from "@noble/curves/ed25519.js";
import { p256 } from "@noble/curves/nist.js";
import { sha512 } from "@noble/hashes/sha2.js";
import { base64url, concat, fromBase64, fromBase64url, same, sha256, text, utf8, type Bytes } from "./bytes.ts";

export interface SshKey {
  readonly type: "ssh";
  readonly key: string;
}

export interface Passkey {
  readonly type: "webauthn";
  readonly id: string;
  readonly cose: string;
  readonly rp: string;
}

/** A key as the record names it. */
export type Key = SshKey | Passkey;

/** A signature as the record stores it: base64url without padding, or an SSH signature in its armor. */
export type Signature =
  | { readonly type: "sshsig"; readonly armored: string }
  | {
      readonly type: "webauthn";
      readonly authenticatorData: string;
      readonly clientDataJSON: string;
      readonly key: string;
      readonly signature: string;
    };

const FIELDS = {
  sshsig: "armored,type",
  webauthn: "authenticatorData,clientDataJSON,key,signature,type",
} as const;
const NAMESPACE = "act@goodoffices";
const USER_PRESENT = 0x01;
const USER_VERIFIED = 0x04;
const ATTESTED_OR_EXTENSIONS = 0xc0;
const HEAD = 37; // bytes: the relying party's hash (32), flags (1), counter (4)

/** Whether one of these keys made this signature over `signed`. Malformed keys and signatures fit nothing. */
export async function signatureFits(keys: readonly Key[], signature: Signature, signed: Uint8Array): Promise<boolean> {
  try {
    const fits = await Promise.all(keys.map((key) => fitsKey(key, signature, signed)));
    return fits.includes(true);
  } catch {
    return false;
  }
}

async function fitsKey(key: Key, signature: Signature, signed: Uint8Array): Promise<boolean> {
  const texts = Object.values(signature).every((value) => typeof value === "string");
  if (!texts || Object.keys(signature).sort().join() !== FIELDS[signature.type]) {
    return false;
  }
  if (signature.type === "sshsig") {
    return key.type === "ssh" && sshFits(key, signature.armored, signed);
  }
  return key.type === "webauthn" && key.id === signature.key && passkeyFits(key, signature, signed);
}

async function passkeyFits(key: Passkey, signature: Signature & { type: "webauthn" }, signed: Uint8Array): Promise<boolean> {
  const client = must(fromBase64url(signature.clientDataJSON));
  const authenticator = must(fromBase64url(signature.authenticatorData));
  const raw = must(fromBase64url(signature.signature));
  const fine = clientFits(client, key.rp, await sha256(signed)) && (await authenticatorFits(authenticator, key.rp));
  return fine && coseFits(must(fromBase64url(key.cose)), raw, concat(authenticator, await sha256(client)));
}

function clientFits(raw: Bytes, rp: string, challenge: Uint8Array): boolean {
  const written = text(raw);
  if (written === null || twice(written)) {
    return false;
  }
  const data = JSON.parse(written) as Record<string, unknown>;
  return (
    data["type"] === "webauthn.get" &&
    data["challenge"] === base64url(challenge) &&
    (!Object.hasOwn(data, "crossOrigin") || data["crossOrigin"] === false) &&
    !Object.hasOwn(data, "topOrigin") &&
    originFits(data["origin"], rp)
  );
}

/** Whether a member stands twice in some object of this JSON: readers would not agree on what it says. */
function twice(json: string): boolean {
  const open: Set<string>[] = [];
  let last = "";
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[{}:]/gs)) {
    const names = open.at(-1);
    if (token === "{") {
      open.push(new Set());
    } else if (token === "}") {
      open.pop();
    } else if (token === ":") {
      const name = JSON.parse(last) as string;
      if (names?.has(name)) {
        return true;
      }
      names?.add(name);
    }
    last = token;
  }
  return false;
}

function originFits(origin: unknown, rp: string): boolean {
  if (typeof origin !== "string" || !URL.canParse(origin)) {
    return false;
  }
  const url = new URL(origin);
  const secure = url.protocol === "https:" || (url.protocol === "http:" && url.hostname === "localhost");
  return url.origin === origin && secure && (url.hostname === rp || url.hostname.endsWith(`.${rp}`));
}

async function authenticatorFits(data: Uint8Array, rp: string): Promise<boolean> {
  const flags = data[32] ?? 0;
  const checked = (flags & USER_PRESENT) !== 0 && (flags & USER_VERIFIED) !== 0;
  const whole = data.length === HEAD || (data.length > HEAD && (flags & ATTESTED_OR_EXTENSIONS) !== 0);
  return checked && whole && same(data.subarray(0, 32), await sha256(utf8(rp)));
}

/** A COSE key in its canonical form is one of three patterns; another kind of key fits nothing. */
async function coseFits(cose: Uint8Array, signature: Uint8Array, signed: Bytes): Promise<boolean> {
  const reader = new Reader(cose);
  if (reader.starts(0xa5, 1, 2, 3, 0x26, 0x20, 1, 0x21, 0x58, 32)) {
    const x = reader.take(32);
    const more = reader.starts(0x22, 0x58, 32);
    const y = reader.take(32);
    return more && reader.ended && ecdsaFits(concat(Uint8Array.of(4), x, y), signature, signed);
  }
  if (reader.starts(0xa4, 1, 1, 3, 0x27, 0x20, 6, 0x21, 0x58, 32)) {
    const point = reader.take(32);
    return reader.ended && ed25519.verify(signature, signed, point, { zip215: false });
  }
  if (reader.starts(0xa4, 1, 3, 3, 0x39, 1, 0, 0x20, 0x59)) {
    const modulus = reader.take(reader.number(2));
    const exponent = reader.starts(0x21) ? reader.take(reader.number(1) - 0x40) : new Uint8Array();
    return reader.ended && rsaFits(modulus, exponent, signature, signed);
  }
  return false;
}

function ecdsaFits(point: Uint8Array, signature: Uint8Array, signed: Uint8Array): boolean {
  return p256.verify(signature, signed, point, { format: "der", lowS: false, prehash: true });
}

async function rsaFits(modulus: Bytes, exponent: Bytes, signature: Uint8Array, signed: Bytes): Promise<boolean> {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", hash: "SHA-256" };
  const jwk = { kty: "RSA", n: base64url(modulus), e: base64url(exponent) };
  const key = await crypto.subtle.importKey("jwk", jwk, algorithm, false, ["verify"]);
  const bits = (key.algorithm as RsaKeyAlgorithm).modulusLength;
  return bits >= 2048 && bits <= 4096 && crypto.subtle.verify(algorithm, key, signature as Bytes, signed);
}

async function sshFits(key: SshKey, armored: string, signed: Uint8Array): Promise<boolean> {
  const body = /^-----BEGIN SSH SIGNATURE-----\n([A-Za-z0-9+/=\n]{1,8192})\n-----END SSH SIGNATURE-----\n$/.exec(armored);
  const reader = new Reader(must(fromBase64((body?.[1] ?? "").replaceAll("\n", ""))));
  const version = reader.starts(...utf8("SSHSIG"), 0, 0, 0, 1);
  const [public_, namespace, reserved, hash, made] = [0, 1, 2, 3, 4].map(() => reader.string()) as [Bytes, Bytes, Bytes, Bytes, Bytes];
  const [type = "", letters = "", ...more] = key.key.split(" ");
  const whole = version && reader.ended && reserved.length === 0 && text(hash) === "sha512" && more.length === 0;
  if (!whole || text(namespace) !== NAMESPACE || !same(public_, must(fromBase64(letters)))) {
    return false;
  }
  const message = concat(utf8("SSHSIG"), ...[utf8(NAMESPACE), utf8(""), utf8("sha512"), sha512(signed)].map(string));
  return sshKeyFits(type, new Reader(public_), new Reader(made), message);
}

async function sshKeyFits(type: string, key: Reader, made: Reader, message: Bytes): Promise<boolean> {
  if (text(key.string()) !== type || text(made.string()) !== type) {
    return false;
  }
  if (type === "ssh-ed25519") {
    const [point, signature] = [key.string(), made.string()];
    return key.ended && made.ended && ed25519.verify(signature, message, point, { zip215: false });
  }
  if (type === "ecdsa-sha2-nistp256") {
    const [curve, point, numbers] = [key.string(), key.string(), new Reader(made.string())];
    const [r, s] = [numbers.positive(), numbers.positive()];
    const whole = key.ended && made.ended && numbers.ended && text(curve) === "nistp256" && point[0] === 4;
    return whole && p256.verify(concat(r, s), message, point, { format: "compact", lowS: false, prehash: true });
  }
  return type === "sk-ssh-ed25519@openssh.com" && securityKeyFits(key, made, message);
}

async function securityKeyFits(key: Reader, made: Reader, message: Bytes): Promise<boolean> {
  const [point, application] = [key.string(), key.string()];
  const [signature, flags, counter] = [made.string(), made.take(1), made.take(4)];
  const touched = ((flags[0] ?? 0) & USER_PRESENT) !== 0;
  const hashed = concat(await sha256(application), flags, counter, await sha256(message));
  return key.ended && made.ended && touched && ed25519.verify(signature, hashed, point, { zip215: false });
}

/** A string of SSH's binary form (RFC 4251 section 5). */
function string(raw: Uint8Array): Bytes {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, raw.length);
  return concat(size, raw);
}

/** Fields of a binary form, one after the other. Throws RangeError where it is cut short. */
class Reader {
  #at = 0;
  readonly #bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get ended(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Whether exactly these bytes come next; if so, go past them. */
  starts(...expected: number[]): boolean {
    const fine = expected.every((byte, index) => this.#bytes[this.#at + index] === byte);
    this.#at += fine ? expected.length : 0;
    return fine;
  }

  take(count: number): Bytes {
    const part = new Uint8Array(this.#bytes.subarray(this.#at, this.#at + count));
    if (part.length !== count) {
      throw new RangeError("cut short");
    }
    this.#at += count;
    return part;
  }

  number(size: number): number {
    return this.take(size).reduce((sum, byte) => sum * 256 + byte, 0);
  }

  string(): Bytes {
    return this.take(this.number(4));
  }

  /** A positive number of at most 32 bytes in its shortest form, as 32 bytes. */
  positive(): Bytes {
    const raw = this.string();
    const [first = 0, second = 0] = raw;
    const shortest = raw.length > 0 && first < 0x80 && (first !== 0 || second >= 0x80);
    const digits = first === 0 ? raw.subarray(1) : raw;
    if (!shortest || digits.length > 32) {
      throw new RangeError("not a number in its shortest form");
    }
    return concat(new Uint8Array(32 - digits.length), digits);
  }
}

function must(bytes: Bytes | null): Bytes {
  if (bytes === null) {
    throw new RangeError("not base64 in its one valid form");
  }
  return bytes;
}
