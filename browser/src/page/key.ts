/** The person's secret key, as a form with `[data-key]` asks for it. */

import { Refusal } from "../errors.ts";
import type { KeyGiven } from "../jobs.ts";
import { toggle, type Hook } from "./hook.ts";
import { keptKey } from "./store.ts";

const MAX_KEY_FILE = 64 * 1024; // bytes

/** Say whether this browser keeps the key. */
export async function prepareKey(hook: Hook, recipient: string): Promise<void> {
  hook.show("recipient", recipient);
  const kept = await keptKey(recipient).catch(() => undefined);
  toggle(hook.form, "when-key", kept ? "kept" : "absent");
}

/** What the person gave: the sheet's key, else a file, else the kept one. */
export async function givenKey(hook: Hook, recipient: string): Promise<KeyGiven> {
  const chosen = hook.file("key-file");
  if (chosen && chosen.size > MAX_KEY_FILE) {
    throw new Refusal("This file is too large to be a key file.");
  }
  const file = chosen ? new Uint8Array(await chosen.arrayBuffer()) : ((await keptKey(recipient))?.file ?? null);
  return { file, passphrase: hook.asked("passphrase"), sheet: hook.asked("recovery-key") };
}
