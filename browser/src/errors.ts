/** What goes wrong, in two kinds: what somebody else did (`Fault`, to be said on the record) and the rest (`Refusal`). */

/** The codes of docs/design/sealing.md, section 4, in the order of looking. */
export type FaultCode =
  | "malformed"
  | "cannot-open"
  | "wrong-content"
  | "wrong-context"
  | "wrong-key"
  | "wrong-size"
  | "wrong-digest"
  | "wrong-signature";

/** A seal or a peel is not what its maker was bound to make. `message` is a sentence without names of places in code. */
export class Fault extends Error {
  readonly code: FaultCode;
  /** Whose paper it is about; set by whoever knows it. */
  side: string | null = null;
  /** The inner layer's file key (base64), where an opening that fails can be shown to others by it. */
  fileKey: string | null = null;

  constructor(code: FaultCode, message: string) {
    super(message);
    this.name = "Fault";
    this.code = code;
  }
}

/** Nothing was done; the message tells the person at the page why, and what to do. */
export class Refusal extends Error {
  constructor(message: string) {
    super(message);
    this.name = "Refusal";
  }
}

/** Run `action`, and have any fault in it name this side. */
export async function about<T>(side: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Fault) {
      error.side = side;
    }
    throw error;
  }
}
