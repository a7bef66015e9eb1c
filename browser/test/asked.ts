/**
 * Answers for Python's tests: reads a JSON list of questions, and prints what this module makes of each.
 *
 * `fits`: whether a signature counts. `layer`, `hold`, `inner`: the code of the first fault there is, or null.
 */

import { readFileSync } from "node:fs";
import { decrypt } from "../src/age.ts";
import { fromBase64, type Bytes } from "../src/bytes.ts";
import { Fault } from "../src/errors.ts";
import { hold } from "../src/escrow.ts";
import { split } from "../src/layers.ts";
import { open } from "../src/opening.ts";
import { signatureFits, type Key, type Signature } from "../src/signatures.ts";
import { exchange } from "../src/terms.ts";

type Question =
  | { readonly ask: "fits"; readonly key: Key; readonly signature: Signature; readonly signed: string }
  | { readonly ask: "layer"; readonly identity: string; readonly file: string }
  | {
      readonly ask: "hold";
      readonly terms: unknown;
      readonly me: string;
      readonly identity: string;
      readonly side: string;
      readonly outer: string;
      readonly escrow: string;
    }
  | {
      readonly ask: "inner";
      readonly terms: unknown;
      readonly side: string;
      readonly identity: string;
      readonly digest: string;
      readonly inner: string;
    };

function bytes(base64: string): Bytes {
  return fromBase64(base64) as Bytes;
}

async function answer(question: Question): Promise<unknown> {
  if (question.ask === "fits") {
    return signatureFits([question.key], question.signature, bytes(question.signed));
  }
  try {
    await look(question);
    return null;
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
}

async function look(question: Exclude<Question, { ask: "fits" }>): Promise<void> {
  if (question.ask === "layer") {
    split(await decrypt([question.identity], bytes(question.file)));
    return;
  }
  const found = await exchange(question.terms);
  if (question.ask === "hold") {
    const sealed = { outer: bytes(question.outer), escrow: bytes(question.escrow) };
    await hold(found, question.me, question.identity, question.side, sealed);
  } else {
    const uncovered = { inner: bytes(question.inner), digest: question.digest };
    await open(found, question.side, [question.identity], uncovered);
  }
}

const questions = JSON.parse(readFileSync(0, "utf8")) as Question[];
const answers: unknown[] = [];
for (const question of questions) {
  answers.push(await answer(question));
}
console.log(JSON.stringify(answers));
