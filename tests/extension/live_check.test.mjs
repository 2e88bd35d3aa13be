// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { LOOK_EVERY_MS, LOOK_SHARE, LiveCheck, stateOf } from "../../extension/core/live_check.js";

const ASKED = { rule: "external", mode: "confirm", condition: "", title: "Outside", message: "One outside.", on: "draft", evidence: [], evidence_total: 0, fixes: [] };
const TOLD = { ...ASKED, rule: "size", mode: "warn", title: "Large", message: "A large mail." };
const TRIED = { ...ASKED, rule: "tried", mode: "simulate" };
const BLOCKED = { ...ASKED, rule: "stop", mode: "block" };

/** A mail that is written, a host that answers, a clock that the test moves. */
function desk() {
  const mail = { from: "me@a.example", to: ["ito@c-corp.example"], cc: [], bcc: [], replyTo: [], newsgroups: [], subject: "s", isPlainText: true, html: "", text: "t", attachments: [], headers: [] };
  /** @type {any} */
  const made = { mail, asked: [], told: [], timers: [], findings: [ASKED], sending: false, time: 0, reading: 0, reads: 0, fails: false };
  made.live = new LiveCheck({
    client: /** @type {any} */ ({
      readDraft: async () => {
        made.reads++;
        made.time += made.reading;
        return structuredClone(made.mail);
      },
      readContext: async () => ({ context: { identities: [] }, listNames: {} }),
    }),
    host: /** @type {any} */ ({
      request: async (/** @type {string} */ method, /** @type {any} */ params) => {
        made.asked.push({ method, ...params });
        if (made.fails) throw new Error("the host is away");
        return { verdict: { findings: made.findings, pending: [] } };
      },
    }),
    sending: () => made.sending,
    composeId: (compose) => `c-${compose}`,
    tell: (compose, state) => made.told.push([compose, state]),
    setTimer: (callback, ms) => made.timers.push({ callback, ms }) - 1,
    clearTimer: (timer) => {
      if (made.timers[timer]) made.timers[timer].callback = null;
    },
    now: () => made.time,
  });
  /** Lets the last timer run out; gives how long it was to wait. */
  made.tick = async () => {
    const timer = made.timers.at(-1);
    await timer?.callback?.();
    return timer?.ms;
  };
  return made;
}

test("the mail that is written is looked at again and again, and told of once", async () => {
  const { live, asked, told, tick, timers } = desk();
  live.watch(7);
  assert.equal(await tick(), 0, "at once");
  assert.equal(await tick(), LOOK_EVERY_MS);
  await tick();
  assert.equal(asked.length, 1, "an unchanged mail is not sent again");
  assert.equal(asked[0].purpose, "live");
  assert.equal(asked[0].compose_id, "live-c-7", "what is checked to be sent has another name");
  assert.deepEqual(told, [[7, { findings: [{ rule: "external", mode: "confirm", title: "Outside", message: "One outside." }], asks: 1 }]]);
  assert.equal(timers.length, 4);
});

test("what changed is asked again; who hears of it is told only when the answer is another one", async () => {
  const made = desk();
  made.live.watch(7);
  await made.tick();
  made.mail.text = "another";
  await made.tick();
  assert.equal(made.asked.length, 2);
  assert.equal(made.told.length, 1);
  made.mail.text = "a third";
  made.findings = [];
  await made.tick();
  assert.equal(made.told.length, 2);
  assert.equal(made.live.state(7).asks, 0);
});

test("nobody is looked at who is not written to", async () => {
  const made = desk();
  made.live.watch(7);
  await made.tick();
  made.live.watch(null);
  const { reads } = made;
  await made.tick();
  assert.equal(made.reads, reads, "the window lost the focus");
  made.live.watch(7);
  await made.tick();
  assert.equal(made.reads, reads + 1);
  made.live.watch(7);
  assert.equal(made.timers.filter((/** @type {any} */ timer) => timer.callback).length >= 1, true);
});

test("a look that ends after the focus has gone starts no other", async () => {
  const made = desk();
  made.live.watch(7);
  const running = made.timers.at(-1).callback();
  made.live.watch(null);
  await running;
  assert.equal(made.timers.length, 1);
});

test("looking takes a small part of the time, however long the mail is", async () => {
  const made = desk();
  made.reading = 400;
  made.live.watch(7);
  await made.tick();
  assert.equal(made.timers.at(-1).ms, 400 * LOOK_SHARE);
});

test("a mail that is being sent comes first; one without recipients is not asked about", async () => {
  const made = desk();
  made.sending = true;
  made.live.watch(7);
  await made.tick();
  assert.equal(made.reads, 0);
  made.sending = false;
  await made.tick();
  assert.equal(made.told.length, 1);
  made.mail.to = [];
  await made.tick();
  assert.equal(made.asked.length, 1);
  assert.deepEqual(made.told.at(-1), [7, { findings: [], asks: 0 }]);
});

test("a host that is away disturbs nobody who writes, and is asked again", async () => {
  const made = desk();
  made.fails = true;
  made.live.watch(7);
  await made.tick();
  assert.deepEqual(made.told, []);
  made.fails = false;
  await made.tick();
  assert.equal(made.asked.length, 2);
  assert.equal(made.told.length, 1);
});

test("a closed window is forgotten", async () => {
  const made = desk();
  made.live.watch(7);
  await made.tick();
  made.live.forget(7);
  assert.equal(made.live.state(7).asks, 0);
  await made.tick();
  assert.equal(made.asked.length, 1);
});

test("the gravest first; what is only tried out is not told", () => {
  const state = stateOf(/** @type {any} */ ({ findings: [TOLD, TRIED, ASKED, BLOCKED] }));
  assert.deepEqual(state.findings.map(({ rule }) => rule), ["stop", "external", "size"]);
  assert.equal(state.asks, 2);
});
