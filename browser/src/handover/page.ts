/** The page of one stage at one point: find a number, tap what happened, undo; with or without a connection. */

import { ending, hexId, type Kept, type Observation } from "./observation.ts";
import { Sender, type Held } from "./sender.ts";
import { phone } from "./store.ts";

interface Data {
  readonly person: string;
  readonly queue: string;
  readonly plan: string;
  readonly stage: number;
  readonly point: string;
  readonly sign_in: string;
  /** What a manifest number looks like. */
  readonly pattern: string;
}

const TAKEN_BACK = "taken-back";

const HELD: Readonly<Record<Held, string>> = {
  "signed-out":
    "You are signed out. What you observed is kept on this phone, encrypted, and is sent once you have signed in again.",
  "another-person":
    "Another person is signed in here. What you observed is kept on this phone, encrypted, and is sent once you have signed in again.",
  "not-here":
    "This room is not open to you any more. What you observed is kept on this phone, encrypted; tell the host.",
};

export function start(): void {
  const root = document.querySelector<HTMLElement>("[data-handover]");
  const form = root?.querySelector<HTMLFormElement>("form[data-observe]");
  if (!root || !form || !("indexedDB" in globalThis) || !globalThis.crypto?.subtle) {
    return; // the page works by its ordinary forms
  }
  new Page(root, form).begin();
}

class Page {
  private readonly root: HTMLElement;
  private readonly form: HTMLFormElement;
  private readonly input: HTMLInputElement;
  private readonly data: Data;
  private readonly rows = new Map<string, HTMLElement>();
  private readonly sender: Sender;
  private last: Promise<Kept | null> | null = null;
  private sent = 0;

  constructor(root: HTMLElement, form: HTMLFormElement) {
    this.root = root;
    this.form = form;
    this.input = form.querySelector<HTMLInputElement>('input[name="number"]')!;
    this.data = JSON.parse(root.querySelector('script[type="application/json"]')?.textContent ?? "{}") as Data;
    root.querySelectorAll<HTMLElement>("[data-number]").forEach((row) => this.rows.set(row.dataset["number"] ?? "", row));
    this.sender = new Sender(this.data.person, phone, {
      waiting: (those) => this.showWaiting(those),
      sent: (those) => this.showSent(those),
      refused: (one, why) => this.say(`${one.number}: ${why}`, "data-held"),
      held: (why) => this.showHeld(why),
    });
  }

