// SPDX-License-Identifier: MPL-2.0
// @ts-check
// core/holds.js with the send flow, against a store and a mail program in memory: what leaves, once, and what is asked.
import assert from "node:assert/strict";
import { webcrypto } from "node:crypto";
import { test } from "node:test";
import { Failure } from "../../extension/core/failure.js";
import { ASK_WHEN_LATE_MS, Holds, NEEDS_ANSWER_AFTER_MS } from "../../extension/core/holds.js";
import { SendFlow } from "../../extension/core/send_flow.js";
import { FakeClient, draft, send } from "./fake_client.mjs";
import { FakeTimers, settle } from "./fake_port.mjs";
import { asking } from "./verdicts.mjs";

// Browsers have it; Node.js 18 keeps it in a module.
globalThis.crypto ??= /** @type {Crypto} */ (webcrypto);

/** @typedef {import("../../extension/core/types").Hold} Hold */
/** @typedef {import("../../extension/core/types").ComposeKey} ComposeKey */

/** What outlives the mail program: the host's store, drafts and sent mails. */
function world() {
  return {
    /** @type {Map<string, Hold & {endsAt: number}>} */
    holds: new Map(),
    /** @type {Map<number, {message_id: string}>} */
    drafts: new Map(),
    /** @type {string[]} */
    sent: [],
    /** @type {{event: string, why?: string}[]} */
    records: [],
    lastId: 0,
    away: false,
    /** @type {import("../../extension/core/types").Patch} of hold.release */
    patch: {},
    /** @type {number} an error of hold.release */
    refusesRelease: 0,
    digest: "sha256:written",
  };
}

/**
 * One run of the mail program on that world.
 * @param {ReturnType<typeof world>} it
 * @param {{form?: Hold["form"], seconds?: number, timers?: FakeTimers, freshStart?: boolean, now?: {ms: number}}} [options]
 */
