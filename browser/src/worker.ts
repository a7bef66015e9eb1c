/** The worker's side and the page's side of a job: one worker a job, ended with it, so that nothing secret lingers. */

import { decrypt, encrypt } from "./age.ts";
import { Fault, Refusal, type FaultCode } from "./errors.ts";
import { JOBS, type Bench } from "./jobs.ts";
import { makePair } from "./keys.ts";
import type { Progress, Told } from "./sealing.ts";

type Jobs = typeof JOBS;
type Given<N extends keyof Jobs> = Parameters<Jobs[N]>[0];
type Made<N extends keyof Jobs> = Awaited<ReturnType<Jobs[N]>>;

interface Failure {
  readonly kind: "fault" | "refusal" | "broken";
  readonly words: string;
  readonly code?: FaultCode;
  readonly side?: string | null;
  readonly fileKey?: string | null;
}

type Answer = { readonly progress: Progress } | { readonly made: unknown } | { readonly failure: Failure };

const WARM = "sealing-warm";

let spare: Worker | null = null;

/**
 * Have a worker ready for the next job, and warm: a browser runs code slowly until it has seen it run, and a person who
 * chooses a file or types a passphrase leaves time for that.
 */
export function ready(): void {
  spare ??= new Worker(import.meta.url, { type: "module", name: typeof document === "undefined" ? "sealing" : WARM });
}

/** Have a job done. Throws `Fault` and `Refusal` as the job does. */
export function work<N extends keyof Jobs>(name: N, given: Given<N>, told?: Told): Promise<Made<N>> {
  ready();
  const worker = spare as Worker;
  spare = null;
  const done = new Promise<Made<N>>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
      if ("progress" in data) {
        told?.(data.progress);
      } else if ("made" in data) {
        resolve(data.made as Made<N>);
      } else {
        reject(asError(data.failure));
      }
    });
    worker.addEventListener("error", () => reject(asError({ kind: "broken", words: "" })));
  });
  worker.postMessage({ name, given });
  return done.finally(() => {
    worker.terminate();
    if (typeof document !== "undefined") {
      ready();
    }
  });
}

/** In the worker: do the one job that is asked. */
export function listen(): void {
  const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
  if (scope.name === WARM) {
    void warmUp();
  }
  scope.addEventListener("message", async ({ data }: MessageEvent<{ name: keyof Jobs; given: never }>) => {
    const job = JOBS[data.name] as (given: never, bench: Bench) => Promise<unknown>;
    const told = throttled((progress) => scope.postMessage({ progress }));
    try {
      const made = await job(data.given, { told, checkOuter: (given) => work("checkOuter", given) });
      scope.postMessage({ made }, buffers(made));
    } catch (error) {
      scope.postMessage({ failure: asFailure(error) });
    }
  });
}

const ENOUGH = 2 * 1024 * 1024; // bytes, after which it does not run any quicker

/** Seal nothing to nobody, and open it. */
async function warmUp(): Promise<void> {
  const { secret, recipient } = await makePair();
  await decrypt([secret], await encrypt([recipient], [new Uint8Array(ENOUGH)]));
}

/** The memory of what was made: handed over, not copied. */
function buffers(made: unknown): ArrayBuffer[] {
  const parts = typeof made === "object" && made !== null ? Object.values(made) : [];
  const found = [made, ...parts].filter((part): part is Uint8Array<ArrayBuffer> => part instanceof Uint8Array);
  return [...new Set(found.map((part) => part.buffer))];
}

const OFTEN = 50; // milliseconds between two words of progress

function throttled(told: Told): Told {
  let last = 0;
  return (progress) => {
    const now = performance.now();
    if (now - last >= OFTEN || progress.done === progress.total) {
      last = now;
      told(progress);
    }
  };
}

function asFailure(error: unknown): Failure {
  if (error instanceof Fault) {
    return { kind: "fault", words: error.message, code: error.code, side: error.side, fileKey: error.fileKey };
  }
  return error instanceof Refusal ? { kind: "refusal", words: error.message } : { kind: "broken", words: String(error) };
}

function asError(failure: Failure): Error {
  if (failure.kind === "fault") {
    const fault = new Fault(failure.code as FaultCode, failure.words);
    fault.side = failure.side ?? null;
    fault.fileKey = failure.fileKey ?? null;
    return fault;
  }
  return failure.kind === "refusal" ? new Refusal(failure.words) : new Error(failure.words);
}

/** The part of a worker's global scope used here; the DOM's types, which the page needs, lack it. */
interface DedicatedWorkerGlobalScope {
  readonly name: string;
  postMessage(message: unknown, transfer?: ArrayBuffer[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent) => void): void;
}
