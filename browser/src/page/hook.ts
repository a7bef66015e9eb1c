/**
 * A form that does something with a secret: what it reads, asks, fills in, shows and says (docs/design/sealing-page.md).
 */

import { Fault, Refusal } from "../errors.ts";
import type { Progress } from "../sealing.ts";

export class Hook {
  readonly form: HTMLFormElement;
  readonly name: string;
  state = "start";

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.name = form.dataset["sealing"] ?? "";
  }

  /** The JSON block inside the form. */
  get data(): Record<string, unknown> {
    const block = this.form.querySelector('script[type="application/json"]');
    const data: unknown = JSON.parse(block?.textContent ?? "null");
    if (typeof data !== "object" || data === null) {
      throw new Error("a sealing form holds a JSON block");
    }
    return data as Record<string, unknown>;
  }

  /** Refuse to run on a form that lacks a part, or that would send what is secret. */
  check(parts: readonly string[]): void {
    const missing = parts.filter((part) => this.form.querySelector(part) === null);
    const named = [...this.all<HTMLInputElement>("[data-ask]")].filter((input) => input.name !== "");
    if (missing.length > 0 || named.length > 0) {
      throw new Error(`the form ${this.name} lacks ${missing.join(", ")} or names what it asks`);
    }
  }

  /** What the person typed; empty where it is not asked. */
  asked(name: string): string {
    return this.ask(name)?.value ?? "";
  }

  /** Whether the person ticked this box; not where there is none. */
  ticked(name: string): boolean {
    return this.ask(name)?.checked ?? false;
  }

  /** The file the person chose, or null. */
  file(name: string): File | null {
    return this.ask(name)?.files?.[0] ?? null;
  }

  fill(name: string, value: string | File, side?: string): void {
    const place = side === undefined ? "" : `[data-side="${CSS.escape(side)}"]`;
    fillIn(this.form, `[data-fill="${name}"]${place}`, value);
  }

  show(name: string, text: string): void {
    this.all(`[data-show="${name}"]`).forEach((each) => (each.textContent = text));
  }

  /** Show what belongs to this state. What is hidden is disabled too: a field nobody sees must not hold up the form. */
  enter(state: string): void {
    this.state = state;
    toggle(this.form, "when", state);
    this.form.dispatchEvent(new CustomEvent("sealing:state", { bubbles: true, detail: { state } }));
  }

  /** Forget what was typed: passphrases and keys do not stay in the page. */
  clear(...names: string[]): void {
    names.forEach((name) => {
      const input = this.ask(name);
      if (input) {
        input.value = "";
      }
    });
  }

  say(words: string): void {
    write(this.form.querySelector("[data-status]"), words);
  }

  progress({ done, total, step }: Progress): void {
    const bar = this.form.querySelector<HTMLProgressElement>("[data-progress]");
    if (bar) {
      bar.hidden = false;
      bar.value = total > 0 ? done / total : 0;
    }
    this.form.dispatchEvent(new CustomEvent("sealing:progress", { bubbles: true, detail: { done, total, step } }));
  }

  /** Say what went wrong, and what to do. */
  fail(error: unknown): void {
    this.busy(false);
    this.say("");
    const known = error instanceof Fault || error instanceof Refusal;
    const words = known ? error.message : "Something in this page went wrong, and nothing was sent. Reload it and try again, or use the command line.";
    if (!known) {
      console.error(`sealing ${this.name}: ${error instanceof Error ? error.name : "failure"}`); // a message could quote
    }
    write(this.form.querySelector("[data-fault]"), words);
  }

  /** While it works, nothing can be pressed. */
  busy(working: boolean): void {
    if (working) {
      write(this.form.querySelector("[data-fault]"), "");
    }
    const bar = this.form.querySelector<HTMLProgressElement>("[data-progress]");
    if (bar && !working) {
      bar.hidden = true;
    }
    this.form.setAttribute("aria-busy", String(working));
    this.all<HTMLButtonElement>("button").forEach((button) => (button.disabled = working));
  }

  onDo(name: string, action: () => void | Promise<void>): void {
    this.all(`[data-do="${name}"]`).forEach((button) =>
      button.addEventListener("click", () => void Promise.resolve(action()).catch((error: unknown) => this.fail(error))),
    );
  }

  all<T extends HTMLElement = HTMLElement>(selector: string): NodeListOf<T> {
    return this.form.querySelectorAll<T>(selector);
  }

  private ask(name: string): HTMLInputElement | null {
    return this.form.querySelector<HTMLInputElement>(`[data-ask="${name}"]`);
  }
}

/** Put a value, or a file, into the fields that a selector finds. */
export function fillIn(within: ParentNode, selector: string, value: string | File): void {
  for (const field of within.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>(selector)) {
    if (field instanceof HTMLInputElement && field.type === "file") {
      const chosen = new DataTransfer();
      chosen.items.add(typeof value === "string" ? new File([value], "peels.txt", { type: "text/plain" }) : value);
      field.files = chosen.files;
    } else if (typeof value === "string") {
      field.value = value;
    }
  }
}

/** Show the parts whose `data-NAME` lists this state, and hide and disable the others. */
export function toggle(within: ParentNode, name: "when" | "when-key", state: string): void {
  for (const part of within.querySelectorAll<HTMLElement>(`[data-${name}]`)) {
    const shown = (part.getAttribute(`data-${name}`) ?? "").split(/\s+/).includes(state);
    part.hidden = !shown;
    part.querySelectorAll<HTMLInputElement>("input, select, textarea").forEach((field) => (field.disabled = !shown));
  }
}

function write(place: HTMLElement | null, words: string): void {
  if (place) {
    place.textContent = words;
    place.hidden = words === "";
  }
}

/** Hand bytes to the person as a file. */
export function download(bytes: BlobPart, name: string, media = "application/octet-stream"): void {
  const url = URL.createObjectURL(new Blob([bytes], { type: media }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
