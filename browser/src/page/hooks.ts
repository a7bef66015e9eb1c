/** What each form does when it is sent: docs/design/sealing-page.md, one function a hook. */

import { fromHex, sha256hex, type Bytes } from "../bytes.ts";
import { Fault, Refusal } from "../errors.ts";
import type { Release, Seals } from "../escrow.ts";
import { fingerprint } from "../fingerprints.ts";
import type { NewKeys } from "../jobs.ts";
import type { Opened } from "../opening.ts";
import { citation, payload, write, type Sealed } from "../sealing.ts";
import { counterpart, exchange, holder, side as sideOf, type Exchange } from "../terms.ts";
import { work } from "../worker.ts";
import { download, fillIn, type Hook } from "./hook.ts";
import { givenKey, prepareKey } from "./key.ts";
import { sign } from "./passkey.ts";
import { fetched, Interrupted, send, type Blob_ } from "./sending.ts";
import { printSheet, showSheet } from "./sheet.ts";
import { dropSeal, keepKey, keepSalt, keepSeal, keptKey, keptSalt, keptSeal } from "./store.ts";

/** `parts`: what the form must have. `run` answers whether the form is now to be sent. */
export interface Behaviour {
  readonly parts: readonly string[];
  prepare?(hook: Hook): Promise<void>;
  run(hook: Hook): Promise<boolean>;
}

const MEDIA = /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,99}$/;
const OCTETS = "application/octet-stream";
const MAX_NAME = 200; // characters

function fills(...names: string[]): string[] {
  return names.map((name) => `[data-fill="${name}"]`);
}

function asks(...names: string[]): string[] {
  return names.map((name) => `[data-ask="${name}"]`);
}

// Keys

const made = new WeakMap<Hook, NewKeys>();

export const makeKeys: Behaviour = {
  parts: [...asks("passphrase", "passphrase-again"), ...fills("online")],

  async prepare(hook) {
    hook.onDo("download-key", () => download((made.get(hook) as NewKeys).file, "goodoffices.key.age"));
    hook.onDo("print-sheet", () => printSheet(hook.form.querySelector("[data-sheet]") as HTMLElement));
  },

  async run(hook) {
    if (hook.state === "made") {
      return true;
    }
    const { role, who, talks } = hook.data as { role: string; who: string; talks: string };
    if (hook.asked("passphrase") !== hook.asked("passphrase-again")) {
      throw new Refusal("The two passphrases are not the same. Type them once more.");
    }
    if (role === "side") {
      hook.check([...fills("recovery", "check", "test"), "[data-sheet]"]);
    }
    hook.say("Making keys. This takes a few seconds.");
    const keys = await work("makeKeys", { passphrase: hook.asked("passphrase"), recovery: role === "side" });
    await keepKey({ recipient: keys.online, file: keys.file });
    made.set(hook, keys);
    hook.clear("passphrase", "passphrase-again");
    hook.fill("online", keys.online);
    hook.show("recipient", keys.online);
    if (keys.recovery) {
      hook.fill("recovery", keys.recovery.recipient);
      hook.fill("check", keys.recovery.check);
      hook.fill("test", keys.recovery.test);
      showSheet(hook.form.querySelector("[data-sheet]") as HTMLElement, { who, talks, ...keys.recovery });
    }
    hook.say("The keys are made. Save the file and print the sheet before you go on.");
    hook.enter("made");
    return false;
  },
};

export const testRecovery: Behaviour = {
  parts: [...asks("recovery-key"), ...fills("nonce")],

  async run(hook) {
    const { recovery, test, check } = hook.data as { recovery: string; test: string; check: string };
    hook.fill("nonce", await work("passTest", { typed: hook.asked("recovery-key"), recovery, test, check }));
    hook.clear("recovery-key");
    return true;
  },
};

export const keepKeyFile: Behaviour = {
  parts: asks("key-file", "passphrase"),

  async prepare(hook) {
    const { recipient } = hook.data as { recipient: string };
    hook.show("recipient", recipient);
    hook.enter((await keptKey(recipient)) ? "kept" : "absent");
  },

  async run(hook) {
    const { recipient } = hook.data as { recipient: string };
    hook.say("Checking the key file.");
    const key = await givenKey(hook, recipient);
    await keepKey({ recipient, file: await work("keepKey", { recipient, key }) });
    hook.clear("key-file", "passphrase");
    hook.say("This browser now keeps the key, under your passphrase.");
    hook.enter("kept");
    return false;
  },
};

// The exchange

