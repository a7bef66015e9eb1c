/** Observations that wait: found by their ending, sent until acknowledged, wiped then, and never somebody else's. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ending, pause, type Answer, type Kept, type Observation } from "../src/handover/observation.ts";
import { Sender, type Held } from "../src/handover/sender.ts";
import type { Queue } from "../src/handover/store.ts";

const ME = "1".repeat(32);

function observation(number: string): Observation {
  const where = { url: "/rooms/r/handover/observations/", plan: "e:1", stage: 1, point: "bridge", corrects: null };
  return { ...where, act: number, number, what: "received", claimed: "2030-05-01T10:00:00.000Z" };
}

class Memory implements Queue {
  readonly rows: Kept[] = [];
  private next = 1;

  async keep(_: string, one: Observation): Promise<Kept> {
    const kept = { ...one, device: "9".repeat(32), counter: this.next++ };
    this.rows.push(kept);
    return kept;
  }

  async waiting(): Promise<Kept[]> {
    return [...this.rows];
  }

  async done(_: string, counters: readonly number[]): Promise<void> {
    this.rows.splice(0, this.rows.length, ...this.rows.filter((row) => !counters.includes(row.counter)));
  }
}

/** A server that keeps what arrives, by device and counter; `answers` are given first, one a request. */
class Site {
  readonly arrived: string[] = [];
  readonly asked: string[] = [];
  who = ME;
  answers: ((post: boolean) => Response | null)[] = [];
  refuses = "";

  fetch = async (_: unknown, how: RequestInit = {}): Promise<Response> => {
    const post = how.method === "POST";
    this.asked.push(post ? "POST" : "GET");
    const given = this.answers.shift()?.(post);
    if (given) {
      return given;
    }
    if (!post) {
      return Response.json({ who: this.who, token: "t" });
    }
    const { observations } = JSON.parse(String(how.body)) as { observations: Kept[] };
    const results = observations.map((one): Answer => this.take(one));
    return Response.json({ results });
  };

  private take(one: Kept): Answer {
    if (one.number === this.refuses) {
      return { state: "refused", why: "Nobody has this number." };
    }
    const known = this.arrived.includes(one.number);
    this.arrived.push(...(known ? [] : [one.number]));
    return { state: known ? "known" : "recorded", why: "" };
  }
}

function setUp(...numbers: string[]) {
  const queue = new Memory();
  const site = new Site();
  const said: { held: (Held | null)[]; sent: string[]; refused: string[] } = { held: [], sent: [], refused: [] };
  const told = {
    waiting: () => undefined,
    sent: (those: readonly Kept[]) => said.sent.push(...those.map((one) => one.number)),
    refused: (one: Kept, why: string) => said.refused.push(`${one.number}: ${why}`),
    held: (why: Held | null) => said.held.push(why),
  };
  const sender = new Sender(ME, queue, told, site.fetch as typeof fetch);
  const filled = Promise.all(numbers.map((number) => queue.keep(ME, observation(number))));
  return { queue, site, said, sender, filled };
}

test("what waits is sent, acknowledged and wiped", async () => {
  const { queue, site, said, sender, filled } = setUp("A1", "A2");
  await filled;
  await sender.kick();
  assert.deepEqual([site.arrived, said.sent, queue.rows], [["A1", "A2"], ["A1", "A2"], []]);
});

test("an answer that got lost is asked for again, and nothing arrives twice", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { queue, site, sender, filled } = setUp("A1");
  await filled;
  const losing = async (_: unknown, how: RequestInit = {}): Promise<Response> => {
    const answer = await site.fetch(_, how);
    if (how.method === "POST" && site.asked.length < 3) {
      throw new TypeError("the line went");
    }
    return answer;
  };
  const again = new Sender(ME, queue, { waiting() {}, sent() {}, refused() {}, held() {} }, losing as typeof fetch);
  await again.kick();
  assert.equal(queue.rows.length, 1);
  await again.kick();
  assert.deepEqual([site.arrived, queue.rows], [["A1"], []]);
  void sender;
});

test("a sign-in that ran out, another person and a closed room keep the queue and say so", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  for (const [status, held] of [[302, "signed-out"], [404, "not-here"], [409, "another-person"]] as const) {
    const { queue, site, said, sender, filled } = setUp("A1");
    await filled;
    site.answers = [() => new Response(null, { status })];
    await sender.kick();
    assert.deepEqual([said.held.at(-1), site.arrived, queue.rows.length], [held, [], 1]);
  }
  const { queue, site, said, sender, filled } = setUp("A1");
  await filled;
  site.who = "2".repeat(32);
  await sender.kick();
  assert.deepEqual([said.held.at(-1), site.asked, queue.rows.length], ["another-person", ["GET"], 1]);
});

test("one that is refused holds up no other, stays, and is not sent again by itself", async () => {
  const { queue, site, said, sender, filled } = setUp("A1", "ZZ", "A2");
  site.refuses = "ZZ";
  await filled;
  await sender.kick();
  assert.deepEqual([site.arrived, said.refused], [["A1", "A2"], ["ZZ: Nobody has this number."]]);
  assert.deepEqual(queue.rows.map((row) => row.number), ["ZZ"]);
  const asked = site.asked.length;
  await sender.kick();
  assert.equal(site.asked.length, asked);
});

test("a room that is closed to the person holds up no other", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { queue, site, said, sender } = setUp();
  await queue.keep(ME, { ...observation("A1"), url: "/rooms/gone/handover/observations/" });
  await queue.keep(ME, observation("A2"));
  site.answers = [() => new Response(null, { status: 404 })];
  await sender.kick();
  assert.deepEqual([site.arrived, queue.rows.map((row) => row.number), said.held.at(-1)], [["A2"], ["A1"], "not-here"]);
});

test("more than one request takes is sent in several", async () => {
  const numbers = Array.from({ length: 120 }, (_, n) => `N${n}`);
  const { queue, site, sender, filled } = setUp(...numbers);
  await filled;
  await sender.kick();
  assert.deepEqual([site.arrived.length, queue.rows], [120, []]);
  assert.equal(site.asked.filter((one) => one === "POST").length, 3);
});

test("a server that is not well is asked again later, less and less often", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const { queue, site, said, sender, filled } = setUp("A1");
  await filled;
  site.answers = [() => new Response(null, { status: 503 })];
  await sender.kick();
  assert.deepEqual([queue.rows.length, said.held.at(-1)], [1, null]);
  assert.deepEqual([0, 1, 2, 3, 9].map(pause), [2, 2, 4, 8, 60]);
});

test("a number is found by its ending, and in full where another one ends like it", () => {
  const numbers = ["AAAAA4", "BBBBB4", "4"];
  assert.deepEqual(ending(numbers, "a4"), ["AAAAA4"]);
  assert.deepEqual(ending(numbers, "4"), ["4"]);
  assert.deepEqual(ending(numbers, " bbbbb4 "), ["BBBBB4"]);
  assert.deepEqual(ending(numbers, ""), numbers);
  assert.deepEqual(ending(numbers, "X"), []);
});