function run(it, { form = "draft", seconds = 300, timers = new FakeTimers(), freshStart = true, now = { ms: 0 } } = {}) {
  const client = new FakeClient();
  client.capabilities = [...client.capabilities, "hold"];
  client.person = () => send();
  const log = /** @type {string[]} */ ([]);
  /** @type {Map<ComposeKey, number | null>} open windows, with the draft that is theirs */
  const windows = new Map();
  /** How the mail program sends: settles, rejects, or waits. @type {(compose: ComposeKey) => Promise<string>} */
  let deliver = async () => "<sent@x.example>";

  /** Drafts that were moved to the trash. @type {string[]} */
  const trash = [];
  const refuse = (/** @type {number} */ code) => {
    throw new Failure("host_error", "refused", { code });
  };
  const one = (/** @type {any} */ { hold_id }) => it.holds.get(hold_id) ?? refuse(1501);
  const shown = (/** @type {Hold & {endsAt: number}} */ { endsAt, ...hold }) => ({
    ...hold,
    remaining_ms: Math.max(0, endsAt - now.ms),
    late_ms: Math.max(0, now.ms - endsAt),
  });
  /** @type {Record<string, (params: any) => any>} */
  const methods = {
    "draft.evaluate": ({ compose_id, revision }) => ({ compose_id, revision, verdict: asking({ disposition: "delay", hold_seconds: seconds }) }),
    "draft.commit": () => ({ patch: {}, result_digest: "sha256:result", hold_seconds: seconds }),
    "draft.verify": () => ({ matches: true, digest: "sha256:result" }),
    "hold.put": (params) => {
      if (!params.where) {
        /** @type {Hold & {endsAt: number}} */
        const hold = {
          hold_id: params.hold_id, state: "saving", why: "", hold_seconds: seconds, release_at: "2026-11-20T09:05:00Z", remaining_ms: 0, late_ms: 0, form,
          may_cancel: true, subject: "Plan", recipients: ["ito@c-corp.example"], recipients_total: 1, digest: it.digest, where: {}, endsAt: now.ms + seconds * 1000,
        };
        it.holds.set(params.hold_id, hold);
        return { hold: shown(hold) };
      }
      const hold = one(params);
      hold.where = params.where;
      if (hold.state === "saving") hold.state = "waiting";
      return { hold: shown(hold) };
    },
    "hold.list": () => ({ holds: [...it.holds.values()].map(shown) }),
    "hold.release": (params) => {
      const hold = one(params);
      if (it.refusesRelease) refuse(it.refusesRelease);
      if (hold.digest !== it.digest) refuse(1201);
      if (hold.state !== "waiting" && !(hold.state === "asked" && params.by_person)) refuse(1502);
      if (!params.by_person && hold.endsAt > now.ms) refuse(1503);
      hold.state = "releasing";
      return { patch: it.patch, result_digest: "sha256:result" };
    },
    "hold.ask": (params) => {
      const hold = one(params);
      Object.assign(hold, { state: "asked", why: params.why });
      return { hold: shown(hold) };
    },
    "hold.sent": (params) => {
      one(params);
      it.holds.delete(params.hold_id);
      it.records.push({ event: "sent", why: params.compose_id });
      return {};
    },
    "hold.cancel": (params) => {
      if (one(params).state === "releasing") refuse(1502);
      if (params.why === "taken_back" && !one(params).may_cancel) refuse(1504);
      it.holds.delete(params.hold_id);
      it.records.push({ event: "cancelled", why: params.why });
      return {};
    },
  };
  const host = {
    request: async (/** @type {string} */ method, /** @type {any} */ params) => {
      await settle();
      if (it.away) throw new Failure("host_crashed", "away");
      return methods[method]?.(params) ?? {};
    },
  };
  const saved = (/** @type {ComposeKey} */ compose) => {
    const message_id = `draft-${++it.lastId}@x.example`;
    it.drafts.set(it.lastId, { message_id });
    const former = windows.get(compose);
    if (former) it.drafts.delete(former);
    windows.set(compose, it.lastId);
    return { message_id };
  };
  /** @type {import("../../extension/core/types").HeldMailClient} */
  const keeper = {
    owner: async () => "profile",
    isFreshStart: async () => freshStart,
    saveDraft: async (compose) => saved(compose),
    minimise: async () => void log.push("minimised"),
    closeWindow: async (compose) => {
      windows.delete(compose);
      flow.forget(compose);
      log.push("closed");
    },
    reveal: async () => void log.push("revealed"),
    findDraft: async (where) => [...it.drafts].find(([, { message_id }]) => message_id === where.message_id)?.[0] ?? null,
    findUnnoted: async () => [...it.drafts.values()][0] ?? null,
    openDraft: async () => {
      const compose = 100 + ++it.lastId;
      windows.set(compose, null);
      client.drafts.set(compose, draft());
      return compose;
    },
    openForWriting: async (handle) => {
      saved(100 + ++it.lastId);
      it.drafts.delete(Number(handle));
      log.push("opened");
    },
    removeDraft: async (handle) => void it.drafts.delete(Number(handle)),
    discardDraft: async (handle) => {
      trash.push(it.drafts.get(Number(handle))?.message_id ?? "");
      it.drafts.delete(Number(handle));
    },
    send: async (compose) => {
      const decision = await flow.decide(compose);
      if (!decision.allow) {
        await flow.report(compose, { sent: false, messageId: "" });
        throw new Error("aborted");
      }
      const messageId = await deliver(compose);
      it.sent.push(String(compose));
      const own = windows.get(compose);
      if (own) it.drafts.delete(own);
      windows.delete(compose);
      await flow.report(compose, { sent: true, messageId });
      return messageId;
    },
    findSent: async () => (it.sent.length > 0 ? "<sent@x.example>" : null),
    showCountdown: async () => void log.push("countdown"),
    showAsking: async () => void log.push("asking"),
    showCount: async () => {},
    notify: (what) => void log.push(`notified ${what}`),
    couldNotHold: async () => void log.push("could not hold"),
  };
  const clock = () => now.ms;
  const holds = new Holds({ client: keeper, host: /** @type {any} */ (host), setTimer: timers.set, clearTimer: timers.clear, clock });
  const flow = new SendFlow({ client, host: /** @type {any} */ (host), records: { add: async () => {} }, holds, session: "s", setTimer: timers.set, clearTimer: timers.clear });
  const pass = async (/** @type {number} */ ms) => {
    // Step by step, so that what a timer starts sees the time at which it was started.
    for (let left = ms; left > 0; left -= 1_000) {
      now.ms += Math.min(left, 1_000);
      await timers.pass(Math.min(left, 1_000));
      for (let turn = 0; turn < 6; turn++) await settle();
    }
  };
  /** Send is pressed and confirmed. @param {ComposeKey} [compose] */
  const confirm = async (compose = 1) => {
    windows.set(compose, null);
    const decision = await flow.decide(compose);
    await flow.report(compose, { sent: false, messageId: "" });
    await pass(200);
    return decision;
  };
  const held = () => [...it.holds.values()];
  return { client, confirm, deliver: (/** @type {typeof deliver} */ how) => (deliver = how), flow, held, holds, keeper, log, now, pass, timers, trash, windows };
}

