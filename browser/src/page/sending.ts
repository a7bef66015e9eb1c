/** Fetching what is on the record, and sending what was sealed: with progress, and again where the line broke. */

import { sha256hex, type Bytes } from "../bytes.ts";
import { Refusal } from "../errors.ts";
import type { Told } from "../sealing.ts";

/** A file of the record: fetched from this origin, and refused if it is not those bytes. */
export interface Blob_ {
  readonly url: string;
  readonly sha256: string;
  readonly size: number;
}

const PAUSES = [2_000, 5_000]; // milliseconds before the second and the third try
const SILENCE = 60_000; // milliseconds without any byte moving
const ANSWERED = [400, 409, 413, 422, 429];

/** The line broke, or the server could not answer: what was sealed is kept, and can be sent again. */
export class Interrupted extends Refusal {}

export async function fetched(blob: Blob_): Promise<Bytes> {
  const url = new URL(blob.url, location.href);
  if (url.origin !== location.origin) {
    throw new Refusal("This page names a file of another site. Nothing was opened.");
  }
  const bytes = await got(url);
  if (bytes.length !== blob.size || (await sha256hex(bytes)) !== blob.sha256) {
    throw new Refusal("The server handed out another file than the record names. Nothing was opened; tell the host.");
  }
  return bytes;
}

async function got(url: URL): Promise<Bytes> {
  try {
    const answer = await fetch(url, { headers: { Accept: "application/octet-stream" }, redirect: "error" });
    if (answer.ok) {
      return new Uint8Array(await answer.arrayBuffer());
    }
  } catch {
    // told below
  }
  throw new Refusal("A file of the record could not be fetched. Check the connection and try again.");
}

/** Send a form with its files; where to go next. Throws `Refusal` with the server's words, or `Interrupted`. */
export async function send(form: HTMLFormElement, told: Told): Promise<string> {
  for (const pause of [...PAUSES, null]) {
    try {
      return await once(form, told);
    } catch (error) {
      if (!(error instanceof Interrupted) || pause === null) {
        throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  throw new Interrupted("never reached");
}

function once(form: HTMLFormElement, told: Told): Promise<string> {
  const request = new XMLHttpRequest();
  let moved = setTimeout(() => request.abort(), SILENCE);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    clearTimeout(moved);
    moved = setTimeout(() => request.abort(), SILENCE);
    told({ done: loaded, total, step: "sending" });
  });
  return new Promise<string>((resolve, reject) => {
    request.addEventListener("loadend", () => {
      clearTimeout(moved);
      try {
        resolve(next(request.status, request.responseText));
      } catch (error) {
        reject(error);
      }
    });
    request.open("POST", form.action);
    request.setRequestHeader("Accept", "application/json");
    request.send(new FormData(form));
  });
}

function next(status: number, body: string): string {
  let answer: { next?: unknown; fault?: unknown } = {};
  try {
    answer = (JSON.parse(body) ?? {}) as typeof answer;
  } catch {
    // not an answer of ours
  }
  if (status === 200 && typeof answer.next === "string" && new URL(answer.next, location.href).origin === location.origin) {
    return answer.next;
  }
  if (ANSWERED.includes(status) && typeof answer.fault === "string") {
    throw new Refusal(answer.fault);
  }
  throw new Interrupted(
    "What was sealed could not be handed in: the line broke, or the server did not answer. It is kept in this browser; press the button to send it again.",
  );
}
