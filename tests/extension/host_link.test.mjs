// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { DEADLINES_MS, HostLink, RECONNECT_PAUSES_MS } from "../../extension/core/host_link.js";
import { FakePort, FakeTimers, HELLO, afterHello, settle } from "./fake_port.mjs";
import { verdict } from "./verdicts.mjs";

/** @typedef {import("./fake_port.mjs").Script} Script */

const EVALUATE = { compose_id: "c-1", revision: 1 };

/**
 * A link whose n-th port follows the n-th script; the last script serves all further ports.
 * @param {...Script} scripts
 */
function linkTo(...scripts) {
  const timers = new FakeTimers();
  /** @type {FakePort[]} */
  const ports = [];
  const link = new HostLink({
    connect: () => {
      const script = scripts[Math.min(ports.length, scripts.length - 1)] ?? (() => undefined);
      const port = new FakePort(script);
      ports.push(port);
      return port;
    },
    classifyDisconnect: (text) => (text.startsWith("No such") ? "host_missing" : "host_crashed"),
    hello: async () => ({ client: { name: "test", version: "0.1.0" }, capabilities: ["recipients"], lang: "en" }),
    setTimer: timers.set,
    clearTimer: timers.clear,
  });
  return { link, ports, timers };
}

/** @type {Script} */
const answers = afterHello(({ method, params }) =>
  method === "draft.evaluate" ? { compose_id: params.compose_id, revision: params.revision, verdict: verdict() } : {},
);

/** @type {Script} */
const silent = afterHello(() => undefined);

/**
 * @param {Promise<unknown>} promise
 * @param {string} kind
 */
async function failsWith(promise, kind) {
  await assert.rejects(promise, (/** @type {any} */ error) => {
    assert.equal(error.kind, kind, error.message);
    return true;
  });
}

test("says hello once, with its capabilities, before anything else", async () => {
  const { link, ports } = linkTo(answers);
  link.start();
  await link.request("draft.evaluate", EVALUATE);
  await link.request("draft.evaluate", { ...EVALUATE, revision: 2 });
  assert.equal(ports.length, 1);
  assert.deepEqual(ports[0]?.requests.map(({ method }) => method), ["hello", "draft.evaluate", "draft.evaluate"]);
  assert.deepEqual(ports[0]?.requests[0]?.params.capabilities, ["recipients"]);
  assert.equal(ports[0]?.requests[0]?.params.protocol, 1);
});

test("answers in any order find their requests", async () => {
  /** @type {any[]} */
  const held = [];
  const { link } = linkTo(
    afterHello((request, port) => {
      held.push(request);
      if (held.length < 2) return undefined;
      for (const { id, params } of held.reverse()) {
        port.say({ jsonrpc: "2.0", id, result: { compose_id: params.compose_id, revision: 1, verdict: verdict() } });
      }
      return undefined;
    }),
  );
  const both = await Promise.all([
    link.request("draft.evaluate", { compose_id: "c-1", revision: 1 }),
    link.request("draft.evaluate", { compose_id: "c-2", revision: 1 }),
  ]);
  assert.deepEqual(both.map(({ compose_id }) => compose_id), ["c-1", "c-2"]);
});

test("a missing host is told from one that crashed", async () => {
  const missing = linkTo((_, port) => port.die("No such native application lastlook"));
  await failsWith(missing.link.request("draft.evaluate", EVALUATE), "host_missing");
  const crashed = linkTo(afterHello((_, port) => port.die()));
  await failsWith(crashed.link.request("draft.evaluate", EVALUATE), "host_crashed");
});

test("connect throwing means the host is missing", async () => {
  const link = new HostLink({
    connect: () => {
      throw new Error("nativeMessaging is not allowed");
    },
    classifyDisconnect: () => "host_crashed",
    hello: async () => ({}),
  });
  await failsWith(link.ready(), "host_missing");
});

test("a disconnect fails everything that waits", async () => {
  const { link, ports } = linkTo(silent);
  const pending = [link.request("draft.evaluate", EVALUATE), link.request("draft.commit", {}), link.request("status", {})];
  const checks = pending.map((promise) => failsWith(promise, "host_crashed"));
  await settle();
  ports[0]?.die();
  await Promise.all(checks);
});

for (const method of /** @type {const} */ (["draft.evaluate", "draft.fix", "draft.commit", "draft.verify"])) {
  test(`${method} has a deadline, and a host that hangs is not asked again on the same port`, async () => {
    const { link, ports, timers } = linkTo(silent, answers);
    const check = failsWith(link.request(method, {}), "host_timeout");
    await timers.pass(DEADLINES_MS[method] - 1);
    assert.equal(ports[0]?.open, true);
    await timers.pass(1);
    await check;
    assert.equal(ports[0]?.open, false);
    await link.request("draft.evaluate", EVALUATE);
    assert.equal(ports.length, 2);
  });
}

