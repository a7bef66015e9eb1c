/** Find the forms of a page and run them. */

import { Hook } from "./hook.ts";
import {
  holdPaper,
  keepKeyFile,
  makeKeys,
  openPaper,
  releasePapers,
  sealPaper,
  tablePaper,
  testRecovery,
  type Behaviour,
} from "./hooks.ts";
import { ready } from "../worker.ts";
import { dropSeal } from "./store.ts";

const HOOKS: Readonly<Record<string, Behaviour>> = {
  "make-keys": makeKeys,
  "test-recovery": testRecovery,
  "keep-key": keepKeyFile,
  seal: sealPaper,
  hold: holdPaper,
  release: releasePapers,
  open: openPaper,
  table: tablePaper,
};
/** States in which leaving the page loses something that cannot be had again. */
const CAREFUL = ["made", "sealing", "sending"];

export function start(): void {
  document.querySelectorAll<HTMLFormElement>("form[data-sealing]").forEach((form) => void begin(new Hook(form)));
  document.querySelectorAll<HTMLElement>('[data-sealing="sealed"]').forEach((place) => void drop(place));
}

async function begin(hook: Hook): Promise<void> {
  const behaviour = HOOKS[hook.name];
  if (behaviour === undefined) {
    return;
  }
  let through = false;
  hook.enter("start");
  hook.form.addEventListener("submit", (event) => {
    if (!through) {
      event.preventDefault();
      event.stopImmediatePropagation();
      void run(hook, behaviour, event.submitter, () => (through = true));
    }
  });
  addEventListener("beforeunload", (event) => {
    if (CAREFUL.includes(hook.state) && !through) {
      event.preventDefault();
    }
  });
  try {
    hook.check(behaviour.parts);
    ready();
    await behaviour.prepare?.(hook);
    hook.form.dataset["ready"] = "";
  } catch (error) {
    hook.fail(error);
    hook.all<HTMLButtonElement>("button").forEach((button) => (button.disabled = true));
  }
}

async function run(hook: Hook, behaviour: Behaviour, submitter: HTMLElement | null, open: () => void): Promise<void> {
  hook.busy(true);
  try {
    const ready = await behaviour.run(hook);
    hook.busy(false);
    if (ready) {
      open();
      // After the event that brought us here: a form that is still being submitted does not begin to be again.
      setTimeout(() => hook.form.requestSubmit(submitter));
    }
  } catch (error) {
    hook.fail(error);
  }
}

/** The seal is on the record: what this browser kept of it is not needed any more. */
async function drop(place: HTMLElement): Promise<void> {
  const block = place.querySelector('script[type="application/json"]');
  const { exchange, me } = JSON.parse(block?.textContent ?? "{}") as { exchange?: string; me?: string };
  if (exchange && me) {
    await dropSeal(exchange, me);
    place.dataset["ready"] = "";
  }
}