test("confirmed, put away, sent once in its time, and nothing is left", async () => {
  const it = world();
  const { confirm, held, log, pass, client } = run(it);
  assert.deepEqual(await confirm(), { allow: false, why: "held", failure: null });
  assert.deepEqual(held().map(({ state }) => state), ["waiting"]);
  assert.deepEqual(log, ["closed", "notified held"]);
  assert.deepEqual(client.marks, ["none"]);
  await pass(299_000);
  assert.equal(it.sent.length, 0);
  await pass(2_000);
  assert.equal(it.sent.length, 1);
  await pass(600_000);
  assert.equal(it.sent.length, 1);
  assert.deepEqual([it.holds.size, it.drafts.size], [0, 0]);
  assert.match(it.records[0]?.why ?? "", /^c-\d+-s$/);
  assert.equal(it.records.length, 1);
});

test("a short one stays in its window and is counted down; taken back, the window is there again", async () => {
  const it = world();
  const { confirm, held, holds, log, pass, windows } = run(it, { form: "countdown", seconds: 10 });
  await confirm();
  assert.deepEqual(log, ["minimised", "countdown"]);
  await holds.cancel(held()[0]?.hold_id ?? "", "taken_back");
  assert.equal(log.at(-1), "revealed");
  assert.ok(windows.has(1));
  await pass(20_000);
  assert.equal(it.sent.length, 0);
  assert.deepEqual(it.records, [{ event: "cancelled", why: "taken_back" }]);
  // The window is like any other: it asks, and holds again.
  assert.equal((await confirm()).why, "held");
  await pass(11_000);
  assert.equal(it.sent.length, 1);
});

test("a held window that the person closes leaves from the drafts", async () => {
  const it = world();
  const { confirm, flow, pass, windows } = run(it, { form: "countdown", seconds: 10 });
  await confirm();
  windows.delete(1);
  flow.forget(1);
  await pass(11_000);
  assert.equal(it.sent.length, 1);
  assert.deepEqual([it.holds.size, it.drafts.size], [0, 0]);
});

test("Send, pressed in the window of a held mail, sends it now, once", async () => {
  const it = world();
  const { confirm, keeper, pass } = run(it, { form: "countdown", seconds: 20 });
  await confirm();
  await keeper.send(1);
  await pass(40_000);
  assert.equal(it.sent.length, 1);
  assert.equal(it.holds.size, 0);
});

test("send now, and twice: it leaves once", async () => {
  const it = world();
  const { confirm, held, holds, pass } = run(it);
  await confirm();
  const id = held()[0]?.hold_id ?? "";
  await Promise.all([holds.sendNow(id), holds.sendNow(id)]);
  await pass(400_000);
  assert.equal(it.sent.length, 1);
});

test("taken back from the drafts: opened to be written in, with one draft", async () => {
  const it = world();
  const { confirm, held, holds, log, pass } = run(it);
  await confirm();
  await holds.cancel(held()[0]?.hold_id ?? "", "taken_back");
  assert.equal(log.at(-1), "opened");
  assert.equal(it.drafts.size, 1);
  await pass(400_000);
  assert.equal(it.sent.length, 0);
});