test("hello has a deadline", async () => {
  const { link, timers } = linkTo(() => undefined);
  const check = failsWith(link.request("draft.evaluate", EVALUATE), "host_timeout");
  await timers.pass(DEADLINES_MS.hello);
  await check;
});

test("deadlines stay in the range a person waits for", () => {
  for (const [method, ms] of Object.entries(DEADLINES_MS)) {
    assert.ok(ms >= 1_000 && ms <= 10_000, `${method}: ${ms} ms`);
  }
});

test("a later send reaches a host that was missing before", async () => {
  const { link } = linkTo((_, port) => port.die("No such native application lastlook"), answers);
  await failsWith(link.request("draft.evaluate", EVALUATE), "host_missing");
  assert.equal((await link.request("draft.evaluate", EVALUATE)).revision, 1);
});

test("a crashed host is brought back with growing pauses, a missing one is not polled", async () => {
  const crashing = linkTo((_, port) => port.die());
  crashing.link.start();
  await settle();
  assert.equal(crashing.ports.length, 1);
  await crashing.timers.pass(RECONNECT_PAUSES_MS[0] ?? 0);
  assert.equal(crashing.ports.length, 2);
  await crashing.timers.pass((RECONNECT_PAUSES_MS[1] ?? 0) - 1);
  assert.equal(crashing.ports.length, 2);
  await crashing.timers.pass(1);
  assert.equal(crashing.ports.length, 3);
  await crashing.timers.pass(3_600_000);
  assert.equal(crashing.ports.length, RECONNECT_PAUSES_MS.length + 1, "it gives up until the next send");

  const missing = linkTo((_, port) => port.die("No such native application lastlook"));
  missing.link.start();
  await missing.timers.pass(3_600_000);
  assert.equal(missing.ports.length, 1);
});

test("a host that dies while idle is started again before the next send", async () => {
  const { link, ports, timers } = linkTo(answers);
  await link.ready();
  ports[0]?.die();
  await timers.pass(RECONNECT_PAUSES_MS[0] ?? 0);
  assert.equal(ports.length, 2);
});

/** @type {[string, any][]} */
const GARBAGE = [
  ["no object", "yes"],
  ["null", null],
  ["no id", { jsonrpc: "2.0", result: {} }],
  ["the wrong version", { jsonrpc: "1.0", id: 2, result: {} }],
  ["result and error", { jsonrpc: "2.0", id: 2, result: {}, error: { code: 1, message: "" } }],
  ["an error without a number", { jsonrpc: "2.0", id: 2, error: { code: "1201", message: "" } }],
  ["an answer nobody asked for", { jsonrpc: "2.0", id: 99, result: {} }],
  ["no verdict", { jsonrpc: "2.0", id: 2, result: { compose_id: "c-1", revision: 1 } }],
  ["a verdict that is a word", { jsonrpc: "2.0", id: 2, result: { compose_id: "c-1", revision: 1, verdict: "allow" } }],
];
for (const [name, raw] of GARBAGE) {
  test(`garbage: ${name}`, async () => {
    const { link, ports } = linkTo(afterHello(() => ({ raw })));
    await assert.rejects(link.request("draft.evaluate", EVALUATE), (/** @type {any} */ error) => {
      assert.ok(["host_garbage", "host_unknown_key"].includes(error.kind), error.kind);
      return true;
    });
    assert.equal(ports[0]?.open, false, "the port is not used again");
  });
}

/** @type {[string, any, string][]} */
const SPOILT = [
  ["an unknown key", { ...verdict(), alow: true }, "host_unknown_key"],
  ["an unknown key in the result", { ...verdict(), result: { ...verdict().result, fcc: [] } }, "host_unknown_key"],
  ["an unknown disposition", { ...verdict(), disposition: "send" }, "host_garbage"],
  ["an unknown need", { ...verdict(), needs: ["nothing"] }, "host_garbage"],
  ["an unknown side", { ...verdict(), recipients: [{ ...verdict().recipients[0], side: "friendly" }] }, "host_garbage"],
  ["acknowledge missing", (({ acknowledge, ...rest }) => rest)(verdict()), "host_garbage"],
  ["needs that is no array", { ...verdict(), needs: "confirm" }, "host_garbage"],
  ["a negative hold", { ...verdict(), hold_seconds: -1 }, "host_garbage"],
];
for (const [name, spoilt, kind] of SPOILT) {
  test(`a verdict with ${name} is refused`, async () => {
    const { link } = linkTo(afterHello(() => ({ compose_id: "c-1", revision: 1, verdict: spoilt })));
    await failsWith(link.request("draft.evaluate", EVALUATE), kind);
  });
}

test("a patch with an unknown key is refused", async () => {
  const result = { patch: { recipients: { to: [], cc: [], bcc: [] }, priority: "new" }, result_digest: "d", hold_seconds: 0 };
  const { link } = linkTo(afterHello(() => result));
  await failsWith(link.request("draft.commit", {}), "host_unknown_key");
});

