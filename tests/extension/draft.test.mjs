// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { wireDraft, withoutInlineImageBytes } from "../../extension/core/draft.js";
import { draft } from "./fake_client.mjs";

test("absent is not empty", () => {
  assert.deepEqual(wireDraft(draft()).compose, { kind: "new" });
  assert.deepEqual(wireDraft(draft({ kind: undefined })).compose, {});
  assert.deepEqual(wireDraft(draft({ initialRecipients: [] })).compose, { kind: "new", initial_recipients: [] });
});

test("an HTML mail gives its HTML, a plain one its text", () => {
  assert.deepEqual(wireDraft(draft({ isPlainText: false, html: "<p>a</p>", text: "a" })).body, { html: "<p>a</p>" });
  assert.deepEqual(wireDraft(draft({ html: "<p>a</p>", text: "a" })).body, { text: "a" });
});

test("attachments keep what is known of them", () => {
  const wire = wireDraft(draft({ attachments: [{ id: "1", name: "a.pdf", size: 0 }, { id: "v", name: "c.vcf", type: "text/vcard" }] }));
  assert.deepEqual(wire.attachments, [{ id: "1", name: "a.pdf", size: 0 }, { id: "v", name: "c.vcf", type: "text/vcard" }]);
});

test("the bytes of inline images stay out, every word and link stays in", () => {
  const image = `<img alt="Plan" src="data:image/png;base64,${"A".repeat(5_000_000)}==">`;
  const small = '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">';
  const text = '<a href="https://c-corp.example/data:image/png;base64,x">secret plan</a>';
  const stripped = withoutInlineImageBytes(`<p>${image}${small}${text}</p>`);
  assert.equal(stripped, `<p><img alt="Plan" src="data:image/png;base64,">${small}${text}</p>`);
});

test("list names are put in place of what the window shows, and only there", () => {
  const wire = wireDraft(draft({ to: ["T <our team>", "x@y.example"], cc: ["T <our team>"] }), { "T <our team>": "T <T>" });
  assert.deepEqual([wire.to, wire.cc], [["T <T>", "x@y.example"], ["T <T>"]]);
  assert.deepEqual(wireDraft(draft({ to: ["constructor"] })).to, ["constructor"]);
});