interface Common {
  readonly exchange: Exchange;
  readonly me: string;
}

/** The exchange that the form is about; its id is computed here, and another one refused. */
async function common(hook: Hook): Promise<Common> {
  const { exchange: id, terms, me } = hook.data as { exchange: string; terms: unknown; me: string };
  const found = await exchange(terms);
  if (found.id !== id) {
    throw new Refusal("The terms on this page are not those of the exchange that it names. Nothing was done; tell the host.");
  }
  hook.show("fingerprint", fingerprint(found.id));
  return { exchange: found, me };
}

export const sealPaper: Behaviour = {
  parts: [...asks("paper"), ...fills("outer", "escrow")],

  async prepare(hook) {
    const { exchange, me } = await common(hook);
    hook.onDo("discard", async () => {
      await dropSeal(exchange.id, me);
      hook.say("");
      hook.enter("start");
    });
    hook.onDo("download", async () => {
      const kept = await keptSeal(exchange.id, me);
      if (kept) {
        download(kept.outer, `${me}.outer.age`);
        download(kept.escrow, `${me}.escrow.txt`);
      }
    });
    await showKept(hook, exchange, me);
  },

  async run(hook) {
    const { exchange, me } = await common(hook);
    if ((await keptSeal(exchange.id, me)) === undefined) {
      await sealAndKeep(hook, exchange, me);
    }
    await handIn(hook, exchange, me);
    return false;
  },
};

async function showKept(hook: Hook, exchange: Exchange, me: string): Promise<void> {
  const kept = await keptSeal(exchange.id, me);
  if (kept) {
    hook.show("outer", kept.sha256);
    hook.show("made", new Date(kept.made).toLocaleString());
    hook.show("salt", (await keptSalt(exchange.id, me))?.salt ?? "");
    hook.enter("kept");
  }
}

async function sealAndKeep(hook: Hook, exchange: Exchange, me: string): Promise<void> {
  const chosen = hook.file("paper");
  if (!chosen) {
    throw new Refusal("Choose the paper that you mean to seal.");
  }
  if (chosen.size > exchange.terms.bucket) {
    throw new Refusal(
      `This file has ${chosen.size.toLocaleString("en")} bytes. The terms of this exchange allow ${exchange.terms.bucket.toLocaleString("en")}.`,
    );
  }
  const { credentials } = hook.data as { credentials: string[] };
  const paper = new Uint8Array(await chosen.arrayBuffer());
  const media = MEDIA.test(chosen.type) ? chosen.type : OCTETS;
  const written = await write(exchange, me, paper, sealedName(chosen.name), media);
  hook.say("Sign the paper with your passkey.");
  const signature = await sign(credentials, payload(exchange, me, written.digest));
  hook.enter("sealing");
  hook.say("Sealing. The paper does not leave this computer.");
  const sealed = await restored(hook, () => work("seal", { exchange, written, signature }, (told) => hook.progress(told)));
  const sha256 = await sha256hex(sealed.outer);
  await restored(hook, async () => {
    await keepSalt({ exchange: exchange.id, side: me, salt: written.salt });
    await keepSeal({ exchange: exchange.id, side: me, ...sealed, sha256, made: new Date().toISOString() });
  });
  hook.clear("paper");
  await showKept(hook, exchange, me);
}

/** Go back to the start where `action` fails: nothing is sealed then. */
async function restored<T>(hook: Hook, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    hook.enter("start");
    throw error;
  }
}

async function handIn(hook: Hook, exchange: Exchange, me: string): Promise<void> {
  const kept = await keptSeal(exchange.id, me);
  if (!kept) {
    throw new Refusal("What was sealed is no longer kept in this browser. Seal the paper again.");
  }
  hook.fill("outer", new File([kept.outer], "outer.age", { type: OCTETS }));
  hook.fill("escrow", new File([kept.escrow], "escrow.txt", { type: "text/plain" }));
  hook.enter("sending");
  hook.say("Handing in what was sealed.");
  try {
    const next = await send(hook.form, (told) => hook.progress(told));
    hook.enter("sent");
    hook.form.dispatchEvent(new CustomEvent("sealing:done", { bubbles: true, detail: {} }));
    location.assign(next);
  } catch (error) {
    hook.enter("kept");
    throw error instanceof Interrupted || error instanceof Refusal ? error : new Interrupted(String(error));
  }
}

interface SealedBlobs {
  readonly outer: Blob_;
  readonly escrow: Blob_;
}

