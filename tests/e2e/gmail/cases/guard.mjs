// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A healthy host: every way to send is held, asked about, and done once.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { violationsOf } from "../lib/axe.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/tab.mjs").Tab} Tab */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const CUSTOMER = "ito@c-corp.example";
const COLLEAGUE = `hanako@${INSIDE}`;
const SEND = ".aoO";
const BODY = "[g_editable]";
const OFFER = { people: { to: [`Ito <${CUSTOMER}>`] }, subject: "offer", body: "Good morning,\nsee you tomorrow." };

/** Held, seen by nobody, asked, sent once. @param {Case} t @param {Tab} tab @param {(tab: Tab) => Promise<void>} gesture */
async function asksAndSends(t, tab, gesture) {
  await gesture(tab);
  const dialog = await t.confirmation(tab);
  assert.deepEqual(t.sent, [], "a mail left before the answer");
  await t.sawNothing(tab);
  await dialog.confirm();
  const mail = await t.delivered();
  assert.deepEqual(await tab.dialogs(), []);
  return mail;
}

/** @param {string} name @param {object} options @param {(tab: Tab) => Promise<void>} gesture @param {(mail: import("../lib/gmail_server.mjs").SentMail) => void} [check] */
const held = (name, options, gesture, check = () => {}) => ({
  name,
  /** @param {Case} t */
  async run(t) {
    const mail = await asksAndSends(t, await t.open({ ...OFFER, ...options }), gesture);
    assert.deepEqual(mail.to, [CUSTOMER]);
    check(mail);
  },
});

