// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird's own part, as far as it needs no Thunderbird.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerFor } from "../../extension/clients/thunderbird/answer.js";
import { joinMailbox, listsAmong, mailboxText, readVCard, splitMailbox } from "../../extension/clients/thunderbird/address_book.js";

test("there are exactly two answers, and only a deliberate yes lets the mail go", () => {
  assert.deepEqual(answerFor({ allow: true, why: "clean", failure: null }), {});
  /** @type {unknown[]} */
  const others = [
    undefined, null, true, 1, "allow", {}, [], { allow: 1 }, { allow: "true" }, { alow: true }, { allow: false },
    { cancel: false }, { allow: false, details: { to: [] } }, new Error("x"), Promise.resolve({ allow: true }),
  ];
  for (const other of others) assert.deepEqual(answerFor(other), { cancel: true });
});

test("the manifest asks for what PERMISSIONS.md explains, and nothing else", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../extension/clients/thunderbird/manifest.json", import.meta.url), "utf8"));
  const page = readFileSync(new URL("../../PERMISSIONS.md", import.meta.url), "utf8");
  const explained = [...page.matchAll(/^\| `([\w.]+)` \|/gm)].map(([, name]) => name);
  assert.deepEqual([...manifest.permissions].sort(), explained.sort());
  assert.equal(manifest.optional_permissions, undefined);
  assert.equal(manifest.host_permissions, undefined);
  assert.equal(manifest.content_security_policy, undefined);
});

test("the send listener is registered in the first turn of the script", () => {
  const text = readFileSync(new URL("../../extension/clients/thunderbird/background.js", import.meta.url), "utf8");
  const before = text.slice(0, text.indexOf("browser.compose.onBeforeSend.addListener"));
  assert.ok(before.length < text.length, "it is registered");
  // A top-level await in front of it would put it behind Thunderbird's first question.
  assert.doesNotMatch(before, /^await |^(const|let) .*= await /m);
});

test("mailboxes are taken apart and put together", () => {
  assert.deepEqual(splitMailbox("Ito <ito@c-corp.example>"), { name: "Ito", address: "ito@c-corp.example" });
  assert.deepEqual(splitMailbox('"Ito, \\"I.\\" <x>" <ito@c-corp.example>'), { name: 'Ito, "I." <x>', address: "ito@c-corp.example" });
  assert.deepEqual(splitMailbox(" ito@c-corp.example "), { name: "", address: "ito@c-corp.example" });
  assert.deepEqual(splitMailbox("TeamX <TeamX>"), { name: "TeamX", address: "TeamX" });
  for (const [name, address] of /** @type {[string, string][]} */ ([["Ito, I.", "i@c.example"], ['a "b" \\', "i@c.example"], ["", "i@c.example"]])) {
    assert.deepEqual(splitMailbox(joinMailbox(name, address)), { name, address });
  }
});

test("a recipient that is no text is somebody nobody can name, never nobody", () => {
  assert.equal(mailboxText("Ito <ito@c-corp.example>"), "Ito <ito@c-corp.example>");
  assert.equal(mailboxText(undefined), "");
  const written = mailboxText({ id: "ito@c-corp.example", nodeId: "1", type: "contact" });
  assert.notEqual(written.trim(), "");
  assert.doesNotMatch(written, /[@<>,;]/);
});

test("vCards are read", () => {
  const card = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:伊藤 一\r\n 郎\r\nORG:A商事;営業部\r\nEMAIL:second@example.com\r\nEMAIL;PREF=1;TYPE=work:first@example.com\r\nEND:VCARD";
  assert.deepEqual(readVCard(card), { name: "伊藤 一郎", emails: ["first@example.com", "second@example.com"], organisation: "A商事 営業部" });
  assert.deepEqual(readVCard("item1.EMAIL;TYPE=\"pref:x\",internet:a@example.com").emails, ["a@example.com"]);
  assert.deepEqual(readVCard("FN:Ito\\, I.\\;\nEMAIL:"), { name: "Ito, I.;", emails: [], organisation: "" });
  assert.deepEqual(readVCard(""), { name: "", emails: [], organisation: "" });
});

/** @param {Record<string, {description?: string, members: {name: string, email: string}[]}>} books */
const lists = (books) => async () =>
  Object.entries(books).map(([name, { description, members }]) => ({ name, description, members: async () => members }));

const A = { name: "A", email: "a@example.com" };
const B = { name: "", email: "b@c-corp.example" };

test("lists are found by name, also when their pill shows a description", async () => {
  const read = lists({ TeamX: { members: [A, B] }, "営業 チーム": { description: "all@example.com", members: [B] } });
  const found = await listsAmong(["TeamX <TeamX>", "teamx", "営業 チーム <all@example.com>", "A <a@example.com>"], read);
  assert.deepEqual(found.lists, [
    { name: "TeamX", members: ['"A" <a@example.com>', "b@c-corp.example"] },
    { name: "営業 チーム", members: ["b@c-corp.example"] },
  ]);
  assert.deepEqual(found.listNames, {
    "TeamX <TeamX>": "TeamX <TeamX>",
    teamx: "TeamX <TeamX>",
    "営業 チーム <all@example.com>": "営業 チーム <営業 チーム>",
  });
});

test("a person who bears a list's name stays a person", async () => {
  const found = await listsAmong(["TeamX <teamx@example.com>"], lists({ TeamX: { members: [A] } }));
  assert.deepEqual(found, { lists: [], listNames: {} });
});

test("a list inside a list gives its members, a list inside itself does not hang", async () => {
  const read = lists({
    Outer: { members: [A, { name: "Inner", email: "" }, { name: "", email: "Outer" }] },
    Inner: { members: [B, { name: "Outer", email: "Outer" }] },
  });
  const found = await listsAmong(["Outer <Outer>"], read);
  assert.deepEqual(found.lists, [{ name: "Outer", members: ['"A" <a@example.com>', "b@c-corp.example"] }]);
});

test("members that cannot be read fail the check; they are not passed over", async () => {
  const broken = async () => [{ name: "TeamX", members: async () => Promise.reject(new Error("locked")) }];
  await assert.rejects(listsAmong(["TeamX <TeamX>"], broken));
  await assert.rejects(listsAmong(["a@example.com"], async () => Promise.reject(new Error("locked"))));
});

test("a member without an address stays, so that the host can call it unknown", async () => {
  const found = await listsAmong(["TeamX <TeamX>"], lists({ TeamX: { members: [{ name: "Nobody", email: "" }] } }));
  assert.deepEqual(found.lists[0]?.members, ["Nobody"]);
});
