/**
 * The strict check of an age file's header, before any library sees the file.
 *
 * Source: the age format (C2SP `age`), and docs/design/sealing.md section 2: the version line, stanzas of known form,
 * canonical base64, at least one X25519 stanza, no scrypt, nothing but the payload after the header, and a header below
 * 64 KiB. `sealing/header.py` keeps the same rules; the vectors in `vectors/` hold the two together.
 */

import { base64nopad } from "@scure/base";
import { sharesNothing } from "./agekeys.ts";
import { Fault } from "./errors.ts";

export interface Stanza {
  readonly type: string;
  readonly args: readonly string[];
  readonly body: Uint8Array;
}

export interface Header {
  readonly stanzas: readonly Stanza[];
  /** Bytes from the version line to the line feed after the MAC. */
  readonly size: number;
}

const MAX_HEADER = 64 * 1024; // bytes; a header for two people has about 200
const NONCE = 16; // bytes, of the payload
const COLUMNS = 64;
const VERSION = "age-encryption.org/v1";

/** What other recipients' stanzas are called, so that a file for them is refused by name. */
const OTHERS: Record<string, string> = {
  mlkem768x25519: "a hybrid (post-quantum) recipient",
  mlkem768p256tag: "a tagged hybrid recipient",
  p256tag: "a tagged recipient of a hardware device",
  "piv-p256": "a recipient of the YubiKey plugin",
  "ssh-ed25519": "an SSH recipient",
  "ssh-rsa": "an SSH recipient",
  scrypt: "a passphrase",
};

/** The header of a file for X25519 recipients. Throws `Fault` (`malformed`) for any other file. */
export function check(file: Uint8Array): Header {
  const header = parse(file);
  for (const stanza of header.stanzas) {
    if (Object.hasOwn(OTHERS, stanza.type)) {
      throw malformed(`it is encrypted to ${OTHERS[stanza.type]}; only plain age keys (age1…) are used here`);
    }
    if (stanza.type === "X25519") {
      checkX25519(stanza);
    }
  }
  if (!header.stanzas.some((stanza) => stanza.type === "X25519")) {
    throw malformed("it is encrypted to no plain age key");
  }
  return header;
}

/** The header of any age file, its form checked and nothing else. Throws `Fault` (`malformed`). */
export function parse(file: Uint8Array): Header {
  const lines = new Lines(file);
  if (lines.next() !== VERSION) {
    throw malformed(`it does not begin with ${VERSION}`);
  }
  const stanzas: Stanza[] = [];
  let line = lines.next();
  while (!line.startsWith("---")) {
    stanzas.push(stanza(line, lines));
    line = lines.next();
  }
  const mac = /^--- ([A-Za-z0-9+/]{43})$/.exec(line);
  if (mac === null || decoded(mac[1] ?? "").length !== 32 || stanzas.length === 0) {
    throw malformed("its header does not end as it should");
  }
  if (file.length - lines.at < NONCE) {
    throw malformed("it is cut short after its header");
  }
  return { stanzas, size: lines.at };
}

function stanza(line: string, lines: Lines): Stanza {
  const [arrow, type, ...args] = line.split(" ");
  if (arrow !== "->" || type === undefined || [type, ...args].some((word) => !/^[!-~]+$/.test(word))) {
    throw malformed("a line of its header is no beginning of a stanza");
  }
  const pieces: string[] = [];
  let piece: string;
  do {
    piece = lines.next();
    if (piece.length > COLUMNS) {
      throw malformed("a line of its header is too long");
    }
    decoded(piece);
    pieces.push(piece);
  } while (piece.length === COLUMNS);
  return { type, args, body: decoded(pieces.join("")) };
}

function checkX25519(stanza: Stanza): void {
  const [share] = stanza.args;
  if (stanza.args.length !== 1 || share === undefined || decoded(share).length !== 32 || stanza.body.length !== 32) {
    throw malformed("an X25519 stanza of its header has not the form it must have");
  }
  if (sharesNothing(decoded(share))) {
    throw malformed("an X25519 stanza of its header can be opened by anybody");
  }
}

/** The bytes of unpadded standard base64 in its one valid form. Throws `Fault` (`malformed`). */
export function decoded(letters: string): Uint8Array {
  try {
    return base64nopad.decode(letters);
  } catch {
    throw malformed("base64 in its header is malformed");
  }
}

class Lines {
  at = 0;
  readonly #file: Uint8Array;

  constructor(file: Uint8Array) {
    this.#file = file.subarray(0, MAX_HEADER);
  }

  /** The next line of printable ASCII, without its line feed. */
  next(): string {
    const end = this.#file.indexOf(0x0a, this.at);
    if (end < 0) {
      throw malformed("its header does not end, or is 64 KiB or longer");
    }
    const line = this.#file.subarray(this.at, end);
    if (line.some((byte) => byte < 0x20 || byte > 0x7e)) {
      throw malformed("its header holds other characters than printable ASCII");
    }
    this.at = end + 1;
    return String.fromCharCode(...line);
  }
}

function malformed(why: string): Fault {
  return new Fault("malformed", `An age file is not as it must be: ${why}.`);
}
