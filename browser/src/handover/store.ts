/**
 * What this phone keeps of observations until they are acknowledged, in IndexedDB.
 *
 * Each person has a key of their own, made here, which no script can read out (WebCrypto, not extractable), and with it a
 * device id and a counter. An observation lies here under that key alone. Once nothing waits any more, key, device and
 * counter go too: what a copy of the disk may still hold of it then opens with nothing. The key protects against scripts
 * and careless copies, not against whoever takes the phone unlocked.
 */

import { hexId, type Kept, type Observation } from "./observation.ts";

interface Phone {
  readonly person: string;
  readonly device: string;
  readonly next: number;
  readonly key: CryptoKey;
}

interface Row {
  readonly person: string;
  readonly counter: number;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly box: ArrayBuffer;
}

/** What the page and the sender ask of it; tests have one in memory. */
export interface Queue {
  keep(person: string, observation: Observation): Promise<Kept>;
  waiting(person: string): Promise<Kept[]>;
  done(person: string, counters: readonly number[]): Promise<void>;
}

const NAME = "goodoffices-handover";

export class Unkept extends Error {}

export const phone: Queue = {
  async keep(person, observation) {
    for (;;) {
      const { device, key, counter } = await counted(person);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const box = await crypto.subtle.encrypt(sealed(iv, person, device, counter), key, encoded(observation));
      if (await put({ person, counter, iv, box }, device)) {
        return { ...observation, device, counter };
      } // else the queue ran empty meanwhile, and its key is gone: once more, under a new one
    }
  },

  async waiting(person) {
    const [phone, rows] = await transact("readonly", async (phones, queue) => [
      await asked<Phone | undefined>(phones.get(person)),
      await asked<Row[]>(queue.getAll(of(person))),
    ] as const);
    return phone === undefined ? [] : Promise.all(rows.map((row) => opened(phone, row)));
  },

  async done(person, counters) {
    await transact("readwrite", async (phones, queue) => {
      await Promise.all(counters.map((counter) => asked(queue.delete([person, counter]))));
      if ((await asked(queue.count(of(person)))) === 0) {
        await asked(phones.delete(person));
      }
    });
  },
};

async function opened(phone: Phone, row: Row): Promise<Kept> {
  const how = sealed(row.iv, row.person, phone.device, row.counter);
  const text = new TextDecoder().decode(await crypto.subtle.decrypt(how, phone.key, row.box));
  return { ...(JSON.parse(text) as Observation), device: phone.device, counter: row.counter };
}

/** The person's key and device, and the next number of its counter, which nobody gets again. */
async function counted(person: string): Promise<Phone & { readonly counter: number }> {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return transact("readwrite", async (phones) => {
    const known = await asked<Phone | undefined>(phones.get(person));
    const mine = known ?? { person, device: hexId(), next: 1, key: fresh };
    await asked(phones.put({ ...mine, next: mine.next + 1 }));
    return { ...mine, counter: mine.next };
  });
}

/** Whether the row was written: only while the key it was encrypted under is still the person's. */
function put(row: Row, device: string): Promise<boolean> {
  return transact("readwrite", async (phones, queue) => {
    const known = await asked<Phone | undefined>(phones.get(row.person));
    if (known?.device !== device) {
      return false;
    }
    await asked(queue.put(row));
    return true;
  });
}

function sealed(iv: Uint8Array<ArrayBuffer>, person: string, device: string, counter: number): AesGcmParams {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${person}/${device}/${counter}`) };
}

const encoded = (observation: Observation): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(observation));

const of = (person: string): IDBKeyRange => IDBKeyRange.bound([person, 0], [person, Number.MAX_SAFE_INTEGER]);

type Work<T> = (phones: IDBObjectStore, queue: IDBObjectStore) => Promise<T>;

/** One transaction over both stores; its outcome counts once it is on the disk. */
async function transact<T>(mode: IDBTransactionMode, work: Work<T>): Promise<T> {
  const database = await connected();
  try {
    const transaction = database.transaction(["phones", "queue"], mode, { durability: "strict" });
    const ended = new Promise<void>((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(new Unkept()));
    });
    const made = await Promise.all([work(transaction.objectStore("phones"), transaction.objectStore("queue")), ended]);
    return made[0];
  } finally {
    database.close();
  }
}

function asked<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Unkept()));
  });
}

function connected(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => {
      request.result.createObjectStore("phones", { keyPath: "person" });
      request.result.createObjectStore("queue", { keyPath: ["person", "counter"] });
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Unkept()));
    request.addEventListener("blocked", () => reject(new Unkept()));
  });
}