  begin(): void {
    this.form.noValidate = true; // a number may be found by its end
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.observe((event.submitter as HTMLButtonElement | null)?.value ?? "");
    });
    this.root.querySelectorAll<HTMLFormElement>("form[data-take-back]").forEach((form) =>
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.takeBack(form);
      }),
    );
    this.input.addEventListener("input", () => this.narrow());
    this.rows.forEach((row, number) => this.tappable(row, number));
    this.root.querySelector("[data-undo] button")?.addEventListener("click", () => void this.undo());
    const kick = (): void => void this.sender.kick();
    addEventListener("online", kick);
    addEventListener("pageshow", kick);
    document.addEventListener("visibilitychange", kick);
    void navigator.storage?.persist?.().catch(() => false); // that it is not cleared to make room for others
    this.root.dataset["ready"] = "";
    kick();
  }

  /** A number that is tapped is chosen. */
  private tappable(row: HTMLElement, number: string): void {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = number;
    button.addEventListener("click", () => {
      this.input.value = number;
      this.narrow();
    });
    row.querySelector("strong")?.replaceWith(button);
  }

  /** Show the numbers that end in what is typed, and say which one is meant. */
  private narrow(): void {
    const typed = this.input.value;
    const found = ending([...this.rows.keys()], typed);
    const only = typed.trim() !== "" && found.length === 1 ? found[0]! : "";
    this.rows.forEach((row, number) => {
      row.hidden = !found.includes(number) && typed.trim() !== "";
      row.classList.toggle("chosen-one", number === only);
    });
    const words = only ? only : typed.trim() === "" ? "" : found.length > 1 ? `${found.length} numbers end so` : "No number here ends so";
    this.say(words, "data-chosen");
  }

  private async observe(what: string): Promise<void> {
    const typed = this.input.value.trim().toUpperCase();
    const found = typed === "" ? [] : ending([...this.rows.keys()], typed);
    const whole = new RegExp(`^(?:${this.data.pattern})$`).test(typed);
    const number = found.length === 1 ? found[0]! : found.length === 0 && whole ? typed : "";
    if (number === "") {
      this.say(found.length > 1 ? `${found.length} numbers end in ${typed}. Type more of it.` : "Type or tap a manifest number.", "data-chosen");
      this.input.focus();
      return;
    }
    // All of it before anything is waited for: the next number is typed while this one is being kept.
    this.input.value = "";
    this.narrow();
    this.last = this.keep(number, what, null);
    this.showUndo(`${number}: ${this.named(what)}`);
    if ((await this.last) === null) {
      this.showUndo(null);
    }
  }

  private async undo(): Promise<void> {
    const kept = this.last;
    this.last = null;
    this.showUndo(null);
    const last = await kept;
    if (last !== null) {
      await this.keep(last.number, TAKEN_BACK, `${last.device}/${last.counter}`);
    }
  }

  private async takeBack(form: HTMLFormElement): Promise<void> {
    const given = new FormData(form);
    const kept = await this.keep(String(given.get("number")), TAKEN_BACK, String(given.get("corrects")));
    if (kept !== null) {
      form.hidden = true;
    }
  }

  /** Keep an observation on this phone, and send it when that can be done; null where it could not be kept. */
  private async keep(number: string, what: string, corrects: string | null): Promise<Kept | null> {
    const { queue: url, plan, stage, point, person } = this.data;
    const claimed = new Date().toISOString();
    const observation: Observation = { url, act: hexId(), plan, stage, point, number, what, claimed, corrects };
    try {
      const kept = await phone.keep(person, observation);
      void this.sender.kick();
      return kept;
    } catch {
      this.say("This phone will not keep anything (a private window, or no room left). Nothing was observed. Use another browser.", "data-held");
      return null;
    }
  }

  private showWaiting(those: readonly Kept[]): void {
    const n = those.length;
    const sent = this.sent > 0 ? ` Sent: ${this.sent}.` : "";
    this.say(n > 0 ? `Waiting on this phone, not sent yet: ${n}.${sent}` : sent && `Nothing waits on this phone.${sent}`, "data-queue");
    this.root.dataset["waiting"] = String(n);
    those.forEach((one) => this.mark(one, "waiting"));
  }

  private showSent(those: readonly Kept[]): void {
    this.sent += those.length;
    those.forEach((one) => this.mark(one, "sent"));
  }

  private mark(one: Kept, how: "waiting" | "sent"): void {
    const badge = this.rows.get(one.number)?.querySelector<HTMLElement>("[data-said]");
    if (badge) {
      badge.textContent = `${this.named(one.what)}, ${how}`;
      badge.className = `badge ${how}`;
    }
  }

  private showHeld(why: Held | null): void {
    const place = this.say(why === null ? "" : HELD[why] + " ", "data-held");
    if (why !== null && why !== "not-here" && place) {
      const link = document.createElement("a");
      link.href = `${this.data.sign_in}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Sign in";
      place.append(link);
    }
  }

  private showUndo(words: string | null): void {
    const place = this.root.querySelector<HTMLElement>("[data-undo]");
    if (place) {
      place.hidden = words === null;
      place.querySelector("span")!.textContent = words ?? "";
    }
  }

  private named(what: string): string {
    const button = this.form.querySelector<HTMLElement>(`button[value="${CSS.escape(what)}"]`);
    return what === TAKEN_BACK ? "taken back" : (button?.textContent ?? what).trim().toLowerCase();
  }

  private say(words: string, where: string): HTMLElement | null {
    const place = this.root.querySelector<HTMLElement>(`[${where}]`);
    if (place) {
      place.textContent = words;
      place.hidden = words === "";
    }
    return place;
  }
}
