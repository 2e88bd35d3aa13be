// SPDX-License-Identifier: MPL-2.0
// @ts-check
// From the host's patch to the compose window and back.
import assert from "node:assert/strict";
import { test } from "node:test";
import { changeOf, headersStand, isUndone, undoOf, untouchedPartOf } from "../../extension/core/draft_change.js";
import { withInlineImageBytes, withoutInlineImageBytes } from "../../extension/core/draft.js";
import { draft } from "./fake_client.mjs";

const IMAGE = `data:image/png;base64,${"iVBORw0KGgo".repeat(40)}=`;
const SMALL = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";

test("a patch names only what changes, and nothing is no change", () => {
  const before = draft({ headers: [{ name: "X-Label", value: "old" }, { name: "X-Other", value: "1" }] });
  assert.equal(changeOf({}, before), null);
  assert.equal(changeOf({ headers: [] }, before), null);
  assert.deepEqual(changeOf({ subject: "" }, before), { subject: "" });
  const recipients = { to: [], cc: [], bcc: ["a@a.example"] };
  assert.deepEqual(changeOf({ recipients, body: { text: "new" }, headers: [{ name: "x-label", value: "new" }] }, before), {
    recipients,
    text: "new",
    headers: [{ name: "X-Other", value: "1" }, { name: "x-label", value: "new" }],
  });
});

test("the form of the text is the mail's own", () => {
  const html = draft({ isPlainText: false, html: "<p>Hi</p>", text: "Hi" });
  assert.deepEqual(changeOf({ body: { html: "<p>Hi</p><p>K</p>" } }, html), { html: "<p>Hi</p><p>K</p>" });
  assert.throws(() => changeOf({ body: { text: "K" } }, html), { kind: "patch_failed" });
  assert.throws(() => changeOf({ body: { html: "K" } }, draft()), { kind: "patch_failed" });
});

test("files that were to be encrypted never leave as they are", () => {
  for (const attachments of [{ remove: ["1"], add: [{ name: "a.zip", type: "application/zip" }] }, { remove: [], add: [] }]) {
    assert.throws(() => changeOf({ subject: "s", attachments }, draft()), { kind: "patch_failed" });
  }
});

test("inline images get their bytes back, each its own", () => {
  const other = IMAGE.replace("png", "jpeg");
  const original = `<p>a</p><img src="${IMAGE}"><img src='${SMALL}'><img src="data:image/png;base64,"><img src="${other}">`;
  const sent = withoutInlineImageBytes(original);
  assert.ok(!sent.includes("iVBORw0KGgo"));
  assert.equal(withInlineImageBytes(sent, original), original);
  assert.equal(withInlineImageBytes(`<p>[External]</p>${sent}<p>K</p>`, original), `<p>[External]</p>${original}<p>K</p>`);
  assert.equal(withInlineImageBytes("<p>no images</p>", "<p>no</p>"), "<p>no images</p>");
  const wrong = [
    sent.replace("data:image/jpeg;base64,", ""),
    `${sent}<img src="data:image/png;base64,">`,
    sent.replace("data:image/jpeg", "data:image/webp"),
    sent.replace(SMALL, "data:image/gif;base64,AAAA"),
    "",
  ];
  for (const html of wrong) assert.throws(() => withInlineImageBytes(html, original), { kind: "patch_failed" });
});

test("what is undone is what was changed, and nothing else", () => {
  const before = draft({ subject: "s", text: "t", headers: [{ name: "X-A", value: "1" }] });
  assert.deepEqual(undoOf({ text: "new" }, before), { text: "t" });
  assert.deepEqual(undoOf({ recipients: { to: [], cc: [], bcc: [] }, subject: "n", html: "h", headers: [] }, before), {
    recipients: { to: before.to, cc: before.cc, bcc: before.bcc },
    subject: "s",
    html: before.html,
    headers: before.headers,
  });
});

test("what the person wrote since is theirs", () => {
  const made = { recipients: { to: [], cc: [], bcc: [] }, subject: "n", text: "n", headers: [] };
  const after = draft({ subject: "n", text: "n" });
  assert.deepEqual(untouchedPartOf(made, after, after), made);
  assert.deepEqual(untouchedPartOf(made, after, { ...after, text: "mine" }), { recipients: made.recipients, subject: "n", headers: [] });
  assert.deepEqual(untouchedPartOf(made, after, { ...after, to: ["x@x.example"], subject: "mine", headers: [{ name: "X-B", value: "2" }] }), { text: "n" });
});

test("put back means read back", () => {
  const before = draft({ isPlainText: false, html: "<p>Hi</p>", text: "Hi\n", headers: [{ name: "X-A", value: "1" }] });
  const undo = { html: before.html, headers: before.headers };
  assert.equal(isUndone(undo, before, { ...before, html: "<html><p>Hi</p></html>", text: "Hi", headers: [{ name: "x-a", value: "1 " }] }), true);
  assert.equal(isUndone(undo, before, { ...before, text: "Hi\nK" }), false);
  assert.equal(isUndone(undo, before, { ...before, headers: [] }), false);
  assert.equal(isUndone({ subject: "Plan" }, before, { ...before, subject: "n" }), false);
  assert.equal(isUndone({ recipients: { to: before.to, cc: [], bcc: [] } }, before, { ...before, bcc: ["a@a.example"] }), false);
});

test("header fields that were set stand there once, with that value", () => {
  const set = [{ name: "X-Label", value: "社外秘" }];
  const now = (/** @type {{name: string, value: string}[]} */ headers) => draft({ headers });
  assert.equal(headersStand(undefined, draft()), true);
  assert.equal(headersStand(set, now([{ name: "x-label", value: " 社外秘 " }, { name: "X-B", value: "" }])), true);
  for (const headers of [[], [{ name: "X-Label", value: "?" }], [...set, ...set]]) assert.equal(headersStand(set, now(headers)), false);
});
