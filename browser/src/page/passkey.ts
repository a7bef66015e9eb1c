/** A passkey's signature over a payload: the challenge is its SHA-256, and the answer is as the record stores it. */

import { base64url, fromBase64url, sha256, type Bytes } from "../bytes.ts";
import { Refusal } from "../errors.ts";
import type { Signature } from "../signatures.ts";

const PATIENCE = 120_000; // milliseconds

/** Ask one of these passkeys (credential ids, base64url) to sign. Throws `Refusal` where none does. */
export async function sign(credentials: readonly string[], payload: Uint8Array): Promise<Signature> {
  if (!("PublicKeyCredential" in globalThis)) {
    throw new Refusal("This browser has no passkeys. Use another one, or the command line. Nothing was sent.");
  }
  if (credentials.length === 0) {
    throw new Refusal("No passkey of yours may sign for your side in this exchange. Seal at the command line instead.");
  }
  const allowCredentials = credentials.map((id) => ({ type: "public-key" as const, id: fromBase64url(id) as Bytes }));
  const challenge = await sha256(payload);
  return stored(await asked({ challenge, allowCredentials, userVerification: "required", timeout: PATIENCE }));
}

async function asked(publicKey: PublicKeyCredentialRequestOptions): Promise<PublicKeyCredential> {
  try {
    return (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
  } catch {
    throw new Refusal("Nothing was sealed: the passkey was refused, or took too long. Press the button to try again.");
  }
}

function stored(credential: PublicKeyCredential): Signature {
  const response = credential.response as AuthenticatorAssertionResponse;
  const text = (buffer: ArrayBuffer) => base64url(new Uint8Array(buffer));
  return {
    type: "webauthn",
    authenticatorData: text(response.authenticatorData),
    clientDataJSON: text(response.clientDataJSON),
    key: text(credential.rawId),
    signature: text(response.signature),
  };
}