test("a mail that has become another one is asked about like a new one", async () => {
  const it = world();
  const { confirm, held, log, pass, client } = run(it);
  await confirm();
  it.digest = "sha256:another";
  let asked = 0;
  client.person = () => {
    asked += 1;
    return { type: "back" };
  };
  await pass(301_000);
  assert.equal(asked, 1);
  assert.equal(it.sent.length, 0);
  assert.equal(held().length, 0);
  assert.ok(log.includes("revealed"));
  assert.deepEqual(it.records, [{ event: "cancelled", why: "changed" }]);
});

test("a draft that is gone is asked about, and one that was sent from elsewhere is not sent again", async () => {
  const it = world();
  const first = run(it);
  await first.confirm();
  it.drafts.clear();
  await first.pass(301_000);
  assert.equal(first.held()[0]?.why, "not_found");
  assert.equal(first.log.at(-1), "asking");

  const other = world();
  const second = run(other);
  await second.confirm();
  other.drafts.clear();
  other.sent.push("elsewhere");
  await second.pass(301_000);
  assert.deepEqual(other.records, [{ event: "cancelled", why: "gone" }]);
  assert.deepEqual(other.sent, ["elsewhere"]);
});

test("a server or a prompt that refuses: asked, never tried again on its own", async () => {
  const it = world();
  const house = run(it);
  await house.confirm();
  let tries = 0;
  house.deliver(async () => {
    tries += 1;
    throw new Error("refused");
  });
  await house.pass(700_000);
  assert.equal(tries, 1);
  assert.deepEqual(house.held().map(({ state, why }) => [state, why]), [["asked", "refused"]]);
  house.deliver(async () => "<sent@x.example>");
  await house.holds.sendNow(house.held()[0]?.hold_id ?? "");
  assert.equal(it.sent.length, 1);
});

test("a prompt of the mail program's: the window is shown, and nothing is pressed for the person", async () => {
  const it = world();
  const house = run(it, { seconds: 10 });
  await house.confirm();
  let answer = () => {};
  house.deliver(() => new Promise((resolve) => (answer = () => resolve("<sent@x.example>"))));
  await house.pass(10_000 + NEEDS_ANSWER_AFTER_MS + 1_000);
  assert.ok(house.log.includes("notified needs_answer"));
  assert.equal(it.sent.length, 0);
  answer();
  await house.pass(1_000);
  assert.equal(it.sent.length, 1);
  assert.equal(it.holds.size, 0);
});

test("the program ends at each step: on the next start it leaves in time, or is asked about; never twice", async () => {
  for (const [state, left, expected] of /** @type {const} */ ([
    ["saving", false, "interrupted"],
    ["waiting", false, ""],
    ["releasing", false, "interrupted"],
    ["releasing", true, "found"],
  ])) {
    const it = world();
    const before = run(it);
    await before.confirm();
    const hold = before.held()[0];
    assert.ok(hold);
    hold.state = state;
    if (state === "saving") hold.where = {};
    if (left) it.sent.push("before");
    const after = run(it, { now: { ms: 100_000 } });
    await after.holds.start();
    await after.pass(500_000);
    const now = after.held()[0];
    if (expected === "") assert.deepEqual([it.sent.length, it.holds.size, it.drafts.size], [1, 0, 0], state);
    else if (expected === "found") assert.deepEqual([it.sent.length, it.holds.size, it.drafts.size], [1, 0, 0], state);
    else {
      assert.equal(now?.why, expected, state);
      assert.equal(it.sent.length, 0, state);
      assert.ok(after.log.includes("asking"), state);
      await after.holds.sendNow(now?.hold_id ?? "");
      assert.equal(it.sent.length, 1, state);
    }
  }
});

