// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Attachments on their way to the host: each once, in pieces, again only when it has changed, and nothing believed of a host that is gone.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { Failure } from "../../extension/core/failure.js";
import { PIECES_IN_FLIGHT, PartSender, toBase64 } from "../../extension/core/part_sender.js";
import { settle } from "./fake_port.mjs";

const PIECE = 4;

/** A host that keeps what it is given, as PROTOCOL.md has it. */
class FakeHost {
  /** @type {Map<string, Buffer>} */
  kept = new Map();
  /** @type {any[]} */
  puts = [];
  /** @type {string[]} */
  dropped = [];
  /** @type {string[]} */
  capabilities = ["part.put", "part.drop"];
  limits = { frame_up_bytes: 1, frame_down_bytes: 1, chunk_bytes: 1, part_chunk_bytes: PIECE, part_bytes: 100 };
  open = 0;
  mostOpen = 0;
  /** @type {(() => void)[] | null} null: answers at once */
  gate = null;
  /** @type {((params: any) => unknown) | null} */
  refuse = null;

  async ready() {
    return /** @type {any} */ ({ capabilities: this.capabilities, limits: this.limits });
  }

  /** @param {string} method @param {any} params @returns {Promise<any>} */
  async request(method, params) {
    if (method === "part.drop") {
      this.dropped.push(...params.part_ids);
      return {};
    }
    this.puts.push(params);
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    if (this.gate) await new Promise((resolve) => this.gate?.push(() => resolve(undefined)));
    this.open -= 1;
    const refusal = this.refuse?.(params);
    if (refusal) throw refusal;
    const before = params.offset === 0 ? Buffer.alloc(0) : (this.kept.get(params.part_id) ?? Buffer.alloc(0));
    assert.equal(before.length, params.offset, "pieces come in order");
    const bytes = Buffer.concat([before, Buffer.from(params.data, "base64")]);
    this.kept.set(params.part_id, bytes);
    if (!params.last) return { part_id: params.part_id, received: bytes.length };
    assert.equal(bytes.length, params.size_bytes);
    return { part_id: params.part_id, received: bytes.length, sha256: hash(bytes), state: "pending" };
  }
}

/** @param {string | Buffer} bytes */
const hash = (bytes) => createHash("sha256").update(bytes).digest("hex");

/** @param {string} text */
const file = (text) => new Blob([text]);

/** @param {FakeHost} host */
const sender = (host) => new PartSender({ host: /** @type {any} */ (host), session: "s" });

test("a file goes in pieces, in order, and its draft names what the host found it to be", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan.txt", version: "a", file: file("0123456789") });
  assert.deepEqual(parts.facts(7, "1"), { arriving: true });
  await settle();
  assert.deepEqual(host.puts.map(({ offset, size_bytes, last, name }) => [offset, size_bytes, last, name]), [
    [0, 10, false, "plan.txt"], [4, 10, false, "plan.txt"], [8, 10, true, "plan.txt"],
  ]);
  // The order in which the host need not read the whole request as JSON (PROTOCOL.md).
  assert.equal(Object.keys(host.puts[0])[0], "data");
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("0123456789") });
  assert.deepEqual(parts.facts(7, "2"), {});
  assert.deepEqual(parts.facts(8, "1"), {});
});

test("an empty file is a file; one that ends with a piece has no piece too many", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "empty", version: "a", file: file("") });
  parts.attached(7, { id: "2", name: "even", version: "a", file: file("01234567") });
  await settle();
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("") });
  assert.deepEqual(parts.facts(7, "2"), { sha256: hash("01234567") });
  assert.equal(host.puts.length, 3);
});

test("the same file is sent once, however often it is looked at; a changed one again", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  for (let i = 0; i < 3; i += 1) {
    parts.attached(7, { id: "1", name: "plan", version: "a", file: file("one") });
    await settle();
  }
  assert.equal(host.puts.length, 1);
  parts.attached(7, { id: "1", name: "plan", version: "b", file: file("two") });
  assert.deepEqual(parts.facts(7, "1"), { arriving: true }, "the former bytes say nothing of the new ones");
  await settle();
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("two") });
});

test("a file that changes while it is being sent is sent anew, and the former bytes count for nothing", async () => {
  const host = new FakeHost();
  host.gate = [];
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan", version: "a", file: file("former former") });
  await settle();
  parts.attached(7, { id: "1", name: "plan", version: "b", file: file("new") });
  for (let i = 0; i < 20; i += 1) {
    host.gate.splice(0).forEach((go) => go());
    await settle();
  }
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("new") });
});

