// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOf, originalOf, threadOf, wasHidden } from "../../extension/clients/thunderbird/compose_origin.js";
import { answers, baseSubject, isOneself } from "../../extension/clients/thunderbird/other_answers.js";
import { headerOf } from "../../extension/clients/thunderbird/sent_mail.js";

const ME = "Taro <taro@hikari.example.co.jp>";
const OWN = ["taro@hikari.example.co.jp"];

/** @param {{to?: string[], cc?: string[], from?: string}} [more] */
const mail = ({ to = ["sato@c-corp.example"], cc = [], from = "Ito <ito@c-corp.example>" } = {}) => ({ author: from, recipients: to, ccList: cc });

test("hidden is whom a mail was sent to without saying so", () => {
  assert.equal(wasHidden(mail(), {}, OWN), true);
  assert.equal(wasHidden(mail({ to: [] }), {}, OWN), true);
  assert.equal(wasHidden(mail({ to: [ME] }), {}, OWN), false);
  assert.equal(wasHidden(mail({ cc: ["TARO@Hikari.example.co.jp"] }), {}, OWN), false);
  assert.equal(wasHidden(mail({ to: ["taro+news@hikari.example.co.jp"] }), {}, OWN), false);
  assert.equal(wasHidden(mail({ from: ME }), {}, OWN), false, "one's own mail");
  assert.equal(wasHidden(mail(), {}, []), false, "nobody knows who the person is");
});

test("nobody is hidden on a list, and behind an alias that the server names", () => {
  assert.equal(wasHidden(mail(), { "list-id": ["<team.c-corp.example>"] }, OWN), false);
  assert.equal(wasHidden(mail(), { precedence: ["bulk"] }, OWN), false);
  assert.equal(wasHidden(mail(), { precedence: ["first-class"] }, OWN), true);
  const alias = mail({ to: ["Sales <sales@hikari.example.co.jp>"] });
  assert.equal(wasHidden(alias, { "x-original-to": ["sales@hikari.example.co.jp"], "delivered-to": OWN }, OWN), false);
  assert.equal(wasHidden(alias, { "delivered-to": OWN }, OWN), true);
});

test("what cannot be read of the original is left out", () => {
  assert.deepEqual(originalOf(mail(), null, OWN), { from: ["Ito <ito@c-corp.example>"], reply_to: [], to: ["sato@c-corp.example"], cc: [] });
  assert.equal(originalOf(mail(), {}, OWN).hidden, true);
  assert.deepEqual(originalOf(mail(), { "reply-to": ["a@d.example, b@d.example"] }, OWN).reply_to, ["a@d.example, b@d.example"]);
});

test("an answer to all is one that was addressed to somebody besides the author", () => {
  const original = originalOf(mail({ to: [ME, "sato@c-corp.example"], cc: ["mori@d.example"] }), {}, OWN);
  const kind = (/** @type {string[]} */ initial, of = original) => kindOf("reply", initial, of, false, OWN);
  assert.equal(kind(["ito@c-corp.example"]), "reply");
  assert.equal(kind(["ito@c-corp.example", "Sato <SATO@c-corp.example>"]), "reply_all");
  assert.equal(kind(["ito@c-corp.example", "archive@hikari.example.co.jp"]), "reply", "a copy that Thunderbird always adds");
  assert.equal(kind(["sato@c-corp.example"]), "reply", "an answer to the list alone");
  assert.equal(kind([]), "reply", "nobody saw the window open");
  const elsewhere = originalOf(mail({ to: [ME, "sato@c-corp.example"] }), { "reply-to": ["desk@d.example"] }, OWN);
  assert.equal(kind(["desk@d.example"], elsewhere), "reply");
  assert.equal(kind(["desk@d.example", "sato@c-corp.example"], elsewhere), "reply_all");
  const own = originalOf(mail({ from: ME, to: ["ito@c-corp.example"], cc: ["mori@d.example"] }), {}, OWN);
  assert.equal(kind(["ito@c-corp.example"], own), "reply");
  assert.equal(kind(["ito@c-corp.example", "mori@d.example"], own), "reply_all");
  assert.equal(kindOf("reply", ["ito@c-corp.example"], undefined, false, OWN), "reply", "the original is gone");
});

test("what was made out of another mail is a template", () => {
  assert.equal(kindOf("new", [], undefined, true, OWN), "template");
  assert.equal(kindOf("new", [], undefined, false, OWN), "new");
  assert.equal(kindOf("draft", [], undefined, true, OWN), "draft");
  assert.equal(kindOf("forward", [], undefined, false, OWN), "forward");
});

test("another answer is one to this very mail", () => {
  assert.equal(answers({ "in-reply-to": ["<a@x>"], references: ["<z@x> <a@x>"] }, "a@x"), true);
  assert.equal(answers({ "in-reply-to": ["<b@x>"], references: ["<a@x> <b@x>"] }, "a@x"), false, "an answer to an answer");
  assert.equal(answers({ references: ["<z@x> <a@x>"] }, "a@x"), true);
  assert.equal(answers({}, "a@x"), false);
});

test("from a shared address, another name is somebody else", () => {
  const identities = [{ email: "sales@hikari.example.co.jp", name: "山田 太郎" }];
  assert.equal(isOneself("山田太郎 <sales@hikari.example.co.jp>", identities), true);
  assert.equal(isOneself("sales@hikari.example.co.jp", identities), true);
  assert.equal(isOneself("鈴木 花子 <sales@hikari.example.co.jp>", identities), false);
  assert.equal(isOneself("hanako@hikari.example.co.jp", identities), false);
});

test("the subject without what answering puts in front", () => {
  assert.equal(baseSubject("Re: RE: AW: 見積"), "見積");
  assert.equal(baseSubject("Re[2]: plan"), "plan");
  assert.equal(baseSubject("返信：見積"), "見積");
  assert.equal(baseSubject("Regards"), "Regards");
});

test("a sent mail as the wire has it", () => {
  const sent = { date: new Date("2026-11-20T00:00:00.123Z"), recipients: ["a@x.example"], ccList: [], bccList: ["b@x.example"], headerMessageId: "1@k" };
  assert.deepEqual(headerOf(sent), { date: "2026-11-20T00:00:00Z", to: ["a@x.example"], cc: [], bcc: ["b@x.example"], message_id: "<1@k>" });
  assert.equal(headerOf({ ...sent, date: new Date(0) }), null);
  assert.equal(headerOf({ ...sent, date: "nonsense" }), null);
});

test("a conversation is called after its first mail", () => {
  assert.equal(threadOf({ references: ["<1@k> <2@k>"], "in-reply-to": ["<2@k>"] }, "3@k"), "<1@k>");
  assert.equal(threadOf({ references: ["\r\n <1@k>\r\n <2@k>"] }, "3@k"), "<1@k>");
  assert.equal(threadOf({ "in-reply-to": ["<2@k>"] }, "3@k"), "<2@k>");
  assert.equal(threadOf({ references: ["no id"] }, "3@k"), "<3@k>");
  assert.equal(threadOf({}, ""), "");
  assert.equal(threadOf(null, "3@k"), "", "it may answer another mail");
});
