// Passkeys for signing in: adding one, using one.
//
// A form with `data-passkey="create"` or `"get"` holds the server's options as JSON in `data-options`, or the address
// to fetch them from in `data-options-from`. Submitting it asks the browser for the passkey, puts the answer as JSON
// into the field `credential`, and sends the form. What goes wrong is said in the form's `[data-status]`, in the words
// of `data-refused` and `data-unsupported`.

import { fromBytes, toBytes } from "./base64url.js";

function descriptor(credential) {
  return { ...credential, id: toBytes(credential.id) };
}

function forCreating(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    user: { ...options.user, id: toBytes(options.user.id) },
    excludeCredentials: (options.excludeCredentials || []).map(descriptor),
  };
}

function forGetting(options) {
  return {
    ...options,
    challenge: toBytes(options.challenge),
    allowCredentials: (options.allowCredentials || []).map(descriptor),
  };
}

function answer(credential) {
  const from = credential.response;
  const response = { clientDataJSON: fromBytes(from.clientDataJSON) };
  for (const part of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (from[part]) {
      response[part] = fromBytes(from[part]);
    }
  }
  if (from.getTransports) {
    response.transports = from.getTransports();
  }
  return {
    id: credential.id,
    rawId: fromBytes(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

async function options(form) {
  if (form.dataset.options) {
    return JSON.parse(form.dataset.options).publicKey;
  }
  const response = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  return (await response.json()).request_options.publicKey;
}

async function ask(form) {
  const publicKey = await options(form);
  if (form.dataset.passkey === "create") {
    return navigator.credentials.create({ publicKey: forCreating(publicKey) });
  }
  return navigator.credentials.get({ publicKey: forGetting(publicKey) });
}

function say(form, words) {
  const status = form.querySelector("[data-status]");
  status.textContent = words;
  status.hidden = false;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  if (!form.dataset.passkey) {
    return;
  }
  event.preventDefault();
  if (!window.PublicKeyCredential) {
    say(form, form.dataset.unsupported);
    return;
  }
  try {
    form.elements.credential.value = JSON.stringify(answer(await ask(form)));
  } catch (error) {
    say(form, `${form.dataset.refused} (${error.name})`);
    return;
  }
  form.submit();
});