/** @type {[string, unknown, string][]} */
const HELLOS = [
  ["protocol_mismatch, host old", { error: { code: 1010, message: "", data: { host_is_old: true } } }, "host_too_old"],
  ["protocol_mismatch, extension old", { error: { code: 1010, message: "", data: { host_is_old: false } } }, "host_too_new"],
  ["hello unknown", { error: { code: -32601, message: "" } }, "host_too_old"],
  ["another protocol", { ...HELLO, protocol: 2 }, "host_too_new"],
  ["no draft.verify", { ...HELLO, capabilities: ["draft.evaluate", "draft.commit"] }, "host_too_old"],
  ["not a hello", { hello: "world" }, "host_garbage"],
];
for (const [name, answer, kind] of HELLOS) {
  test(`hello: ${name}`, async () => {
    const { link } = linkTo(({ method }) => (method === "hello" ? answer : undefined));
    await failsWith(link.request("draft.evaluate", EVALUATE), kind);
  });
}

test("an error keeps its code and remedy", async () => {
  const error = { code: 1201, message: "stale", data: { name: "stale_digest", remedy: "check again" } };
  const { link } = linkTo(afterHello(() => ({ error })));
  await assert.rejects(link.request("draft.commit", {}), (/** @type {any} */ failure) => {
    assert.deepEqual([failure.kind, failure.code, failure.remedy], ["host_error", 1201, "check again"]);
    return true;
  });
});

test("an error without an id fails everything that waits, and the port stays", async () => {
  const { link, ports } = linkTo(
    afterHello(() => ({ raw: { jsonrpc: "2.0", id: null, error: { code: 1001, message: "too large" } } })),
    answers,
  );
  await failsWith(link.request("draft.evaluate", EVALUATE), "draft_too_large");
  assert.equal(ports[0]?.open, true);
});

/**
 * @param {unknown} result
 * @param {(chunk: any, index: number) => any} [spoil]
 * @returns {Script}
 */
function deferring(result, spoil = (chunk) => chunk) {
  const bytes = Buffer.from(JSON.stringify(result), "utf8");
  const step = 1000;
  let index = 0;
  return afterHello(({ method, params }) => {
    if (method !== "part.get") return { deferred: { token: "r1", size_bytes: bytes.length } };
    assert.equal(params.token, "r1");
    const end = Math.min(params.offset + step, bytes.length);
    const data = bytes.subarray(params.offset, end).toString("base64");
    return spoil({ data, offset: params.offset, size_bytes: bytes.length, last: end === bytes.length }, index++);
  });
}

test("a deferred result is pulled and checked like any other", async () => {
  const many = Array.from({ length: 200 }, (_, index) => ({ ...verdict().recipients[0], id: `to[${index}]`, name: "伊藤" }));
  const result = { compose_id: "c-1", revision: 1, verdict: verdict({ recipients: /** @type {any} */ (many) }) };
  const { link, ports } = linkTo(deferring(result));
  const answer = await link.request("draft.evaluate", EVALUATE);
  assert.equal(answer.verdict.recipients[199]?.name, "伊藤");
  assert.ok((ports[0]?.requests.length ?? 0) > 10);

  const spoilt = linkTo(deferring({ ...result, verdict: { ...verdict(), alow: true } }));
  await failsWith(spoilt.link.request("draft.evaluate", EVALUATE), "host_unknown_key");
});

/** @type {[string, (chunk: any, index: number) => any][]} */
const TORN = [
  ["a wrong offset", (chunk, index) => (index === 1 ? { ...chunk, offset: 5 } : chunk)],
  ["another size", (chunk) => ({ ...chunk, size_bytes: 7 })],
  ["an end too early", (chunk) => ({ ...chunk, last: true })],
  ["an empty piece", (chunk) => ({ ...chunk, data: "" })],
  ["no base64", (chunk) => ({ ...chunk, data: "%%%" })],
  ["bytes that are no JSON", (chunk) => ({ ...chunk, data: Buffer.alloc(Buffer.from(chunk.data, "base64").length, 0x20).toString("base64") })],
];
for (const [name, spoil] of TORN) {
  test(`a deferred result with ${name} is refused`, async () => {
    const { link } = linkTo(deferring({ compose_id: "c-1", revision: 1, verdict: verdict(), filler: "x".repeat(3000) }, spoil));
    await failsWith(link.request("draft.evaluate", EVALUATE), "host_garbage");
  });
}

test("a deferred result of absurd size is refused before a byte is pulled", async () => {
  const { link, ports } = linkTo(afterHello(() => ({ deferred: { token: "r1", size_bytes: 2 ** 40 } })));
  await failsWith(link.request("draft.evaluate", EVALUATE), "host_garbage");
  assert.equal(ports[0]?.requests.length, 2);
});
