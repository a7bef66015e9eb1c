/** Sends what waits, again and again until it is acknowledged; what was acknowledged is wiped. */

import { asSent, pause, type Answer, type Kept } from "./observation.ts";
import type { Queue } from "./store.ts";

/** Why nothing is sent although there is a connection. */
export type Held = "signed-out" | "another-person" | "not-here";

export interface Told {
  /** What waits now. */
  waiting(those: readonly Kept[]): void;
  /** These are on the record and no longer on this phone. */
  sent(those: readonly Kept[]): void;
  refused(one: Kept, why: string): void;
  /** Null: nothing holds it up. */
  held(why: Held | null): void;
}

const MOST = 50; // in one request; the server takes no more
const PATIENCE = 20_000; // milliseconds: on a poor line an answer may be lost
const HELD_SECONDS = 30;

export class Sender {
  private failures = 0;
  private running = false;
  private again = false;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly refused = new Set<string>();
  private readonly person: string;
  private readonly queue: Queue;
  private readonly told: Told;
  private readonly fetch: typeof fetch;

  constructor(person: string, queue: Queue, told: Told, fetched: typeof fetch = (...given) => fetch(...given)) {
    this.person = person;
    this.queue = queue;
    this.told = told;
    this.fetch = fetched;
  }

  /** Try now; while it is trying, once more after that. */
  async kick(): Promise<void> {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        await this.once();
      } while (this.again);
    } finally {
      this.running = false;
    }
  }

  private async once(): Promise<void> {
    const all = await this.queue.waiting(this.person);
    this.told.waiting(all);
    const those = all.filter((one) => !this.refused.has(one.act));
    if (those.length === 0) {
      return;
    }
    // A room that is not open any more holds up no other.
    const outcomes = new Set<"sent" | "failed" | Held>();
    for (const url of new Set(those.map((one) => one.url))) {
      outcomes.add(await this.try(url, those));
    }
    const outcome = [...outcomes].find((one) => one !== "sent") ?? "sent";
    this.failures = outcome === "failed" ? this.failures + 1 : 0;
    if (outcome === "sent") {
      this.again = true; // more may wait, and who looks at the page wants to see that nothing does
      return;
    }
    this.told.held(outcome === "failed" ? null : outcome);
    this.timer = setTimeout(() => void this.kick(), (outcome === "failed" ? pause(this.failures) : HELD_SECONDS) * 1000);
  }

  private async try(url: string, all: readonly Kept[]): Promise<"sent" | "failed" | Held> {
    const those = all.filter((one) => one.url === url).slice(0, MOST);
    try {
      const token = await this.admitted(url);
      if (typeof token !== "object") {
        return token;
      }
      const body = JSON.stringify({ who: this.person, observations: those.map(asSent) });
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.token };
      const answer = await this.ask(url, { method: "POST", body, headers });
      const held = why(answer);
      if (held !== null) {
        return held;
      }
      await this.settle(those, ((await answer.json()) as { results: Answer[] }).results);
      return "sent";
    } catch {
      return "failed"; // no connection, an answer that got lost or was cut short, or a server that is not well
    }
  }

  /** The token to send with; or why this person's observations cannot be sent just now. */
  private async admitted(url: string): Promise<{ token: string } | Held> {
    const answer = await this.ask(url, { headers: { Accept: "application/json" } });
    const held = why(answer);
    if (held !== null) {
      return held;
    }
    const { who, token } = (await answer.json()) as { who: string; token: string };
    return who === this.person ? { token } : "another-person";
  }

  private async ask(url: string, how: RequestInit): Promise<Response> {
    return this.fetch(url, { ...how, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  }

  private async settle(those: readonly Kept[], answers: readonly Answer[]): Promise<void> {
    const arrived = those.filter((_, n) => answers[n]?.state === "recorded" || answers[n]?.state === "known");
    await this.queue.done(this.person, arrived.map((one) => one.counter));
    this.told.held(null);
    this.told.sent(arrived);
    those.forEach((one, n) => {
      if (answers[n]?.state === "refused") {
        this.refused.add(one.act); // it stays, and a person decides; it is not sent again before the page is loaded anew
        this.told.refused(one, answers[n].why);
      }
    });
    if (those.length !== answers.length) {
      throw new Error("an answer to each observation was expected");
    }
  }
}

/** Why an answer is none; null where it is one. Throws where asking again later may help. */
function why(answer: Response): Held | null {
  if (answer.type === "opaqueredirect" || answer.status === 302) {
    return "signed-out";
  }
  if (answer.status === 409) {
    return "another-person";
  }
  if (answer.status === 404) {
    return "not-here";
  }
  if (!answer.ok) {
    throw new Error(`answered with ${answer.status}`);
  }
  return null;
}
