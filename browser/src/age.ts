/**
 * age files of X25519 recipients, made and opened with `age-encryption`; every file is checked strictly before.
 *
 * `moved` is called with the bytes of plaintext that have gone through since the last call.
 */

import { Decrypter, Encrypter, type Identity } from "age-encryption";
import { recipient } from "./agekeys.ts";
import type { Bytes } from "./bytes.ts";
import { Fault } from "./errors.ts";
import { check } from "./header.ts";

export type Moved = (bytes: number) => void;

const FILE_KEY = 16; // bytes
const PIECE = 1024 * 1024; // bytes fed to age at a time: progress is told in steps of it, and each costs a turn of the loop

/** An age file to these recipients of the parts, one after the other. */
export async function encrypt(recipients: readonly string[], parts: readonly Uint8Array[], moved?: Moved): Promise<Bytes> {
  const encrypter = new Encrypter();
  for (const each of recipients) {
    recipient(each);
    encrypter.addRecipient(each);
  }
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const file = await encrypter.encrypt(stream(parts, moved));
  return collect(file, file.size(size));
}

/** The plaintext of a file, opened with any of these secret keys. Throws `Fault`: `malformed` or `cannot-open`. */
export async function decrypt(identities: readonly string[], file: Uint8Array, moved?: Moved): Promise<Bytes> {
  check(file);
  const decrypter = new Decrypter();
  identities.forEach((each) => decrypter.addIdentity(each));
  return opened(decrypter, file, moved);
}

/** The same with the file's own key, as a dispute gives it out. */
export async function decryptWith(fileKey: Uint8Array, file: Uint8Array): Promise<Bytes> {
  check(file);
  const given: Identity = { unwrapFileKey: () => fileKey };
  const decrypter = new Decrypter();
  decrypter.addIdentity(given);
  return opened(decrypter, file);
}

/** The key (16 bytes) that a file is encrypted with: it opens this one file and nothing else. Throws `Fault`. */
export async function fileKey(identities: readonly string[], file: Uint8Array): Promise<Uint8Array> {
  const header = check(file);
  const decrypter = new Decrypter();
  identities.forEach((each) => decrypter.addIdentity(each));
  const key = await unwrapped(() => decrypter.decryptHeader(file.subarray(0, header.size)));
  if (key.length !== FILE_KEY) {
    throw cannotOpen("its file key has not the size it must have");
  }
  return key;
}

/** Text of several identities, as a key file holds them: a line each, and comments after `#`. */
export function identitiesIn(text: string): string[] {
  const lines = text.split("\n").map((line) => line.trim());
  return lines.filter((line) => line !== "" && !line.startsWith("#"));
}

async function opened(decrypter: Decrypter, file: Uint8Array, moved?: Moved): Promise<Bytes> {
  const plaintext = await unwrapped(() => decrypter.decrypt(stream([file], moved)));
  try {
    return await collect(plaintext, plaintext.size(file.length));
  } catch {
    throw cannotOpen("what follows its header is cut short or altered");
  }
}

async function unwrapped<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const said = error instanceof Error ? error.message : "";
    if (said.startsWith("no identity matched")) {
      throw cannotOpen("no key that should open it does");
    }
    if (said.startsWith("invalid header HMAC")) {
      throw cannotOpen("its header was altered");
    }
    throw new Fault("malformed", "An age file is not as it must be: a stanza of its header cannot be used.");
  }
}

function cannotOpen(why: string): Fault {
  return new Fault("cannot-open", `An age file cannot be opened: ${why}.`);
}

function stream(parts: readonly Uint8Array[], moved?: Moved): ReadableStream<Uint8Array> {
  const left = [...parts];
  let at = 0;
  return new ReadableStream<Uint8Array>({
    pull(controller) {
      const [part] = left;
      if (part === undefined) {
        controller.close();
        return;
      }
      const piece = part.subarray(at, at + PIECE);
      at += PIECE;
      if (at >= part.length) {
        left.shift();
        at = 0;
      }
      moved?.(piece.length);
      controller.enqueue(piece);
    },
  });
}

/** Everything a stream gives: `size` bytes. Collected in place, as copying 16 MiB a few times takes longer than the rest. */
async function collect(from: ReadableStream<Uint8Array>, size: number): Promise<Bytes> {
  const whole = new Uint8Array(size);
  let at = 0;
  const reader = from.getReader();
  for (let read = await reader.read(); !read.done; read = await reader.read()) {
    whole.set(read.value, at);
    at += read.value.length;
  }
  if (at !== size) {
    throw new Error(`${at} bytes where ${size} were to come`);
  }
  return whole;
}