test("only so many pieces are on their way that a check need not wait behind them", async () => {
  const host = new FakeHost();
  host.gate = [];
  const parts = sender(host);
  for (const id of ["1", "2", "3"]) parts.attached(7, { id, name: id, version: "a", file: file("x".repeat(40)) });
  for (let i = 0; i < 60; i += 1) {
    await settle();
    host.gate.shift()?.();
  }
  assert.equal(host.puts.length, 30);
  assert.equal(host.mostOpen, PIECES_IN_FLIGHT);
});

test("removed, or the window closed: the host need not keep it", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  for (const id of ["1", "2", "3"]) parts.attached(7, { id, name: id, version: "a", file: file(id) });
  await settle();
  parts.removed(7, "1");
  parts.removed(7, "1");
  parts.only(7, ["3"]);
  await settle();
  assert.deepEqual(host.dropped, ["s/7/1", "s/7/2"]);
  assert.deepEqual(parts.facts(7, "1"), {});
  parts.forget(7);
  await settle();
  assert.deepEqual(host.dropped, ["s/7/1", "s/7/2", "s/7/3"]);
});

test("another host has nothing: everything is sent again, and until then it is arriving", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan", version: "a", file: file("plan") });
  await settle();
  parts.again();
  assert.deepEqual(parts.facts(7, "1"), { arriving: true });
  await settle();
  assert.equal(host.puts.length, 2);
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("plan") });
});

test("a host that dies in the middle: the file waits for the next one", async () => {
  const host = new FakeHost();
  host.refuse = ({ offset }) => (offset > 0 ? new Failure("host_crashed", "gone") : null);
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan", version: "a", file: file("0123456789") });
  await settle();
  assert.deepEqual(parts.facts(7, "1"), { arriving: true });
  host.refuse = null;
  parts.again();
  await settle();
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("0123456789") });
});

test("what cannot be read, or is too large, is not claimed to have been handed over", async () => {
  const host = new FakeHost();
  const parts = sender(host);
  const broken = { size: 10, slice: () => ({ arrayBuffer: async () => { throw new Error("NotReadableError"); } }) };
  const short = { size: 10, slice: () => ({ arrayBuffer: async () => new ArrayBuffer(1) }) };
  parts.attached(7, { id: "1", name: "gone", version: "", file: null });
  parts.attached(7, { id: "2", name: "broken", version: "a", file: broken });
  parts.attached(7, { id: "3", name: "short", version: "a", file: short });
  parts.attached(7, { id: "4", name: "large", version: "a", file: file("x".repeat(101)) });
  await settle();
  for (const id of ["1", "2", "3", "4"]) assert.deepEqual(parts.facts(7, id), {}, id);
  assert.equal(host.puts.length, 0);
  parts.attached(7, { id: "1", name: "gone", version: "a", file: file("back") });
  await settle();
  assert.deepEqual(parts.facts(7, "1"), { sha256: hash("back") });
});

test("a host that refuses is asked once more, and then believed", async () => {
  const host = new FakeHost();
  host.refuse = () => new Failure("host_error", "no", { code: 1302 });
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan", version: "a", file: file("plan") });
  await settle();
  assert.equal(host.puts.length, 2);
  assert.deepEqual(parts.facts(7, "1"), {});
});

test("an older host gets nothing, and nothing is said of the file", async () => {
  const host = new FakeHost();
  host.capabilities = [];
  const parts = sender(host);
  parts.attached(7, { id: "1", name: "plan", version: "a", file: file("plan") });
  await settle();
  parts.forget(7);
  await settle();
  assert.equal(host.puts.length + host.dropped.length, 0);
  assert.deepEqual(parts.facts(7, "1"), {});
});

test("base64 is the same with and without the browser's own", () => {
  for (const length of [0, 1, 2, 3, 24_575, 24_576, 24_577, 100_000]) {
    const bytes = Uint8Array.from({ length }, (_, i) => (i * 7) % 256);
    const plain = new Uint8Array(bytes);
    Object.defineProperty(plain, "toBase64", { value: undefined });
    assert.equal(toBase64(plain), Buffer.from(bytes).toString("base64"));
    assert.equal(toBase64(bytes), Buffer.from(bytes).toString("base64"));
  }
});
