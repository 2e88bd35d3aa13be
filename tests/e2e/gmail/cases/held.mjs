// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Mails that wait: in their compose, or with Gmail's own scheduled send. None leaves at once, and none that is not sure leaves at all.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { violationsOf } from "../lib/axe.mjs";
import { HELD, INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/tab.mjs").Tab} Tab */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const CUSTOMER = "ito@c-corp.example";
const COLLEAGUE = `hanako@${INSIDE}`;
const ARCHIVE = `archive@${INSIDE}`;
const SEND = ".aoO";

/** @param {string} word */
const mail = (word) => ({ people: { to: [COLLEAGUE] }, subject: word, body: "As said." });

/** Pressed Send and confirmed. @param {Case} t @param {object} options */
async function held(t, options) {
  const tab = await t.open(options);
  await tab.click(SEND);
  await (await t.confirmation(tab)).confirm();
  return tab;
}

/** @param {Tab} tab @param {string[]} [states] */
const panelOf = (tab, states = ["held", "asks"]) => tab.dialog("held", { states });

/** Nothing is in the list. @param {Tab} tab */
const listIsGone = (tab) =>
  waitFor("the list to go", () => tab.run(() => [...document.querySelectorAll("div[data-lastlook=held]")].every((one) => !one.hasAttribute("data-waiting"))));

/** @param {Case} t @param {Tab} tab */
async function takeBack(t, tab) {
  const panel = await panelOf(tab);
  await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=take_back]")?.disabled === false));
  await panel.click("button[data-do=take_back]");
  await listIsGone(tab);
  const left = await tab.run(() => /** @type {any} */ (window).composes[0].fields.to.people.map((/** @type {any} */ one) => one.address));
  assert.deepEqual(left, [COLLEAGUE], "the mail is as it was");
  await t.nothingSent();
}

/** Sent by Gmail, in five to seven minutes. @param {import("../lib/gmail_server.mjs").SentMail} sent @param {string} language @param {number} before */
function assertScheduled(sent, language, before) {
  const near = Array.from({ length: 4 }, (_, index) => new Date(Math.ceil((before + 300_000) / 60_000) * 60_000 + index * 60_000));
  const forms = near.map((at) => ({ day: new Intl.DateTimeFormat(language, { dateStyle: "medium" }).format(at), time: new Intl.DateTimeFormat(language, { timeStyle: "short" }).format(at) }));
  assert.ok(forms.some((form) => JSON.stringify(form) === JSON.stringify(sent.at)), `${JSON.stringify(sent.at)} is none of ${JSON.stringify(forms)}`);
  assert.deepEqual([sent.scheduled, sent.bcc], [true, [ARCHIVE]], "what the policy wants is done before Gmail has the mail");
}

/** Gmail's own scheduled send does not do: the mail is counted down. @param {string} name @param {object} options @returns {CaseDefinition} */
const countedDown = (name, options) => ({
  name,
  async run(t) {
    const tab = await held(t, { ...mail(HELD.five), ...options });
    const panel = await panelOf(tab);
    await waitFor("the person to be told", async () => /counted down/.test(await panel.text(".said")), { timeout: 15_000 });
    assert.match(await panel.text(".time"), /[45] min/);
    assert.equal(await tab.run(() => document.querySelector("#schedule") === null), true, "Gmail's dialog is closed again");
    await takeBack(t, tab);
  },
});

