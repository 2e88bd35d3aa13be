// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird's own part, as far as it needs no Thunderbird.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { answerFor } from "../../extension/clients/thunderbird/answer.js";
import { listsAmong, mailboxText, readVCard } from "../../extension/clients/thunderbird/address_book.js";
import { ThunderbirdHeldMail, sameRecipients } from "../../extension/clients/thunderbird/held_mail.js";
import { joinMailbox, splitMailbox } from "../../extension/core/mailbox.js";

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
  assert.deepEqual(readVCard(card), { name: "伊藤 一郎", emails: ["first@example.com", "second@example.com"], organisation: "A商事 営業部", flags: [] });
  assert.deepEqual(readVCard("item1.EMAIL;TYPE=\"pref:x\",internet:a@example.com").emails, ["a@example.com"]);
  assert.deepEqual(readVCard("FN:Ito\\, I.\\;\nEMAIL:"), { name: "Ito, I.;", emails: [], organisation: "", flags: [] });
  assert.deepEqual(readVCard(""), { name: "", emails: [], organisation: "", flags: [] });
});

test("flags are categories, and one-word notes and custom fields", () => {
  const card = "CATEGORIES:NO-EMAIL,A\\, B\nNOTE:called him on Monday\\nonly-from:sales@hikari.example.co.jp\nX-CUSTOM2:VIP\nX-CUSTOM3:two words";
  assert.deepEqual(readVCard(card).flags, ["NO-EMAIL", "A, B", "only-from:sales@hikari.example.co.jp", "VIP"]);
});

/** @typedef {{id?: string, description?: string, members: {name: string, email: string}[]}} Listed */

/** @param {Record<string, Listed>[]} books */
const lists = (...books) => async () =>
  books.flatMap((book, at) =>
    Object.entries(book).map(([name, { id, description, members }], index) => ({
      id: id ?? `${at}x${index}`,
      name,
      description,
      members: async () => members,
    })),
  );

/**
 * @param {string[]} recipients
 * @param {Record<string, Listed>[]} books
 * @returns {Promise<(string[] | undefined)[]>} what the host puts in the place of each recipient; undefined: it stays
 */
async function expansions(recipients, ...books) {
  const found = await listsAmong(recipients, lists(...books));
  return recipients.map((recipient) => {
    const written = found.listNames[recipient];
    if (written === undefined) return undefined;
    const { name, address } = splitMailbox(written);
    assert.equal(name, address);
    assert.match(name, /^[0-9a-z_-]+$/, "every parser and every folding reads it the same way");
    const named = found.lists.filter((list) => list.name === name);
    assert.equal(named.length, 1, "exactly one list has that name");
    return named[0]?.members;
  });
}

const A = { name: "A", email: "a@example.com" };
const B = { name: "", email: "b@c-corp.example" };

test("lists are found by name, also when their pill shows a description", async () => {
  const book = { TeamX: { members: [A, B] }, "営業 チーム": { description: "all@example.com", members: [B] } };
  assert.deepEqual(await expansions(["TeamX <TeamX>", "teamx", "営業 チーム <all@example.com>", "A <a@example.com>"], book), [
    ['"A" <a@example.com>', "b@c-corp.example"],
    ['"A" <a@example.com>', "b@c-corp.example"],
    ["b@c-corp.example"],
    undefined,
  ]);
  const { lists: sent } = await listsAmong(["TeamX <TeamX>", "teamx"], lists(book));
  assert.equal(sent.length, 1, "one list under two spellings is one list");
});

test("a list's name cannot be read as a comment, a group or another list", async () => {
  const book = { Team: { members: [A] }, "Team (Tokyo)": { members: [B] }, "Project: Alpha": { members: [A, B] } };
  const texts = ["Team <Team>", '"Team (Tokyo)" <Team (Tokyo)>', '"Project: Alpha" <Project: Alpha>'];
  assert.deepEqual(await expansions(texts, book), [
    ['"A" <a@example.com>'],
    ["b@c-corp.example"],
    ['"A" <a@example.com>', "b@c-corp.example"],
  ]);
});

test("ids that differ only in what a parser or case folding changes stay apart", async () => {
  const ids = ["a", "A", "a-a", "a a", "a_a", "a(a)", "あ"];
  const book = Object.fromEntries(ids.map((id, at) => [`L${at}`, { id, members: [{ name: "", email: `m${at}@example.com` }] }]));
  const found = await expansions(ids.map((_, at) => `L${at} <L${at}>`), book);
  assert.deepEqual(found, ids.map((_, at) => [`m${at}@example.com`]));
});

test("the name sent for a list does not depend on the other recipients", async () => {
  const read = lists({ TeamX: { members: [A] }, TeamY: { members: [B] } });
  const one = await listsAmong(["TeamX <TeamX>", "TeamY <TeamY>"], read);
  const other = await listsAmong(["TeamY <TeamY>", "b@example.com", "TeamX <TeamX>"], read);
  assert.deepEqual(one.listNames, other.listNames);
});

test("of lists of one name in several books, all that Thunderbird could mean are checked", async () => {
  const one = { TeamX: { members: [A] }, TeamY: { members: [A] } };
  const other = { teamx: { members: [B] }, TeamY: { description: "sales", members: [B] } };
  assert.deepEqual(await expansions(["TeamX <TeamX>", "TeamY <TeamY>", "TeamY <sales>", "TeamY"], one, other), [
    ['"A" <a@example.com>', "b@c-corp.example"],
    ['"A" <a@example.com>'],
    ["b@c-corp.example"],
    ['"A" <a@example.com>'],
  ]);
  const nested = { Outer: { members: [{ name: "TeamX", email: "TeamX" }] } };
  assert.deepEqual(await expansions(["Outer <Outer>"], one, other, nested), [['"A" <a@example.com>', "b@c-corp.example"]]);
});

