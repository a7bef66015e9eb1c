/* Good Offices: observing at a handover point, also without a connection. Apache-2.0.
   Made from browser/ by "make browser"; do not edit. */
// src/handover/observation.ts
function asSent({ url: _, ...rest }) {
  return { ...rest };
}
function ending(numbers, typed) {
  const text = typed.trim().toUpperCase();
  const whole = numbers.filter((number) => number === text);
  return whole.length > 0 ? whole : numbers.filter((number) => number.toUpperCase().endsWith(text));
}
function pause(failures) {
  return Math.min(60, 2 ** Math.max(1, failures));
}
function hexId() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

// src/handover/sender.ts
var MOST = 50;
var PATIENCE = 2e4;
var HELD_SECONDS = 30;
var Sender = class {
  failures = 0;
  running = false;
  again = false;
  timer;
  refused = /* @__PURE__ */ new Set();
  person;
  queue;
  told;
  fetch;
  constructor(person, queue, told, fetched = (...given) => fetch(...given)) {
    this.person = person;
    this.queue = queue;
    this.told = told;
    this.fetch = fetched;
  }
  /** Try now; while it is trying, once more after that. */
  async kick() {
    if (this.running) {
      this.again = true;
      return;
    }
    this.running = true;
    clearTimeout(this.timer);
    try {
      do {
        this.again = false;
        await this.once();
      } while (this.again);
    } finally {
      this.running = false;
    }
  }
  async once() {
    const all = await this.queue.waiting(this.person);
    this.told.waiting(all);
    const those = all.filter((one) => !this.refused.has(one.act));
    if (those.length === 0) {
      return;
    }
    const outcomes = /* @__PURE__ */ new Set();
    for (const url of new Set(those.map((one) => one.url))) {
      outcomes.add(await this.try(url, those));
    }
    const outcome = [...outcomes].find((one) => one !== "sent") ?? "sent";
    this.failures = outcome === "failed" ? this.failures + 1 : 0;
    if (outcome === "sent") {
      this.again = true;
      return;
    }
    this.told.held(outcome === "failed" ? null : outcome);
    this.timer = setTimeout(() => void this.kick(), (outcome === "failed" ? pause(this.failures) : HELD_SECONDS) * 1e3);
  }
  async try(url, all) {
    const those = all.filter((one) => one.url === url).slice(0, MOST);
    try {
      const token = await this.admitted(url);
      if (typeof token !== "object") {
        return token;
      }
      const body = JSON.stringify({ who: this.person, observations: those.map(asSent) });
      const headers = { "Content-Type": "application/json", Accept: "application/json", "X-CSRFToken": token.token };
      const answer = await this.ask(url, { method: "POST", body, headers });
      const held = why(answer);
      if (held !== null) {
        return held;
      }
      await this.settle(those, (await answer.json()).results);
      return "sent";
    } catch {
      return "failed";
    }
  }
  /** The token to send with; or why this person's observations cannot be sent just now. */
  async admitted(url) {
    const answer = await this.ask(url, { headers: { Accept: "application/json" } });
    const held = why(answer);
    if (held !== null) {
      return held;
    }
    const { who, token } = await answer.json();
    return who === this.person ? { token } : "another-person";
  }
  async ask(url, how) {
    return this.fetch(url, { ...how, redirect: "manual", cache: "no-store", signal: AbortSignal.timeout(PATIENCE) });
  }
  async settle(those, answers) {
    const arrived = those.filter((_, n) => answers[n]?.state === "recorded" || answers[n]?.state === "known");
    await this.queue.done(this.person, arrived.map((one) => one.counter));
    this.told.held(null);
    this.told.sent(arrived);
    those.forEach((one, n) => {
      if (answers[n]?.state === "refused") {
        this.refused.add(one.act);
        this.told.refused(one, answers[n].why);
      }
    });
    if (those.length !== answers.length) {
      throw new Error("an answer to each observation was expected");
    }
  }
};
function why(answer) {
  if (answer.type === "opaqueredirect" || answer.status === 302) {
    return "signed-out";
  }
  if (answer.status === 409) {
    return "another-person";
  }
  if (answer.status === 404) {
    return "not-here";
  }
  if (!answer.ok) {
    throw new Error(`answered with ${answer.status}`);
  }
  return null;
}

