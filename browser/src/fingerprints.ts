/** What people read to one another, to see that they were shown the same terms and keys (section 1). */

import { sha256hex } from "./bytes.ts";
import { encode, type Json } from "./jcs.ts";
import type { Holder, Side } from "./terms.ts";

/** The first 80 bits of a digest (hex), in groups of four. */
export function fingerprint(digest: string): string {
  return digest.slice(0, 20).replace(/(.{4})(?=.)/g, "$1 ");
}

/** The fingerprint of the keys of a side or holder. */
export async function fingerprintOf(party: Holder | Side): Promise<string> {
  const keys = { online: party.online, signers: party.signers, ...("recovery" in party ? { recovery: party.recovery } : {}) };
  return fingerprint(await sha256hex(encode(keys as unknown as Json)));
}
