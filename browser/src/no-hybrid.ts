/**
 * Stands in the bundle where `age-encryption` would bring along its post-quantum hybrid keys.
 *
 * Files and keys of that kind are refused by name (header.ts, agekeys.ts) before the library sees them, so their code
 * would be 60 kB that nobody may reach.
 */

function absent(): never {
  throw new Error("hybrid (post-quantum) keys are not used here");
}

export const MLKEM768X25519 = { encapsulate: absent, decapsulate: absent, keygen: absent };
export const MLKEM768P256 = MLKEM768X25519;
