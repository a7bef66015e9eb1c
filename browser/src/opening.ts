/** Opening: the counterpart reads the paper, once the holders have released (sections 2 and 4). */

import { decrypt, fileKey } from "./age.ts";
import { base64, blank, fromHex, type Bytes } from "./bytes.ts";
import { about, Fault, Refusal } from "./errors.ts";
import { keyIn, openOuter, readPeels, type Release } from "./escrow.ts";
import { expect, split, wrongContext, type Context, type Layer } from "./layers.ts";
import { citation, payload } from "./sealing.ts";
import { signatureFits, type Signature } from "./signatures.ts";
import { chains, side as sideOf, type Exchange } from "./terms.ts";

export interface Opened {
  readonly paper: Bytes;
  readonly name: string;
  readonly media: string;
  /** D. */
  readonly digest: string;
  /** 32 hex: what D is taken over before the paper. */
  readonly salt: string;
}

/** The inner layer as it came out of the outer one, and the digest that the outer one names. */
export interface Uncovered {
  readonly inner: Bytes;
  readonly digest: string;
}

/** Open the outer layer with an E that the releases gave out. Throws `Fault`, or `Refusal` while none has come out. */
export async function uncover(
  exchange: Exchange,
  side: string,
  outer: Uint8Array,
  releases: readonly Release[],
): Promise<Uncovered> {
  return about(side, async () => {
    for (const content of ends(exchange, side, releases)) {
      try {
        const layer = await openOuter(exchange, side, outer, content);
        return { inner: layer.content, digest: String(layer.context["digest"]) };
      } catch (error) {
        if (!(error instanceof Fault) || error.code !== "wrong-key") {
          throw error; // what a holder made up opens nothing: whatever does open it is the side's own
        }
      }
    }
    throw new Refusal("The holders have not yet released what opens this paper.");
  });
}

/** The paper in the inner layer, everything about it checked. Throws `Fault`, with the file key where there is one. */
export async function open(
  exchange: Exchange,
  side: string,
  identities: readonly string[],
  uncovered: Uncovered,
): Promise<Opened> {
  return about(side, async () => {
    const plaintext = await decrypt(identities, uncovered.inner);
    try {
      return await checked(exchange, side, uncovered.digest, plaintext);
    } catch (error) {
      if (error instanceof Fault) {
        error.fileKey = base64(await fileKey(identities, uncovered.inner));
      }
      throw error;
    }
  });
}

/** What can show others that a paper which does not open was sealed so: base64 of the file key, or null. */
export async function evidence(identities: readonly string[], inner: Uint8Array): Promise<string | null> {
  try {
    return base64(await fileKey(identities, inner));
  } catch {
    return null;
  }
}

async function checked(exchange: Exchange, side: string, digest: string, plaintext: Bytes): Promise<Opened> {
  const layer = split(plaintext);
  const { media, name, salt, signature, size } = fields(layer);
  const context: Context = { ...layer.context, digest, exchange: exchange.id, layer: "inner", side };
  expect(layer, context);
  const fits = plaintext.length === exchange.terms.bucket && size > 0 && size <= layer.content.length;
  if (!fits || !blank(layer.content.subarray(size))) {
    throw new Fault("wrong-size", "What is inside has not the size that it says, or is not padded as it must be.");
  }
  const paper = layer.content.subarray(0, size);
  if ((await citation(fromHex(salt), paper)) !== digest) {
    throw new Fault("wrong-digest", "The paper inside is not the one that was sealed: its digest is another.");
  }
  if (!(await signatureFits(sideOf(exchange.terms, side).signers, signature, payload(exchange, side, digest)))) {
    throw new Fault("wrong-signature", "The paper inside is not signed by the side that sealed it.");
  }
  return { paper, name, media, digest, salt };
}

interface Fields {
  readonly media: string;
  readonly name: string;
  readonly salt: string;
  readonly signature: Signature;
  readonly size: number;
}

const NAMES = ["digest", "exchange", "layer", "media", "name", "salt", "side", "signature", "size"];

function fields(layer: Layer): Fields {
  const { media, name, salt, signature, size } = layer.context;
  const fine =
    Object.keys(layer.context).sort().join() === NAMES.join() &&
    typeof media === "string" &&
    typeof name === "string" &&
    typeof salt === "string" &&
    /^[0-9a-f]{32}$/.test(salt) &&
    typeof signature === "object" &&
    signature !== null &&
    !Array.isArray(signature) &&
    Number.isSafeInteger(size);
  if (!fine) {
    throw wrongContext("it does not hold the fields it must hold");
  }
  return layer.context as unknown as Fields;
}

/** What stands at the end of each chain that is peeled whole, in the order of the releases. */
function ends(exchange: Exchange, side: string, releases: readonly Release[]): Bytes[] {
  const last = new Map(chains(exchange.terms).map((chain) => [chain.join(), chain.at(-1)]));
  return releases.flatMap((each) => {
    try {
      const lines = readPeels(exchange, each.peels[side] ?? new Uint8Array());
      return [...lines].filter(([chain]) => last.get(chain) === each.holder).map(([, { content }]) => content).filter(isKey);
    } catch {
      return []; // a holder whose text is junk: others' releases are what counts
    }
  });
}

function isKey(content: Uint8Array): boolean {
  try {
    return keyIn(content) !== "";
  } catch {
    return false;
  }
}
