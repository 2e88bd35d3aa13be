// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { Failure } from "../../extension/core/failure.js";
import { BATCH, Learning } from "../../extension/core/learning.js";

/** @typedef {import("../../extension/core/types").SentHeader} SentHeader */
/** @typedef {import("../../extension/core/types").LearningRecord} LearningRecord */

const TARO = "taro@hikari.example.co.jp";
const SALES = "sales@hikari.example.co.jp";

/** @param {number} n @returns {SentHeader} */
const header = (n) => ({ date: "2026-11-20T00:00:00Z", to: [`p${n}@c-corp.example`], cc: [], bcc: [], message_id: `<${n}@k>` });

/** A host that keeps what it is taught, and a mail program with these folders. */
class World {
  /** @type {Map<string, {ids: Set<string>, complete: boolean, cursor: string}>} */
  taught = new Map();
  /** @type {number[]} sizes of the batches */
  batches = [];
  /** @type {LearningRecord | null} */
  record = null;
  breaksAfter = Infinity;
  /** @type {Record<string, {account: string | null, header: SentHeader | null}[]>} */
  folders;
  accounts = [TARO, SALES];
  busy = Promise.resolve();
  refused = "";
  reads = /** @type {[string, number][]} */ ([]);

  /** @param {Record<string, {account: string | null, header: SentHeader | null}[]>} folders */
  constructor(folders) {
    this.folders = folders;
  }

  learning() {
    const world = this;
    return new Learning({
      mail: {
        accounts: async () => this.accounts,
        folders: async () => Object.entries(this.folders).map(([id, mails]) => ({ id, count: mails.length })),
        async *read(id, from) {
          world.reads.push([id, from]);
          for (let at = from; at < (world.folders[id] ?? []).length; at += 170) yield (world.folders[id] ?? []).slice(at, at + 170);
        },
        loadLearning: async () => structuredClone(this.record),
        saveLearning: async (record) => void (this.record = structuredClone(record)),
      },
      host: { request: /** @type {any} */ ((/** @type {string} */ method, /** @type {any} */ params) => this.request(method, params)) },
      checks: { idle: () => this.busy },
      pause: async () => {},
    });
  }

  /** @param {string} method @param {any} params */
  async request(method, params) {
    if (method === "status") {
      const accounts = [...this.taught].map(([account, { ids, complete, cursor }]) => ({ account, complete, headers: ids.size, cursor }));
      return { store: { state: "ok", accounts } };
    }
    assert.equal(method, "history.learn");
    if (this.breaksAfter-- <= 0) throw new Failure("host_crashed", "gone");
    if (params.account === this.refused) throw new Failure("host_error", "no address", { code: -32602 });
    this.batches.push(params.headers.length);
    const state = this.taught.get(params.account) ?? { ids: new Set(), complete: false, cursor: "" };
    for (const { message_id } of params.headers) state.ids.add(message_id);
    this.taught.set(params.account, { ids: state.ids, complete: state.complete || params.complete, cursor: params.cursor });
    return { account: params.account, complete: params.complete, headers: state.ids.size, cursor: params.cursor };
  }
}

/** @param {number} count @param {string | null} account @param {number} [first] */
const mails = (count, account, first = 0) => Array.from({ length: count }, (_, n) => ({ account, header: header(first + n) }));

test("every mail of the person is learnt, of each account, and then the account is complete", async () => {
  const world = new World({ own: [...mails(450, TARO), ...mails(3, null, 900)], shared: [...mails(5, SALES, 1000), { account: TARO, header: null }] });
  const learning = world.learning();
  /** @type {string[]} */
  const phases = [];
  learning.watch(({ phase }) => phases.push(phase));
  await learning.start();
  assert.equal(world.taught.get(TARO)?.ids.size, 450);
  assert.equal(world.taught.get(SALES)?.ids.size, 5);
  assert.ok([...world.taught.values()].every(({ complete }) => complete));
  assert.ok(Math.max(...world.batches) <= BATCH);
  assert.deepEqual([...new Set(phases)], ["unknown", "running", "done"]);
  assert.deepEqual(learning.progress, { phase: "done", done: 459, total: 459 });
  // Once: the next start asks how it stands and does nothing.
  const before = world.batches.length;
  await world.learning().start();
  assert.equal(world.batches.length, before);
});

test("an account without any sent mail is complete as well", async () => {
  const world = new World({});
  await world.learning().start();
  assert.deepEqual([...world.taught.values()].map(({ complete }) => complete), [true, true]);
});

test("a host that goes away is waited for, and it goes on where it stood", async () => {
  const world = new World({ own: mails(1000, TARO) });
  world.breaksAfter = 4;
  const learning = world.learning();
  await learning.start();
  assert.equal(learning.progress.phase, "waiting");
  assert.equal(world.taught.get(TARO)?.complete, false);
  world.breaksAfter = Infinity;
  world.reads = [];
  // As after a restart: another object, the same notes.
  await world.learning().start();
  assert.equal(world.taught.get(TARO)?.ids.size, 1000);
  assert.equal(world.taught.get(TARO)?.complete, true);
  assert.ok((world.reads[0]?.[1] ?? 0) > 0, "it does not begin anew");
});

test("what the person stops stays stopped, also after a restart, until they want it", async () => {
  const world = new World({ own: mails(1000, TARO) });
  const learning = world.learning();
  let steps = 0;
  /** @type {Promise<void> | undefined} */
  let stopped;
  learning.watch(({ phase }) => {
    if (phase === "running" && ++steps === 3) stopped = learning.stop();
  });
  await learning.start();
  await stopped;
  assert.equal(learning.progress.phase, "stopped");
  const { done } = learning.progress;
  assert.ok(done > 0 && done < 1000, `stopped at ${done}`);
  const again = world.learning();
  await again.start();
  assert.deepEqual(again.progress, { phase: "stopped", done, total: 1000 });
  assert.equal(world.taught.get(TARO)?.complete, false);
  await again.resume();
  assert.equal(again.progress.phase, "done");
  assert.equal(world.taught.get(TARO)?.ids.size, 1000);
});

test("no batch is sent while a mail is being checked", async () => {
  const world = new World({ own: mails(250, TARO) });
  let free = () => {};
  world.busy = new Promise((resolve) => (free = resolve));
  const learning = world.learning();
  const run = learning.start();
  await new Promise((resolve) => setTimeout(resolve, 30));
  assert.equal(world.batches.length, 0);
  free();
  await run;
  assert.equal(learning.progress.phase, "done");
});

test("a host that has forgotten everything is taught from the beginning", async () => {
  const world = new World({ own: mails(300, TARO) });
  await world.learning().start();
  world.taught.clear();
  await world.learning().start();
  assert.equal(world.taught.get(TARO)?.ids.size, 300);
});

test("a new account is learnt for, and an address that the host cannot read stops nobody", async () => {
  const world = new World({ own: [...mails(3, TARO), ...mails(4, SALES, 10)] });
  world.accounts = [TARO];
  await world.learning().start();
  world.accounts = ["broken@", TARO, SALES];
  world.refused = "broken@";
  await world.learning().start();
  assert.equal(world.taught.get(SALES)?.ids.size, 4);
  assert.equal(world.taught.get(SALES)?.complete, true);
});