/** @type {CaseDefinition[]} */
export default [
  {
    name: "held-for-seconds-then-sent-once",
    async run(t) {
      const tab = await held(t, mail(HELD.short));
      const began = Date.now();
      const panel = await panelOf(tab, ["held"]);
      assert.match(await panel.text("#held-list"), new RegExp(HELD.short));
      await waitFor("the time to be shown", async () => /Leaves in \d/.test(await panel.text(".time")));
      const sent = await t.delivered();
      assert.ok(Date.now() - began > (HELD.shortSeconds - 2) * 1_000, "it left too early");
      assert.deepEqual([sent.to, sent.bcc, sent.scheduled], [[COLLEAGUE], [ARCHIVE], false]);
      await listIsGone(tab);
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request hold.sent"));
    },
  },
  {
    name: "held-and-taken-back",
    async run(t) {
      const tab = await held(t, mail(HELD.short));
      await takeBack(t, tab);
      await sleep((HELD.shortSeconds + 1) * 1_000);
      await t.nothingSent();
    },
  },
  {
    name: "held-and-sent-now",
    async run(t) {
      const tab = await held(t, mail(HELD.minute));
      const panel = await panelOf(tab);
      await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=send_now]")?.disabled === false));
      await panel.click("button[data-do=send_now]");
      assert.deepEqual((await t.delivered()).bcc, [ARCHIVE]);
      await listIsGone(tab);
    },
  },
  {
    name: "held-and-send-pressed-again-means-now",
    async run(t) {
      const tab = await held(t, mail(HELD.minute));
      const panel = await panelOf(tab);
      await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=send_now]")?.disabled === false));
      await tab.focus(SEND);
      await tab.press("Enter");
      assert.deepEqual((await t.delivered()).bcc, [ARCHIVE]);
      await listIsGone(tab);
    },
  },
  {
    name: "held-and-changed-meanwhile-is-asked-anew",
    async run(t) {
      const tab = await held(t, mail(HELD.short));
      await panelOf(tab, ["held"]);
      await tab.run((text) => /** @type {any} */ (window).composes[0].fields.to.add(text), CUSTOMER);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text(), /ito@c-corp\.example/);
      assert.deepEqual(t.sent, []);
      await dialog.click("#back");
      await dialog.closed();
      await t.nothingSent();
    },
  },
  {
    name: "held-and-the-tab-closed-is-never-sent",
    async run(t) {
      const tab = await held(t, mail(HELD.short));
      await panelOf(tab, ["held"]);
      await tab.close();
      await sleep((HELD.shortSeconds + 1) * 1_000);
      const other = await t.open({ people: { to: [] } });
      const panel = await panelOf(other, ["asks"]);
      assert.match(await panel.text("#held-list"), /Gmail’s drafts/);
      await panel.click("button[data-do=keep]");
      await listIsGone(other);
      await t.nothingSent();
    },
  },
  {
    name: "held-and-its-compose-closed-is-never-sent",
    async run(t) {
      const tab = await held(t, mail(HELD.minute));
      const panel = await panelOf(tab, ["held"]);
      await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=send_now]")?.disabled === false));
      await tab.run(() => /** @type {any} */ (window).composes[0].shell.remove());
      const asks = await panelOf(tab, ["asks"]);
      assert.match(await asks.text("#held-list"), /Gmail’s drafts/);
      await asks.click("button[data-do=keep]");
      await listIsGone(tab);
      await t.nothingSent();
    },
  },
  {
    name: "keys-stay-in-the-list-of-held-mails",
    async run(t) {
      const tab = await held(t, mail(HELD.minute));
      const panel = await panelOf(tab);
      await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=keep]")?.disabled === false));
      assert.deepEqual(await violationsOf(panel), []);
      const before = (await tab.seen()).length;
      await panel.run((root) => root.querySelector("button[data-do=keep]").focus());
      for (const key of ["c", "#", "Enter"]) await tab.press(key);
      assert.deepEqual((await tab.seen()).slice(before).filter(({ key }) => key !== ""), [], "keys reached the page");
      await listIsGone(tab);
      await t.nothingSent();
    },
  },
  {
    name: "five-minutes-are-gmails",
    async run(t) {
      const before = Date.now();
      const tab = await held(t, mail(HELD.five));
      assertScheduled(await t.delivered(), "en-US", before);
      const panel = await tab.dialog("held", { states: ["empty", "held", "loading"] });
      await waitFor("the person to be told", async () => /Scheduled/.test(await panel.text(".said")));
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request hold.sent"));
    },
  },
  {
    name: "five-minutes-are-gmails-in-japanese",
    async run(t) {
      const before = Date.now();
      await held(t, { ...mail(HELD.five), scheduleForm: "ja", lang: "ja" });
      assertScheduled(await t.delivered(), "ja", before);
    },
  },
  countedDown("scheduled-time-that-gmail-does-not-keep", { scheduleForgets: true }),
  countedDown("scheduled-time-in-an-unknown-form", { scheduleForm: "odd" }),
  countedDown("scheduled-send-without-a-picker", { scheduleWithoutPicker: true }),
];
