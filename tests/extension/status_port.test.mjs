// SPDX-License-Identifier: MPL-2.0
// @ts-check
// core/status_port.js: what the status page is told of a host that answers, is older, is missing, or refuses.
import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../extension/core/failure.js";
import { serveStatus } from "../../extension/core/status_port.js";
import { settle } from "./fake_port.mjs";

const STATUS = { host: { version: "0.1.0", started: "2026-11-20T09:00:00Z" } };

/** @param {Record<string, (params: any) => any>} methods */
function page(methods) {
  /** @type {any[]} */
  const told = [];
  /** @type {((message: any) => void)[]} */
  const hears = [];
  /** @type {(() => void)[]} */
  const ends = [];
  /** @type {any} */
  const port = {
    postMessage: (/** @type {any} */ message) => told.push(message),
    onMessage: { addListener: (/** @type {any} */ callback) => hears.push(callback) },
    onDisconnect: { addListener: (/** @type {any} */ callback) => ends.push(callback) },
  };
  const client = { aboutItself: async () => ({ version: "0.1.0", program: "Fake 1", os: "linux" }), ownAddresses: async () => ["me@kodama.example.jp"] };
  const request = async (/** @type {string} */ method, /** @type {any} */ params) => {
    const answer = methods[method];
    if (!answer) throw new Failure("host_too_old", "unknown method", { code: -32601 });
    return answer(params);
  };
  serveStatus(port, { client, host: /** @type {any} */ ({ request }) });
  return { told, say: (/** @type {any} */ message) => hears.forEach((callback) => callback(message)), end: () => ends.forEach((callback) => callback()) };
}

test("a host that answers is told with what is proposed for the person's addresses", async () => {
  const { told, say } = page({ status: () => STATUS, own_domains: ({ addresses }) => ({ managed: false, domains: [], proposed: addresses, file: "f" }) });
  await settle();
  assert.equal(told.length, 1);
  assert.deepEqual(told[0].status.host, STATUS);
  assert.deepEqual(told[0].status.own.proposed, ["me@kodama.example.jp"]);
  assert.equal(told[0].status.failure, null);
  say({ type: "look" });
  await settle();
  assert.equal(told.length, 2);
});

test("a host that does not know the question guards all the same", async () => {
  const { told } = page({ status: () => STATUS });
  await settle();
  assert.deepEqual([told[0].status.failure, told[0].status.own], [null, null]);
});

test("a host that is not there is said, with its kind", async () => {
  const { told } = page({
    status: () => {
      throw new Failure("host_missing", "No such native application lastlook");
    },
  });
  await settle();
  assert.equal(told[0].status.failure.kind, "host_missing");
  assert.equal(told[0].status.host, null);
  assert.equal(told[0].status.os, "linux");
});

test("domains are set by the page alone, and a refusal is told as one", async () => {
  /** @type {any[]} */
  const set = [];
  const { told, say, end } = page({
    status: () => STATUS,
    own_domains: (params) => {
      if (params.domains?.includes("gmail.com")) throw new Failure("host_error", "a mail provider", { code: -32602 });
      if (params.domains) set.push(params.domains);
      return { managed: false, domains: params.domains ?? [], proposed: [], file: "f" };
    },
  });
  await settle();
  assert.deepEqual(set, []);
  say({ type: "set_domains", domains: "kodama.example.jp" });
  say({ type: "set_domains", domains: ["gmail.com"] });
  await settle();
  assert.deepEqual(told.at(-1), { type: "domains_refused", message: "a mail provider" });
  say({ type: "set_domains", domains: ["kodama.example.jp"] });
  await settle();
  assert.deepEqual([set, told.at(-1).own.domains], [[["kodama.example.jp"]], ["kodama.example.jp"]]);
  const before = told.length;
  end();
  say({ type: "look" });
  await settle();
  assert.equal(told.length, before);
});