// src/handover/store.ts
var NAME = "goodoffices-handover";
var Unkept = class extends Error {
};
var phone = {
  async keep(person, observation) {
    for (; ; ) {
      const { device, key, counter } = await counted(person);
      const iv = crypto.getRandomValues(new Uint8Array(12));
      const box = await crypto.subtle.encrypt(sealed(iv, person, device, counter), key, encoded(observation));
      if (await put({ person, counter, iv, box }, device)) {
        return { ...observation, device, counter };
      }
    }
  },
  async waiting(person) {
    const [phone2, rows] = await transact("readonly", async (phones, queue) => [
      await asked(phones.get(person)),
      await asked(queue.getAll(of(person)))
    ]);
    return phone2 === void 0 ? [] : Promise.all(rows.map((row) => opened(phone2, row)));
  },
  async done(person, counters) {
    await transact("readwrite", async (phones, queue) => {
      await Promise.all(counters.map((counter) => asked(queue.delete([person, counter]))));
      if (await asked(queue.count(of(person))) === 0) {
        await asked(phones.delete(person));
      }
    });
  }
};
async function opened(phone2, row) {
  const how = sealed(row.iv, row.person, phone2.device, row.counter);
  const text = new TextDecoder().decode(await crypto.subtle.decrypt(how, phone2.key, row.box));
  return { ...JSON.parse(text), device: phone2.device, counter: row.counter };
}
async function counted(person) {
  const fresh = await crypto.subtle.generateKey({ name: "AES-GCM", length: 256 }, false, ["encrypt", "decrypt"]);
  return transact("readwrite", async (phones) => {
    const known = await asked(phones.get(person));
    const mine = known ?? { person, device: hexId(), next: 1, key: fresh };
    await asked(phones.put({ ...mine, next: mine.next + 1 }));
    return { ...mine, counter: mine.next };
  });
}
function put(row, device) {
  return transact("readwrite", async (phones, queue) => {
    const known = await asked(phones.get(row.person));
    if (known?.device !== device) {
      return false;
    }
    await asked(queue.put(row));
    return true;
  });
}
function sealed(iv, person, device, counter) {
  return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${person}/${device}/${counter}`) };
}
var encoded = (observation) => new TextEncoder().encode(JSON.stringify(observation));
var of = (person) => IDBKeyRange.bound([person, 0], [person, Number.MAX_SAFE_INTEGER]);
async function transact(mode, work) {
  const database = await connected();
  try {
    const transaction = database.transaction(["phones", "queue"], mode, { durability: "strict" });
    const ended = new Promise((resolve, reject) => {
      transaction.addEventListener("complete", () => resolve());
      transaction.addEventListener("abort", () => reject(new Unkept()));
    });
    const made = await Promise.all([work(transaction.objectStore("phones"), transaction.objectStore("queue")), ended]);
    return made[0];
  } finally {
    database.close();
  }
}
function asked(request) {
  return new Promise((resolve, reject) => {
    request.addEventListener("success", () => resolve(request.result));
    request.addEventListener("error", () => reject(new Unkept()));
  });
}
function connected() {
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

// src/handover/page.ts
var TAKEN_BACK = "taken-back";
var HELD = {
  "signed-out": "You are signed out. What you observed is kept on this phone, encrypted, and is sent once you have signed in again.",
  "another-person": "Another person is signed in here. What you observed is kept on this phone, encrypted, and is sent once you have signed in again.",
  "not-here": "This room is not open to you any more. What you observed is kept on this phone, encrypted; tell the host."
};
function start() {
  const root = document.querySelector("[data-handover]");
  const form = root?.querySelector("form[data-observe]");
  if (!root || !form || !("indexedDB" in globalThis) || !globalThis.crypto?.subtle) {
    return;
  }
  new Page(root, form).begin();
}
var Page = class {
  root;
  form;
  input;
  data;
  rows = /* @__PURE__ */ new Map();
  sender;
  last = null;
  sent = 0;
  constructor(root, form) {
    this.root = root;
    this.form = form;
    this.input = form.querySelector('input[name="number"]');
    this.data = JSON.parse(root.querySelector('script[type="application/json"]')?.textContent ?? "{}");
    root.querySelectorAll("[data-number]").forEach((row) => this.rows.set(row.dataset["number"] ?? "", row));
    this.sender = new Sender(this.data.person, phone, {
      waiting: (those) => this.showWaiting(those),
      sent: (those) => this.showSent(those),
      refused: (one, why2) => this.say(`${one.number}: ${why2}`, "data-held"),
      held: (why2) => this.showHeld(why2)
    });
  }
  begin() {
    this.form.noValidate = true;
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      void this.observe(event.submitter?.value ?? "");
    });
    this.root.querySelectorAll("form[data-take-back]").forEach(
      (form) => form.addEventListener("submit", (event) => {
        event.preventDefault();
        void this.takeBack(form);
      })
    );
    this.input.addEventListener("input", () => this.narrow());
    this.rows.forEach((row, number) => this.tappable(row, number));
    this.root.querySelector("[data-undo] button")?.addEventListener("click", () => void this.undo());
    const kick = () => void this.sender.kick();
    addEventListener("online", kick);
    addEventListener("pageshow", kick);
    document.addEventListener("visibilitychange", kick);
    void navigator.storage?.persist?.().catch(() => false);
    this.root.dataset["ready"] = "";
    kick();
  }
  /** A number that is tapped is chosen. */
  tappable(row, number) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = number;
    button.addEventListener("click", () => {
      this.input.value = number;
      this.narrow();
    });
    row.querySelector("strong")?.replaceWith(button);
  }
  /** Show the numbers that end in what is typed, and say which one is meant. */
  narrow() {
    const typed = this.input.value;
    const found = ending([...this.rows.keys()], typed);
    const only = typed.trim() !== "" && found.length === 1 ? found[0] : "";
    this.rows.forEach((row, number) => {
      row.hidden = !found.includes(number) && typed.trim() !== "";
      row.classList.toggle("chosen-one", number === only);
    });
    const words = only ? only : typed.trim() === "" ? "" : found.length > 1 ? `${found.length} numbers end so` : "No number here ends so";
    this.say(words, "data-chosen");
  }
  async observe(what) {
    const typed = this.input.value.trim().toUpperCase();
    const found = typed === "" ? [] : ending([...this.rows.keys()], typed);
    const whole = new RegExp(`^(?:${this.data.pattern})$`).test(typed);
    const number = found.length === 1 ? found[0] : found.length === 0 && whole ? typed : "";
    if (number === "") {
      this.say(found.length > 1 ? `${found.length} numbers end in ${typed}. Type more of it.` : "Type or tap a manifest number.", "data-chosen");
      this.input.focus();
      return;
    }
    this.input.value = "";
    this.narrow();
    this.last = this.keep(number, what, null);
    this.showUndo(`${number}: ${this.named(what)}`);
    if (await this.last === null) {
      this.showUndo(null);
    }
  }
  async undo() {
    const kept = this.last;
    this.last = null;
    this.showUndo(null);
    const last = await kept;
    if (last !== null) {
      await this.keep(last.number, TAKEN_BACK, `${last.device}/${last.counter}`);
    }
  }
  async takeBack(form) {
    const given = new FormData(form);
    const kept = await this.keep(String(given.get("number")), TAKEN_BACK, String(given.get("corrects")));
    if (kept !== null) {
      form.hidden = true;
    }
  }
  /** Keep an observation on this phone, and send it when that can be done; null where it could not be kept. */
  async keep(number, what, corrects) {
    const { queue: url, plan, stage, point, person } = this.data;
    const claimed = (/* @__PURE__ */ new Date()).toISOString();
    const observation = { url, act: hexId(), plan, stage, point, number, what, claimed, corrects };
    try {
      const kept = await phone.keep(person, observation);
      void this.sender.kick();
      return kept;
    } catch {
      this.say("This phone will not keep anything (a private window, or no room left). Nothing was observed. Use another browser.", "data-held");
      return null;
    }
  }
  showWaiting(those) {
    const n = those.length;
    const sent = this.sent > 0 ? ` Sent: ${this.sent}.` : "";
    this.say(n > 0 ? `Waiting on this phone, not sent yet: ${n}.${sent}` : sent && `Nothing waits on this phone.${sent}`, "data-queue");
    this.root.dataset["waiting"] = String(n);
    those.forEach((one) => this.mark(one, "waiting"));
  }
  showSent(those) {
    this.sent += those.length;
    those.forEach((one) => this.mark(one, "sent"));
  }
  mark(one, how) {
    const badge = this.rows.get(one.number)?.querySelector("[data-said]");
    if (badge) {
      badge.textContent = `${this.named(one.what)}, ${how}`;
      badge.className = `badge ${how}`;
    }
  }
  showHeld(why2) {
    const place = this.say(why2 === null ? "" : HELD[why2] + " ", "data-held");
    if (why2 !== null && why2 !== "not-here" && place) {
      const link = document.createElement("a");
      link.href = `${this.data.sign_in}?next=${encodeURIComponent(location.pathname)}`;
      link.textContent = "Sign in";
      place.append(link);
    }
  }
  showUndo(words) {
    const place = this.root.querySelector("[data-undo]");
    if (place) {
      place.hidden = words === null;
      place.querySelector("span").textContent = words ?? "";
    }
  }
  named(what) {
    const button = this.form.querySelector(`button[value="${CSS.escape(what)}"]`);
    return what === TAKEN_BACK ? "taken back" : (button?.textContent ?? what).trim().toLowerCase();
  }
  say(words, where) {
    const place = this.root.querySelector(`[${where}]`);
    if (place) {
      place.textContent = words;
      place.hidden = words === "";
    }
    return place;
  }
};

// src/handover/index.ts
start();