test("a list whose name is an address is a list", async () => {
  const all = "all@kodama.example.jp";
  const book = {
    [all]: { members: [B] },
    Sales: { description: "sales@kodama.example.jp", members: [A] },
    Outer: { members: [{ name: all, email: all }, { name: "Sales", email: "sales@kodama.example.jp" }] },
    Persons: { members: [{ name: "Sales", email: "person@kodama.example.jp" }] },
  };
  assert.deepEqual(await expansions([`${all} <${all}>`, "Outer <Outer>", "Persons <Persons>"], book), [
    ["b@c-corp.example"],
    ["b@c-corp.example", '"A" <a@example.com>'],
    ['"Sales" <person@kodama.example.jp>'],
  ]);
  // Bare, Thunderbird sends to the address itself.
  assert.deepEqual(await expansions([all, `Somebody <${all}>`, "sales@kodama.example.jp"], book), [undefined, undefined, undefined]);
});

test("a person who bears a list's name stays a person", async () => {
  const found = await listsAmong(["TeamX <teamx@example.com>"], lists({ TeamX: { members: [A] } }));
  assert.deepEqual(found, { lists: [], listNames: {} });
});

test("a list inside a list gives its members, a list inside itself does not hang", async () => {
  const book = {
    Outer: { members: [A, { name: "Inner", email: "" }, { name: "", email: "Outer" }] },
    Inner: { members: [B, { name: "Outer", email: "Outer" }] },
  };
  assert.deepEqual(await expansions(["Outer <Outer>"], book), [['"A" <a@example.com>', "b@c-corp.example"]]);
});

test("members that cannot be read fail the check; they are not passed over", async () => {
  const broken = async () => [{ id: "1", name: "TeamX", members: async () => Promise.reject(new Error("locked")) }];
  await assert.rejects(listsAmong(["TeamX <TeamX>"], broken));
  await assert.rejects(listsAmong(["a@example.com"], async () => Promise.reject(new Error("locked"))));
});

test("a member without an address stays, so that the host can call it unknown", async () => {
  const found = await listsAmong(["TeamX <TeamX>"], lists({ TeamX: { members: [{ name: "Nobody", email: "" }] } }));
  assert.deepEqual(found.lists[0]?.members, ["Nobody"]);
});

test("the recipients of a mail are all of them, and nobody else", () => {
  const two = ["Ito <ito@c-corp.example>", "archive@example.co.jp"];
  assert.ok(sameRecipients(["ITO@c-corp.example", "Archive <archive@example.co.jp>"], two, 2));
  assert.ok(!sameRecipients(["ito@c-corp.example"], two, 2));
  assert.ok(!sameRecipients([...two, "sato@c-corp.example"], two, 2));
  assert.ok(!sameRecipients([], two, 2));
  // Of more than were noted, those that were, and as many.
  assert.ok(sameRecipients([...two, "sato@c-corp.example"], two, 3));
  assert.ok(!sameRecipients(two, two, 3));
});

test("a held mail is known again among the sent ones by when it was let go, and as what", async () => {
  /** @type {any} */
  const hold = {
    subject: "Plan", recipients: ["ito@c-corp.example"], recipients_total: 1, release_at: "2026-11-20T09:05:00Z", hold_seconds: 300, where: { message_id: "draft@x" },
    released: { at: "2026-11-20T09:05:01Z", subject: "Plan (C)", recipients: ["ito@c-corp.example", "archive@example.co.jp"], recipients_total: 2 },
  };
  const mail = (/** @type {object} */ more) => ({
    subject: "Plan (C)", recipients: ["Ito <ito@c-corp.example>"], ccList: [], bccList: ["archive@example.co.jp"], headerMessageId: "sent@x", folder: { specialUse: ["sent"] }, ...more,
  });
  const lookedFor = async (/** @type {any[]} */ sent, /** @type {any} */ wanted = hold) => {
    /** @type {any[]} */
    const asked = [];
    /** @type {any} */ (globalThis).browser = {
      folders: { query: async () => [{ id: "sent" }] },
      messages: {
        query: async (/** @type {any} */ query) => {
          asked.push(query);
          return { messages: query.headerMessageId ? sent.filter(({ headerMessageId }) => headerMessageId === query.headerMessageId) : sent };
        },
      },
    };
    try {
      return { found: await new ThunderbirdHeldMail(/** @type {any} */ ({})).findSent(wanted), since: asked[0].fromDate.toISOString() };
    } finally {
      delete (/** @type {any} */ (globalThis).browser);
    }
  };
  assert.deepEqual(await lookedFor([mail({})]), { found: "<sent@x>", since: "2026-11-20T09:04:59.000Z" });
  assert.equal((await lookedFor([mail({ subject: "Plan" })])).found, null);
  assert.equal((await lookedFor([mail({ bccList: [] })])).found, null);
  assert.equal((await lookedFor([mail({ ccList: ["sato@c-corp.example"] })])).found, null);
  // Sent from the window that saved the draft, it has its Message-ID; the draft itself is no sent mail.
  assert.equal((await lookedFor([mail({ subject: "x", headerMessageId: "draft@x" })])).found, "<draft@x>");
  assert.equal((await lookedFor([mail({ subject: "x", headerMessageId: "draft@x", folder: { specialUse: ["drafts"] } })])).found, null);
  // Never let go here: sent from elsewhere as it was written, since it was held.
  const { released, ...written } = hold;
  assert.deepEqual(await lookedFor([mail({ subject: "Plan", bccList: [] })], written), { found: "<sent@x>", since: "2026-11-20T08:59:58.000Z" });
});