test("overdue after a restart, or after a long sleep: asked; when only the page was stopped it leaves", async () => {
  const it = world();
  await run(it).confirm();
  const restarted = run(it, { now: { ms: 301_000 } });
  // Slow to say so: nothing may leave before it is known.
  const fresh = restarted.keeper.isFreshStart;
  restarted.keeper.isFreshStart = async () => {
    await restarted.pass(3_000);
    return fresh();
  };
  await restarted.holds.start();
  await restarted.pass(5_000);
  assert.equal(restarted.held()[0]?.why, "overdue");
  assert.equal(it.sent.length, 0);

  const other = world();
  await run(other).confirm();
  const again = run(other, { now: { ms: 301_000 }, freshStart: false });
  await again.holds.start();
  await again.pass(5_000);
  assert.equal(other.sent.length, 1);

  const slept = world();
  const sleeper = run(slept);
  await sleeper.confirm();
  sleeper.now.ms += 300_000 + ASK_WHEN_LATE_MS + 60_000;
  await sleeper.holds.start();
  await sleeper.pass(5_000);
  assert.equal(sleeper.held()[0]?.why, "overdue");
});

test("a host that is away in its moment: the mail waits, and leaves when the host is back", async () => {
  const it = world();
  const { confirm, pass } = run(it);
  await confirm();
  it.away = true;
  await pass(320_000);
  assert.equal(it.sent.length, 0);
  it.away = false;
  await pass(60_000);
  assert.equal(it.sent.length, 1);
});

test("a store that takes no hold: the mail stays in its window, and the person is told", async () => {
  const it = world();
  const house = run(it);
  const request = house.keeper.owner;
  house.keeper.owner = async () => {
    throw new Failure("host_error", "no store", { code: 1401 });
  };
  house.windows.set(1, null);
  assert.equal((await house.flow.decide(1)).why, "failed");
  house.keeper.owner = request;
  await house.pass(400_000);
  assert.equal(it.sent.length, 0);
  assert.ok(house.windows.has(1));
});

test("a draft that the person opens is theirs again", async () => {
  const it = world();
  const { confirm, held, holds, pass, log } = run(it);
  await confirm();
  await holds.draftOpened(50, held()[0]?.where.message_id ?? "");
  assert.equal(log.at(-1), "notified taken_back");
  await pass(400_000);
  assert.equal(it.sent.length, 0);
});

/** A mail program that sends in the background: the window goes, and nobody says anything. @param {ReturnType<typeof run>} house */
function saysNothing(house) {
  house.deliver((compose) => {
    house.windows.delete(compose);
    house.flow.forget(compose);
    return new Promise(() => {});
  });
}

test("whether it has left is not known: asked as that, and never as a mail that stayed", async () => {
  const it = world();
  const house = run(it);
  await house.confirm();
  saysNothing(house);
  await house.pass(400_000);
  assert.deepEqual(house.held().map(({ state, why }) => [state, why]), [["asked", "interrupted"]]);
  assert.ok(!house.log.includes("notified refused"), house.log.join());
  assert.equal(house.log.at(-1), "asking");
  assert.equal(it.drafts.size, 1);
  // By then it lies among the sent mails: saying "send" does not send it again, and the draft stays.
  it.sent.push("in the background");
  await house.holds.sendNow(house.held()[0]?.hold_id ?? "");
  await house.pass(10_000);
  assert.deepEqual([it.sent.length, house.held().length, it.drafts.size], [1, 0, 1]);
  assert.equal(house.log.at(-1), "notified gone");
});

test("a mail that is only seen among the sent ones keeps its draft in the trash", async () => {
  const it = world();
  const house = run(it);
  await house.confirm();
  saysNothing(house);
  await house.pass(303_000);
  it.sent.push("in the background");
  await house.pass(5_000);
  assert.deepEqual([house.held().length, it.drafts.size, house.trash.length], [0, 0, 1]);
  assert.equal(house.log.at(-1), "notified looks_sent");

  const other = world();
  const before = run(other);
  await before.confirm();
  const hold = before.held()[0];
  assert.ok(hold);
  hold.state = "releasing";
  other.sent.push("before");
  const after = run(other, { now: { ms: 100_000 } });
  await after.holds.start();
  assert.deepEqual([after.held().length, after.trash.length], [0, 1]);
  assert.equal(after.log.at(-1), "notified looks_sent");
});