async function fetchedSeals(blobs: Readonly<Record<string, SealedBlobs>>): Promise<Seals> {
  const found: Record<string, Sealed> = {};
  for (const [side, { outer, escrow }] of Object.entries(blobs)) {
    found[side] = { outer: await fetched(outer), escrow: await fetched(escrow) };
  }
  return found;
}

interface ReleaseBlobs {
  readonly release: string;
  readonly holder: string;
  readonly peels: Readonly<Record<string, Blob_>>;
}

async function fetchedReleases(releases: readonly ReleaseBlobs[]): Promise<Release[]> {
  const found: Release[] = [];
  for (const each of releases) {
    const peels: Record<string, Bytes> = {};
    for (const [side, blob] of Object.entries(each.peels)) {
      peels[side] = await fetched(blob);
    }
    found.push({ release: each.release, holder: each.holder, peels });
  }
  return found;
}

async function prepareHolder(hook: Hook): Promise<void> {
  const { exchange, me } = await common(hook);
  await prepareKey(hook, holder(exchange.terms, me).online);
}

export const holdPaper: Behaviour = {
  parts: ["[data-key]"],
  prepare: prepareHolder,

  async run(hook) {
    const { exchange, me } = await common(hook);
    const { sides } = hook.data as { sides: Record<string, SealedBlobs> };
    hook.say("Fetching what is sealed.");
    const seals = await fetchedSeals(sides);
    const key = await givenKey(hook, holder(exchange.terms, me).online);
    hook.say("Opening what you hold, to see that it is in order.");
    await orDispute(hook, "hold", () => work("hold", { exchange, me, key, seals }));
    hook.clear("passphrase", "key-file");
    return true;
  },
};

export const releasePapers: Behaviour = {
  parts: ["[data-key]", ...fills("peels", "builds_on")],
  prepare: prepareHolder,

  async run(hook) {
    const { exchange, me } = await common(hook);
    const { sides, releases } = hook.data as { sides: Record<string, SealedBlobs>; releases: ReleaseBlobs[] };
    hook.say("Fetching what is sealed, and what others have released.");
    const given = { seals: await fetchedSeals(sides), releases: await fetchedReleases(releases) };
    const key = await givenKey(hook, holder(exchange.terms, me).online);
    hook.say("Opening your layers.");
    const peeled = await orDispute(hook, "release", () => work("release", { exchange, me, key, ...given }));
    Object.entries(peeled.peels).forEach(([side, lines]) => hook.fill("peels", lines, side));
    hook.fill("builds_on", JSON.stringify(peeled.buildsOn));
    hook.say(leftOut(peeled.falseReleases, releases));
    hook.clear("passphrase", "key-file");
    return true;
  },
};

function leftOut(falseReleases: readonly string[], releases: readonly ReleaseBlobs[]): string {
  const whose = releases.filter((each) => falseReleases.includes(each.release)).map((each) => each.holder);
  return whose.length > 0 ? `What ${whose.join(" and ")} released is false and is left out.` : "Sending what you release.";
}

export const openPaper: Behaviour = {
  parts: ["[data-key]", ...fills("digest", "blank")],

  async prepare(hook) {
    const { exchange, me } = await common(hook);
    await prepareKey(hook, sideOf(exchange.terms, me).online);
  },

  async run(hook) {
    if (hook.state === "opened") {
      hook.fill("blank", blankTopics(hook));
      return true;
    }
    const { exchange, me } = await common(hook);
    const opened = await openedPaper(hook, exchange, me);
    const name = fileName(opened.name);
    hook.show("name", name);
    hook.show("media", opened.media);
    hook.show("size", `${opened.paper.length.toLocaleString("en")} bytes`);
    hook.show("digest", opened.digest.slice(2));
    hook.show("salt", opened.salt);
    hook.fill("digest", opened.digest.slice(2));
    hook.onDo("download", () => download(opened.paper, name));
    hook.say("The paper is open: it is the one that was sealed, whole, and signed by the other side.");
    hook.enter("opened");
    return false;
  },
};

/** Required topics that the person, having read the paper, says it leaves blank; `null` for a paper without topics. */
function blankTopics(hook: Hook): string {
  const ticked = [...hook.all<HTMLInputElement>("[data-topic]")].filter((box) => box.checked);
  const topics = ticked.map((box) => box.dataset["topic"] ?? "").sort();
  return JSON.stringify(hook.ticked("by-topic") ? topics : null);
}

