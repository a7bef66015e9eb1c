/** What is observed at a point, as it waits on the phone and as it is sent (`web.handover.queue`). Numbers, never names. */

export interface Observation {
  readonly url: string;
  readonly act: string;
  readonly plan: string;
  readonly stage: number;
  readonly point: string;
  readonly number: string;
  readonly what: string;
  readonly claimed: string;
  readonly corrects: string | null;
}

/** An observation under its device and counter, by which it arrives once. */
export interface Kept extends Observation {
  readonly device: string;
  readonly counter: number;
}

export interface Answer {
  readonly state: "recorded" | "known" | "refused";
  readonly why: string;
}

/** What is sent of it. */
export function asSent({ url: _, ...rest }: Kept): Record<string, string | number | null> {
  return { ...rest };
}

/** Among these numbers, those that end in what was typed; all of them where nothing was. */
export function ending(numbers: readonly string[], typed: string): string[] {
  const text = typed.trim().toUpperCase();
  const whole = numbers.filter((number) => number === text);
  return whole.length > 0 ? whole : numbers.filter((number) => number.toUpperCase().endsWith(text));
}

/** Seconds to wait after so many failures in a row: 2, 4, 8 … and at most a minute. */
export function pause(failures: number): number {
  return Math.min(60, 2 ** Math.max(1, failures));
}

/** 32 hex characters by chance. */
export function hexId(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
