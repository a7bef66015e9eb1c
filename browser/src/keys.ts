/**
 * Keys people can live with: an online age key in a file under a passphrase, and an offline recovery key on paper.
 *
 * A key file is what `goodoffices keys new` writes: an age identity file (lines, comments after `#`), or such a file
 * encrypted under a passphrase (age's own scrypt), armored or not. So `age -d` and `age-keygen -y` read it too.
 */

import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from "age-encryption";
import { decrypt, encrypt, identitiesIn } from "./age.ts";
import { identity as checkIdentity, recipientOf } from "./agekeys.ts";
import { fromHex, hex, random, sha256hex, text, utf8, type Bytes } from "./bytes.ts";
import { Fault, Refusal } from "./errors.ts";
import { decoded, parse } from "./header.ts";

export const MIN_PASSPHRASE = 12; // characters, as for the passwords of accounts
const WORK_FACTOR = 18; // 2^18 rounds of scrypt: about a second, and what age itself takes
const MAX_WORK_FACTOR = 20;
const MAX_FILE = 64 * 1024; // bytes
const NONCE = 32; // bytes
const ARMOR = "-----BEGIN AGE ENCRYPTED FILE-----";

/** A pair of keys, `secret` to be kept by its owner. */
export interface Pair {
  readonly secret: string;
  readonly recipient: string;
}

/** What proves, later, that the recovery sheet can be read: `nonce` is inside `test`, and `check` is its SHA-256. */
export interface RecoveryTest {
  readonly check: string;
  readonly test: string;
}

export async function makePair(): Promise<Pair> {
  const secret = await generateX25519Identity();
  return { secret, recipient: await identityToRecipient(secret) };
}

export async function makeTest(recovery: string): Promise<RecoveryTest> {
  const nonce = random(NONCE);
  const file = await encrypt([recovery], [utf8(hex(nonce))]);
  return { check: await sha256hex(nonce), test: armor.encode(file) };
}

/** The nonce (64 hex) inside a test, opened with the key as typed from the sheet. Throws `Refusal`. */
export async function passTest(typed: string, recovery: string, test: RecoveryTest): Promise<string> {
  const secret = fromSheet(typed);
  if ((await recipientOf(secret)) !== recovery) {
    throw new Refusal("This is a recovery key, but not the one that was named. Look for the newer sheet.");
  }
  const nonce = text(await decrypt([secret], dearmored(utf8(test.test)))) ?? "";
  if (!/^[0-9a-f]{64}$/.test(nonce) || (await sha256hex(fromHex(nonce))) !== test.check) {
    throw new Refusal("The test that was kept for this key is damaged. Name new keys, and test those.");
  }
  return nonce;
}

/** The secret key as a person types it from a sheet: spaces, dashes and small letters allowed. Throws `Refusal`. */
export function fromSheet(typed: string): string {
  const letters = typed.replace(/[\s\u00ad\u2010-\u2015\u2212_.]|-/g, "").toUpperCase();
  const begun = letters.replace(/^(AGE)?SECRETKEY(?=1)/, "");
  if (!/^1[A-Z0-9]+$/.test(begun)) {
    throw new Refusal("This is not a recovery key: it begins with AGE-SECRET-KEY-1. Nothing was sent.");
  }
  return checkIdentity(`AGE-SECRET-KEY-${begun}`);
}

/** The secret key in groups of four, as the sheet shows it. */
export function forSheet(secret: string): string[] {
  return secret.slice("AGE-SECRET-KEY-".length).match(/.{1,4}/g) ?? [];
}

/** An age identity file. */
export function identityFile(pair: Pair): string {
  return `# public key: ${pair.recipient}\n${pair.secret}\n`;
}

/** A key file under a passphrase. Throws `Refusal` where the passphrase is too short. Takes a second or two. */
export async function lock(pair: Pair, passphrase: string, workFactor = WORK_FACTOR): Promise<Bytes> {
  checkPassphrase(passphrase);
  const encrypter = new Encrypter();
  encrypter.setPassphrase(passphrase);
  encrypter.setScryptWorkFactor(workFactor);
  return new Uint8Array(await encrypter.encrypt(identityFile(pair)));
}

export function checkPassphrase(passphrase: string): void {
  if ([...passphrase].length < MIN_PASSPHRASE) {
    throw new Refusal(`Take a passphrase of at least ${MIN_PASSPHRASE} characters; five words that do not belong together are good.`);
  }
}

/** The secret keys in a key file. `passphrase` is needed where the file has one. Throws `Refusal`. */
export async function unlock(file: Uint8Array, passphrase: string): Promise<string[]> {
  if (file.length > MAX_FILE) {
    throw new Refusal("This file is too large to be a key file.");
  }
  const plain = text(file);
  const plaintext = plain !== null && plain.includes("AGE-SECRET-KEY-") ? plain : await underPassphrase(file, passphrase);
  const secrets = identitiesIn(plaintext);
  secrets.forEach(checkIdentity);
  if (secrets.length === 0) {
    throw new Refusal("There is no secret key in this file.");
  }
  return secrets;
}

/** The plaintext of a file under a passphrase, checked strictly before: scrypt alone, with a bearable work factor. */
export async function underPassphrase(file: Uint8Array, passphrase: string): Promise<string> {
  const raw = dearmored(file);
  checkScrypt(raw);
  if (passphrase === "") {
    throw new Refusal("This key file has a passphrase. Type it as well.");
  }
  const decrypter = new Decrypter();
  decrypter.addPassphrase(passphrase);
  try {
    return await decrypter.decrypt(raw, "text");
  } catch {
    throw new Refusal("The key file does not open with this passphrase. Nothing was sent.");
  }
}

/** Throws `Refusal` for what is no file under a passphrase. */
function checkScrypt(file: Uint8Array): void {
  const refusal = new Refusal("This is not a key file: neither an age identity nor one under a passphrase.");
  try {
    const { stanzas } = parse(file);
    const [stanza] = stanzas;
    const [salt, factor, ...more] = stanza?.args ?? [];
    const fine = decoded(salt ?? "").length === 16 && /^[1-9][0-9]?$/.test(factor ?? "") && stanza?.body.length === 32;
    if (stanzas.length !== 1 || stanza?.type !== "scrypt" || !fine || more.length > 0) {
      throw refusal;
    }
    if (Number(factor) > MAX_WORK_FACTOR) {
      throw new Refusal("This key file asks for more work than a page can do. Use the command line.");
    }
  } catch (error) {
    throw error instanceof Fault ? refusal : error;
  }
}

/** The bytes of an age file, out of its armor if it has one. Throws `Refusal` for a malformed armor. */
export function dearmored(file: Uint8Array): Uint8Array {
  const written = text(file);
  if (written === null || !written.trimStart().startsWith(ARMOR)) {
    return file;
  }
  try {
    return armor.decode(written);
  } catch {
    throw new Refusal("This file is damaged: its armor is malformed.");
  }
}