async function openedPaper(hook: Hook, exchange: Exchange, me: string): Promise<Opened> {
  const { side, outer, releases } = hook.data as { side: string; outer: Blob_ | null; releases: ReleaseBlobs[] };
  if (counterpart(exchange.terms, me).code !== side || outer === null) {
    throw new Refusal("There is no paper here that is sealed to your side.");
  }
  hook.say("Fetching what is sealed, and what the holders have released.");
  const given = { outer: await fetched(outer), releases: await fetchedReleases(releases) };
  const key = await givenKey(hook, sideOf(exchange.terms, me).online);
  hook.say("Opening the paper, and checking that it is the one that was sealed.");
  const opened = await orDispute(hook, "open", () => work("open", { exchange, side, key, ...given }));
  hook.clear("passphrase", "recovery-key", "key-file");
  return opened;
}

export const tablePaper: Behaviour = {
  parts: fills("paper", "salt"),

  async prepare(hook) {
    const { exchange, me } = await common(hook);
    if (hook.data["side"] === me) {
      hook.check(asks("paper"));
    } else {
      hook.check(["[data-key]"]);
      await prepareKey(hook, sideOf(exchange.terms, me).online);
    }
  },

  async run(hook) {
    const { exchange, me } = await common(hook);
    const found = hook.data["side"] === me ? await ownPaper(hook, exchange, me) : await othersPaper(hook, exchange, me);
    hook.fill("paper", found.file);
    hook.fill("salt", found.salt);
    hook.say("The paper is the one that was sealed. Sending it.");
    return true;
  },
};

interface Found {
  readonly file: File;
  readonly salt: string;
}

async function othersPaper(hook: Hook, exchange: Exchange, me: string): Promise<Found> {
  const { paper, name, media, salt } = await openedPaper(hook, exchange, me);
  return { file: new File([paper], fileName(name), { type: media }), salt };
}

/** One's own paper as its author still has it: the very file, and the salt from this browser or from where it was sealed. */
async function ownPaper(hook: Hook, exchange: Exchange, me: string): Promise<Found> {
  const file = hook.file("paper");
  const salt = hook.asked("salt").trim().toLowerCase() || (await keptSalt(exchange.id, me))?.salt || "";
  if (!file) {
    throw new Refusal("Choose your paper: the very file that you sealed.");
  }
  if (!/^[0-9a-f]{32}$/.test(salt)) {
    throw new Refusal("This browser does not know the salt of your paper. Give the 32 letters and digits that were shown when it was sealed.");
  }
  const fits = file.size <= exchange.terms.bucket && (await citation(fromHex(salt), new Uint8Array(await file.arrayBuffer())));
  if (fits !== hook.data["digest"]) {
    throw new Refusal("This file is not, byte for byte, the paper that was sealed, or the salt is another's. Nothing was sent.");
  }
  return { file, salt };
}

/** The name that is sealed with the paper: one line, printable, and no path. */
function sealedName(given: string): string {
  const plain = given.normalize("NFC").replace(/\p{Zs}/gu, " ").replace(/[\p{C}\p{Zl}\p{Zp}/]/gu, "_");
  return [...plain].slice(0, MAX_NAME).join("") || "paper";
}

/** A name for the person's disk: the sealer chose it, so nothing in it may lead elsewhere or mislead the eye. */
export function fileName(given: string): string {
  const plain = given.replace(/[\p{Cc}\p{Cf}\p{Cs}/\\:*?"<>|]/gu, "_").replace(/^[\s.]+|[\s.]+$/g, "");
  return plain.slice(0, MAX_NAME) || "paper";
}

/** Where `action` finds that somebody did wrong, prepare the form that says so on the record. */
async function orDispute<T>(hook: Hook, kind: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Fault) {
      const { code, side, message, fileKey } = error;
      dispute(hook, kind, { side: side ?? "", fault: code, words: message, "file-key": fileKey ?? "" });
    }
    throw error;
  }
}

function dispute(hook: Hook, kind: string, found: Record<string, string>): void {
  const side = found["side"] ?? "";
  for (const form of document.querySelectorAll<HTMLFormElement>(`form[data-fault-of="${kind}"]`)) {
    const seals = JSON.parse(form.dataset["sealed"] ?? "{}") as Record<string, string>;
    Object.entries({ ...found, sealed: seals[side] ?? "" }).forEach(([name, value]) => fillIn(form, `[data-fill="${name}"]`, value));
    form.hidden = false;
  }
  hook.enter("fault");
  const detail = { code: found["fault"], side, words: found["words"] };
  hook.form.dispatchEvent(new CustomEvent("sealing:fault", { bubbles: true, detail }));
}
