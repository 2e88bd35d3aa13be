// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { HostLink } from "../../extension/core/host_link.js";
import { wellFormed } from "../../extension/core/well_formed.js";
import { FakePort, HELLO } from "./fake_port.mjs";

test("half a character becomes a replacement, whole ones stay", () => {
  assert.equal(wellFormed("a\ud800b\udc00c"), "a\ufffdb\ufffdc");
  assert.equal(wellFormed("\udc00\ud800"), "\ufffd\ufffd");
  assert.equal(wellFormed("😀 株 \ud83d\ude00"), "😀 株 😀");
  assert.deepEqual(wellFormed({ a: ["\ud800", 1, null, true, { b: "x\udfff" }] }), { a: ["\ufffd", 1, null, true, { b: "x\ufffd" }] });
});

test("the host never gets half a character", async () => {
  const port = new FakePort(({ method }) => (method === "hello" ? HELLO : {}));
  const host = new HostLink({
    connect: () => port,
    classifyDisconnect: () => "host_crashed",
    hello: async () => ({ client: { name: "test", version: "0", program: "test" }, capabilities: [], lang: "en" }),
  });
  await host.request("draft.cancelled", { compose_id: "c\ud800", digest: "sha256:x", why: "back" });
  assert.equal(port.requests.at(-1)?.params.compose_id, "c\ufffd");
});