test("Send in the window of a held mail whose turn it is not changes nothing, and it leaves in its time", async () => {
  for (const code of [1502, 1503]) {
    const it = world();
    const house = run(it, { form: "countdown", seconds: 30 });
    await house.confirm();
    it.refusesRelease = code;
    await assert.rejects(house.keeper.send(1));
    await house.pass(2_000);
    assert.deepEqual(house.held().map(({ state, why }) => [state, why]), [["waiting", ""]], String(code));
    assert.ok(!house.log.includes("notified refused"));
    it.refusesRelease = 0;
    await house.pass(40_000);
    assert.deepEqual([it.sent.length, house.held().length], [1, 0], String(code));
  }
});

test("let go by itself when its turn is not come, the window that was opened for it is closed again", async () => {
  const it = world();
  const house = run(it);
  await house.confirm();
  it.refusesRelease = 1502;
  await house.pass(301_000);
  const hold = house.held()[0];
  assert.ok(hold);
  hold.state = "releasing";
  assert.equal(house.log.at(-1), "closed");
  assert.ok(!house.log.includes("notified refused"));
  assert.equal(it.drafts.size, 1);
});

test("Send in its window that ends in a failure is told, also where the mail program says nothing of it", async () => {
  const it = world();
  const house = run(it, { form: "countdown", seconds: 300 });
  await house.confirm();
  house.client.readDraft = async () => {
    throw new Error("the window does not answer");
  };
  const decision = await house.flow.decide(1);
  assert.equal(decision.why, "failed");
  await house.pass(1_000);
  assert.deepEqual(house.held().map(({ state, why }) => [state, why]), [["asked", "refused"]]);
  // Nothing is left under way: the person can take it back.
  await house.holds.cancel(house.held()[0]?.hold_id ?? "", "taken_back");
  assert.equal(house.held().length, 0);
});

test("a change that cannot be taken back is still told: the mail has not left", async () => {
  const it = world();
  const house = run(it, { form: "countdown", seconds: 10 });
  await house.confirm();
  it.patch = { subject: "Plan (C)" };
  house.deliver(async () => {
    house.client.readDraft = async () => {
      throw new Error("the window does not answer");
    };
    await house.flow.report(1, { sent: false, messageId: "" }).catch(() => {});
    return new Promise(() => {});
  });
  await house.pass(20_000);
  assert.deepEqual(house.held().map(({ state, why }) => [state, why]), [["asked", "refused"]]);
});

test("an opened draft that cannot be taken back does not leave while it is open", async () => {
  const it = world();
  const house = run(it);
  await house.confirm();
  it.away = true;
  house.windows.set(50, null);
  await house.holds.draftOpened(50, house.held()[0]?.where.message_id ?? "");
  assert.equal(house.log.at(-1), "notified open");
  // Only this one step failed: the host is back long before the mail's time, and nobody has told it.
  it.away = false;
  await house.pass(310_000);
  assert.equal(it.sent.length, 0);
  await house.holds.start();
  assert.equal(house.log.at(-1), "notified taken_back");
  assert.equal(house.held().length, 0);
});

test("opened, and a rule does not let it be taken back: it leaves when the window is closed, or once by Send in it", async () => {
  for (const how of ["closed", "sent"]) {
    const it = world();
    const house = run(it);
    await house.confirm();
    const hold = house.held()[0];
    assert.ok(hold);
    hold.may_cancel = false;
    house.windows.set(50, null);
    house.client.drafts.set(50, draft());
    await house.holds.draftOpened(50, hold.where.message_id ?? "");
    await house.pass(310_000);
    assert.deepEqual([it.sent.length, house.held().length], [0, 1], how);
    if (how === "closed") {
      house.windows.delete(50);
      house.flow.forget(50);
    } else {
      await house.keeper.send(50);
    }
    await house.pass(10_000);
    assert.deepEqual([it.sent.length, house.held().length], [1, 0], how);
  }
});

test("newsgroups that were added to a held mail are another mail, which is checked", async () => {
  const it = world();
  const house = run(it, { form: "countdown", seconds: 10 });
  await house.confirm();
  house.client.drafts.set(1, draft({ newsgroups: ["misc.test"] }));
  await house.pass(20_000);
  assert.equal(it.sent.length, 0);
  assert.deepEqual(house.client.failures.map(({ kind }) => kind), ["newsgroups"]);
  assert.deepEqual(it.records, [{ event: "cancelled", why: "changed" }]);
});