/** @type {CaseDefinition[]} */
export default [
  {
    name: "allow-inside",
    async run(t) {
      const tab = await t.open({ ...OFFER, people: { to: [COLLEAGUE] } });
      await tab.click(SEND);
      const mail = await t.delivered();
      assert.deepEqual(mail.to, [COLLEAGUE]);
      await t.sawNothing(tab);
      assert.deepEqual(await tab.dialogs(), []);
    },
  },
  held("click", {}, (tab) => tab.click(SEND), (mail) => assert.equal(mail.subject, "offer")),
  held("page-sends-on-mousedown", { sendsOn: "mousedown" }, (tab) => tab.click(SEND)),
  held("page-sends-on-mouseup", { sendsOn: "mouseup" }, (tab) => tab.click(SEND)),
  held("page-sends-on-touch", { sendsOn: "touchend" }, (tab) => tab.tap(SEND)),
  held("ctrl-enter-in-the-text", {}, async (tab) => {
    await tab.click(BODY);
    await tab.press("Enter", { ctrl: true });
  }),
  held("cmd-enter-in-the-subject", {}, async (tab) => {
    await tab.click("[name=subjectbox]");
    await tab.press("Enter", { meta: true });
  }),
  held("ctrl-enter-outside-the-mail", {}, async (tab) => {
    await tab.click("#search");
    await tab.press("Enter", { ctrl: true });
  }),
  held("enter-on-send", {}, async (tab) => {
    await tab.focus(SEND);
    await tab.press("Enter");
  }),
  held("space-on-send", {}, async (tab) => {
    await tab.focus(SEND);
    await tab.press(" ");
  }),
  held("send-and-archive", { samples: ["20"] }, (tab) => tab.click(".Uo"), (mail) => assert.equal(mail.via, "archive")),
  held("space-on-send-and-archive", { samples: ["20"] }, async (tab) => {
    await tab.focus(".Uo");
    await tab.press(" ");
  }),
  held("full-screen", { samples: ["22"] }, (tab) => tab.click(SEND)),
  held("pop-out", { samples: ["23"] }, (tab) => tab.click(SEND)),
  held("inline-reply", { samples: ["20"] }, (tab) => tab.click(SEND)),
  held("inline-forward", { samples: ["21"] }, (tab) => tab.click(SEND)),
  held("chips-made-anew", { rerender: true }, (tab) => tab.click(SEND)),
  held("random-class-names", { scramble: true }, (tab) => tab.click(SEND)),
  {
    name: "scheduled-send",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(".IZ .Up [aria-haspopup=true]");
      await tab.click("[selector=scheduledSend]");
      const dialog = await t.confirmation(tab);
      await dialog.confirm();
      await waitFor("Gmail's list of days", () => tab.run(() => document.querySelector("#schedule") !== null));
      await t.nothingSent();
      await tab.click("#schedule .Az");
      const mail = await t.delivered();
      assert.equal(mail.scheduled, true);
    },
  },
  {
    name: "scheduled-send-changed-before-the-day-is-chosen",
    async run(t) {
      const tab = await t.open({ ...OFFER, people: { to: [COLLEAGUE] } });
      await tab.click(".IZ .Up [aria-haspopup=true]");
      await tab.click("[selector=scheduledSend]");
      await waitFor("Gmail's list of days", () => tab.run(() => document.querySelector("#schedule") !== null));
      await tab.run((text) => /** @type {any} */ (window).composes[0].fields.to.add(text), CUSTOMER);
      await tab.click("#schedule .Az");
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text(), /ito@c-corp\.example/);
      await dialog.confirm();
      const mail = await t.delivered();
      assert.deepEqual(mail.to, [COLLEAGUE, CUSTOMER]);
    },
  },
  {
    name: "back",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      await dialog.click("#back");
      await dialog.closed();
      await t.nothingSent();
      // And again: the same mail is asked about again.
      await asksAndSends(t, tab, (one) => one.click(SEND));
    },
  },
  {
    name: "escape-means-back",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      await dialog.press("Escape");
      await dialog.closed();
      await t.nothingSent();
    },
  },
  {
    name: "enter-at-opening-does-nothing",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(BODY);
      await tab.press("Enter", { ctrl: true, hold: true });
      // Keys that are held go on repeating while the dialog comes up, and after.
      for (let at = 0; at < 12; at += 1) {
        for (const key of ["Enter", "Escape"]) await tab.press(key, { ctrl: key === "Enter", hold: true, repeat: true });
        await sleep(30);
      }
      const dialog = await t.confirmation(tab);
      assert.equal(await dialog.state(), "ready");
      await t.nothingSent();
    },
  },
  {
    name: "by-keyboard-only",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.focus(SEND);
      await tab.press("Enter");
      const dialog = await t.confirmation(tab);
      const focused = () => dialog.run((root) => root.activeElement?.id || root.activeElement?.dataset.acknowledge || root.activeElement?.tagName);
      assert.equal(await focused(), "heading");
      for (let step = 0; step < 30 && (await focused()) !== "send"; step += 1) {
        await dialog.press("Tab");
        if (await dialog.run((root) => root.activeElement?.matches("[data-acknowledge]"))) await dialog.press(" ");
      }
      assert.equal(await focused(), "send", "Tab leads to Send when everything is ticked");
      await dialog.press("Enter");
      await t.delivered();
    },
  },
  {
    name: "everybody-can-read-the-question",
    async run(t) {
      const tab = await t.open({ ...OFFER, samples: ["14"] });
      await tab.click(SEND);
      assert.deepEqual(await violationsOf(await t.confirmation(tab)), []);
    },
  },
  {
    name: "everybody-can-read-a-block",
    async run(t) {
      const tab = await t.open({ ...OFFER, body: "The plan: 極秘計画" });
      await tab.click(SEND);
      assert.deepEqual(await violationsOf(await t.confirmation(tab, ["block"])), []);
    },
  },
  {
    name: "keys-stay-in-the-dialog",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      const before = (await tab.seen()).length;
      for (const key of ["c", "#", "Tab", "Enter"]) await dialog.press(key);
      await tab.press("Enter", { ctrl: true });
      assert.deepEqual((await tab.seen()).slice(before), [], "keys reached the page");
      await t.nothingSent();
    },
  },
  {
    name: "dialog-removed-by-the-page",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      await t.confirmation(tab);
      await tab.run(() => document.querySelector("div[data-lastlook]")?.remove());
      await t.nothingSent();
      await asksAndSends(t, tab, (one) => one.click(SEND));
    },
  },
  {
    name: "page-cannot-look-into-the-dialog",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      await t.confirmation(tab);
      const reached = await tab.run(() => {
        const host = /** @type {HTMLElement} */ (document.querySelector("div[data-lastlook]"));
        host.click();
        for (const type of ["click", "keydown", "submit"]) host.dispatchEvent(new Event(type, { bubbles: true }));
        return host.shadowRoot !== null;
      });
      assert.equal(reached, false);
      await t.nothingSent();
    },
  },
  {
    name: "block",
    async run(t) {
      const tab = await t.open({ ...OFFER, body: "The plan: 極秘計画" });
      await tab.click(SEND);
      const dialog = await t.confirmation(tab, ["block"]);
      assert.equal(await dialog.run((root) => root.querySelector("#send").hidden), true);
      await dialog.click("#back");
      await dialog.closed();
      await t.nothingSent();
    },
  },
  {
    name: "script-click-is-held",
    async run(t) {
      const tab = await t.open(OFFER);
      await asksAndSends(t, tab, (one) => one.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).click(), SEND));
    },
  },
  {
    name: "typed-and-not-yet-a-chip",
    async run(t) {
      const tab = await t.open({ ...OFFER, people: { to: [COLLEAGUE] } });
      await tab.type(".anm[name=to] input", `Sato <sato@d-shoji.example>, ${CUSTOMER}`);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      const text = await dialog.text();
      for (const address of ["sato@d-shoji.example", CUSTOMER]) assert.ok(text.includes(address), address);
      await dialog.confirm();
      const mail = await t.delivered();
      assert.deepEqual(mail.to, [COLLEAGUE, "sato@d-shoji.example", CUSTOMER]);
    },
  },
  {
    name: "two-mails-each-its-own",
    async run(t) {
      const tab = await t.open({ ...OFFER, samples: ["24"] });
      await tab.click(SEND, 0);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text(), /ito@c-corp\.example/);
      await dialog.click("#back");
      await dialog.closed();
      await tab.click(BODY, 1);
      await tab.press("Enter", { ctrl: true });
      const other = await t.confirmation(tab);
      assert.ok(!(await other.text()).includes(CUSTOMER), "the second mail's question names the first one's recipient");
      await other.confirm();
      const mail = await t.delivered();
      assert.ok(!mail.to.includes(CUSTOMER));
    },
  },
  {
    name: "alias-and-second-account",
    async run(t) {
      const tab = await t.open({ ...OFFER, account: "private@home.example", from: "sales@shop.example" }, 1);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text("#mail"), /sales@shop\.example/);
      await dialog.click("#back");
    },
  },
  {
    name: "joined-in-an-answer",
    async run(t) {
      const answered = ["taro@hikari.example.co.jp", "sato@d-shoji.example"];
      const tab = await t.open({ ...OFFER, samples: ["20"], people: { to: ["hanako@partner.example", "sato@d-shoji.example"] }, answered });
      await sleep(1_300);
      await tab.type(".anm[name=to] input", CUSTOMER);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      const joined = await dialog.text("[data-finding=joins-reply]");
      assert.match(joined, /ito@c-corp\.example/);
      assert.doesNotMatch(joined, /(sato|hanako)\S* was not part/);
      await dialog.click("#back");
    },
  },
  {
    name: "attachments-are-named",
    async run(t) {
      const tab = await t.open({ ...OFFER, samples: ["21"] });
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text("#mail"), /\.(xlsx|pdf|csv|docx)/);
      await dialog.click("#back");
    },
  },
  {
    name: "drive-file-is-a-fact-of-its-own",
    async run(t) {
      const tab = await t.open({ ...OFFER, samples: ["14"], body: undefined });
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text("#mail .files"), /設計書\.pdf[\s\S]*Link to an online file/);
      // The rule asks for files that go as links, and for nothing in the text.
      assert.match(await dialog.text("[data-finding=linked-file]"), /設計書\.pdf/);
      await dialog.click("#back");
    },
  },
  {
    name: "drive-link-in-the-text",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.run(() => {
        const link = (/** @type {string} */ id, /** @type {string} */ words) => Object.assign(document.createElement("a"), { href: `https://docs.google.com/document/d/${id}/edit`, textContent: words });
        const quote = Object.assign(document.createElement("div"), { className: "gmail_quote" });
        quote.append(link("old", "minutes of last week"));
        /** @type {any} */ (window).composes[0].body.append(link("new", "price list"), quote);
      });
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      const found = await dialog.text("[data-finding=linked-file]");
      assert.match(found, /price list/);
      assert.doesNotMatch(found, /last week/);
      await dialog.click("#back");
    },
  },
  {
    name: "recipients-of-a-reopened-draft",
    async run(t) {
      const tab = await t.open({ ...OFFER, hash: "#drafts?compose=CllgCKCFBSNJ" });
      await sleep(1_300);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text("[data-finding=leftover]"), /draft/i);
      await dialog.click("#back");
    },
  },
  {
    name: "recipients-of-a-template",
    async run(t) {
      const tab = await t.open({ ...OFFER, hash: "#inbox?compose=new" });
      await sleep(1_300);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text("[data-finding=leftover]"), /template/i);
      await dialog.click("#back");
    },
  },
  {
    name: "attachment-still-uploading",
    async run(t) {
      const tab = await t.open({ ...OFFER, samples: ["13"] });
      await tab.click(SEND);
      await t.failure(tab, ["parts_pending"]);
      await t.nothingSent();
    },
  },
  {
    name: "ordinary-keys-and-clicks-pass",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(BODY);
      for (const key of ["a", "Enter", " ", "b"]) await tab.press(key);
      await tab.click("[name=subjectbox]");
      const seen = (await tab.seen()).filter(({ trusted }) => trusted);
      assert.equal(seen.filter(({ type }) => type === "keydown").length, 4);
      assert.equal(seen.filter(({ type }) => type === "click").length, 2);
      assert.match(await tab.run(() => /** @type {HTMLElement} */ (document.querySelector("[g_editable]")).innerText), /a\s+b/);
      await t.nothingSent();
    },
  },
];
