// Signing a binding act with a passkey.
//
// The form has `data-sign`, and from `accounts/sign.html`: `[data-challenges]` with a JSON list of base64url challenges
// (SHA-256 of what is signed) and `data-credentials` with the credential ids that may sign; a hidden field
// `signatures`; and `[data-status]` for what goes wrong. Submitting asks for one assertion a challenge, puts them as a
// JSON list into the field, in the order of the challenges, and sends the form as it would have been sent.
//
// Some browsers want a press of the button for each assertion. What has been signed is kept meanwhile.

import { fromBytes, toBytes } from "./base64url.js";

const signed = new WeakMap(); // form -> its assertions so far
const complete = new WeakSet(); // forms that go through

async function sign(challenge, credentials) {
  const credential = await navigator.credentials.get({
    publicKey: {
      challenge: toBytes(challenge),
      allowCredentials: credentials.map((id) => ({ type: "public-key", id: toBytes(id) })),
      userVerification: "required",
      timeout: 120000,
    },
  });
  const { authenticatorData, clientDataJSON, signature } = credential.response;
  return {
    type: "webauthn",
    authenticatorData: fromBytes(authenticatorData),
    clientDataJSON: fromBytes(clientDataJSON),
    signature: fromBytes(signature),
    key: fromBytes(credential.rawId),
  };
}

function reason(status, error, done) {
  if (error.name === "NotAllowedError" || error.name === "AbortError") {
    return done ? status.dataset.again : status.dataset.refused;
  }
  return `${status.dataset.failed} (${error.name})`;
}

function say(status, words) {
  status.textContent = words;
  status.hidden = false;
}

async function signAll(form, asked, status) {
  const credentials = JSON.parse(asked.dataset.credentials);
  const challenges = JSON.parse(asked.dataset.challenges);
  const done = signed.get(form) || [];
  signed.set(form, done);
  while (done.length < challenges.length) {
    try {
      done.push(await sign(challenges[done.length], credentials));
    } catch (error) {
      say(status, reason(status, error, done.length));
      return false;
    }
  }
  form.elements.signatures.value = JSON.stringify(done);
  return true;
}

document.addEventListener(
  "submit",
  async (event) => {
    const form = event.target;
    if (!form.matches("form[data-sign]") || complete.has(form)) {
      return;
    }
    event.preventDefault();
    event.stopImmediatePropagation();
    const asked = form.querySelector("[data-challenges]");
    const status = form.querySelector("[data-status]");
    status.hidden = true;
    if (!window.PublicKeyCredential) {
      say(status, status.dataset.unsupported);
      return;
    }
    if (await signAll(form, asked, status)) {
      complete.add(form);
      form.requestSubmit(event.submitter);
    }
  },
  true, // before anything else that sends the form, such as htmx
);
