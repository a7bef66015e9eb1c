/**
 * What this browser keeps, in IndexedDB: key files under a passphrase, and what was sealed and not yet handed in.
 *
 * Nothing in it can be read without a passphrase or the holders: never a paper, its name, or a key in the clear.
 */

import type { Bytes } from "../bytes.ts";
import { Refusal } from "../errors.ts";

export interface KeptKey {
  readonly recipient: string;
  readonly file: Bytes;
}

export interface KeptSeal {
  readonly exchange: string;
  readonly side: string;
  readonly outer: Bytes;
  readonly escrow: Bytes;
  /** SHA-256 of outer, hex. */
  readonly sha256: string;
  /** When it was made, by this computer's clock: for the person, and for nothing else. */
  readonly made: string;
}

const NAME = "goodoffices-sealing";
/** The salt of a sealed paper, which its author needs to table it: useless to who has not also the digest and a guess. */
export interface KeptSalt {
  readonly exchange: string;
  readonly side: string;
  readonly salt: string;
}

const STORES = { keys: "recipient", seals: ["exchange", "side"], salts: ["exchange", "side"] } as const;

type Store = keyof typeof STORES;

export const keptKey = (recipient: string): Promise<KeptKey | undefined> => run("keys", "readonly", (store) => store.get(recipient));
export const keepKey = (key: KeptKey): Promise<unknown> => run("keys", "readwrite", (store) => store.put(key));
export const dropKey = (recipient: string): Promise<unknown> => run("keys", "readwrite", (store) => store.delete(recipient));

export const keptSeal = (exchange: string, side: string): Promise<KeptSeal | undefined> =>
  run("seals", "readonly", (store) => store.get([exchange, side]));
export const keepSeal = (seal: KeptSeal): Promise<unknown> => run("seals", "readwrite", (store) => store.put(seal));
export const dropSeal = (exchange: string, side: string): Promise<unknown> =>
  run("seals", "readwrite", (store) => store.delete([exchange, side]));

export const keptSalt = (exchange: string, side: string): Promise<KeptSalt | undefined> =>
  run("salts", "readonly", (store) => store.get([exchange, side]));
export const keepSalt = (salt: KeptSalt): Promise<unknown> => run("salts", "readwrite", (store) => store.put(salt));

async function run<T>(name: Store, mode: IDBTransactionMode, action: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(name, mode, { durability: "strict" });
      const request = action(transaction.objectStore(name));
      transaction.addEventListener("complete", () => resolve(request.result));
      transaction.addEventListener("abort", () => reject(unkept()));
    });
  } finally {
    database.close();
  }
}

function opened(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.addEventListener("upgradeneeded", () => {
      for (const [name, keyPath] of Object.entries(STORES)) {
        request.result.createObjectStore(name, { keyPath: keyPath as string | string[] });
      }
    });
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(unkept()));
    request.addEventListener("blocked", () => reject(unkept()));
  });
}

function unkept(): Refusal {
  return new Refusal(
    "This browser will not keep anything (a private window, or no room left on its disk). Use another one, or the command line.",
  );
}
