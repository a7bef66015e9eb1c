/** Bytes and text: hex, canonical base64, strict UTF-8, SHA-256. */

export type Bytes = Uint8Array<ArrayBuffer>;

const encoder = new TextEncoder();
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** UTF-8 of `text`. */
export function utf8(text: string): Bytes {
  return encoder.encode(text);
}

/** The text of these bytes, or null where they are not UTF-8. */
export function text(bytes: Uint8Array): string | null {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

export function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of lower-case hex, which the caller has checked to be that. */
export function fromHex(digits: string): Bytes {
  return Uint8Array.from(digits.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
}

/** Standard base64 (RFC 4648 section 4), padded. */
export function base64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) {
    pieces.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  }
  return btoa(pieces.join(""));
}

/** The bytes of standard base64 in its one valid form, padded; null for anything else. */
export function fromBase64(letters: string): Bytes | null {
  try {
    const binary = atob(letters);
    const bytes = Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
    return btoa(binary) === letters ? bytes : null;
  } catch {
    return null;
  }
}

/** Base64url without padding (RFC 4648 section 5). */
export function base64url(bytes: Uint8Array): string {
  return base64(bytes).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

/** The bytes of unpadded base64url in its one valid form; null for anything else. */
export function fromBase64url(letters: string): Bytes | null {
  if (!/^[A-Za-z0-9_-]*$/.test(letters)) {
    return null;
  }
  const padded = letters + "=".repeat((4 - (letters.length % 4)) % 4);
  return fromBase64(padded.replaceAll("-", "+").replaceAll("_", "/"));
}

export function concat(...parts: Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

export function same(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => byte === b[at]);
}

/** Whether all of it is zero. A loop: with a function for each byte, ten million take a tenth of a second. */
export function blank(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    if (bytes[at] !== 0) {
      return false;
    }
  }
  return true;
}

export function random(size: number): Bytes {
  return crypto.getRandomValues(new Uint8Array(size));
}

/** SHA-256. */
export async function sha256(bytes: Uint8Array): Promise<Bytes> {
  return new Uint8Array(await crypto.subtle.digest("SHA-256", bytes as Bytes));
}

/** SHA-256 as 64 hex digits. */
export async function sha256hex(bytes: Uint8Array): Promise<string> {
  return hex(await sha256(bytes));
}
