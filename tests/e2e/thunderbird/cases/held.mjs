// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Mails that a policy holds: put away, counted down, taken back, sent now, let go in time; and what may come between.
import assert from "node:assert/strict";
import { Compose } from "../lib/compose.mjs";
import { sleep, waitFor } from "../lib/marionette.mjs";
import { HELD, INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const CUSTOMER = "ito@c-corp.example";
const ARCHIVE = `archive@${INSIDE}`;

/** A held mail waits first, then a window opens for it: longer than a mail that is sent at once. */
const PATIENCE_MS = 60_000;

/** @param {Case} t @param {string} [having] */
const leaves = (t, having) => t.delivered({ ...(having ? { having } : {}), timeout: PATIENCE_MS });

/** What Thunderbird asks or says on its own; it is answered. @param {Case} t @returns {Promise<string>} */
const dialog = (t) => waitFor("a dialog of Thunderbird", () => t.thunderbird.run((tools) => tools.takeDialogs().join("\n")), { timeout: PATIENCE_MS });

/** Confirms a mail that is to be held, and waits until it is. @param {Case} t @param {import("../lib/compose.mjs").Mail} mail */
export async function held(t, mail) {
  const compose = await t.compose({ to: [CUSTOMER], ...mail });
  await compose.send();
  await t.confirm(await t.popup({ states: ["ready"] }));
  const one = await waitFor("the mail to be held", () => holdOf(t, mail.subject ?? "", ["waiting", "releasing"]), { timeout: PATIENCE_MS });
  return { compose, id: one.hold_id };
}

/** What the command line says of the held mail with these words in its subject. @param {Case} t @param {string} [words] @param {string[]} [states] */
export function holdOf(t, words = "", states = []) {
  const all = t.lastlook("hold", "list", "--format", "json").split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return all.find(({ subject, state }) => subject.includes(t.tag) && subject.includes(words) && (states.length === 0 || states.includes(state)));
}

/** @param {Case} t @param {string} [words] */
export const noHold = (t, words) => waitFor("no mail to be held", () => !holdOf(t, words), { timeout: PATIENCE_MS });

/** The drafts of this case. @param {Case} t @param {string} [words] @returns {Promise<string[]>} */
export const drafts = (t, words = "") => t.thunderbird.run((tools, tag, more) => tools.draftsWith(tag, more), t.tag, words);

/** Presses a button of the held mail on the page, in a tab. @param {Case} t @param {string} id @param {string} what */
export async function press(t, id, what) {
  const selector = `li[data-hold="${id}"] button[data-do="${what}"]`;
  await t.thunderbird.run(async (tools, wanted) => {
    const tab = await tools.extensionTab("ui/held.html");
    const source = String((/** @type {string} */ chosen) => {
      const button = /** @type {HTMLButtonElement | null} */ (document.querySelector(chosen));
      if (!button || button.disabled) return false;
      button.click();
      return true;
    });
    await tools.until(wanted, () => tools.inBrowsingContext(tab.browser.browsingContext, source, [wanted]));
  }, selector);
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}[]} */
export default [
  {
    name: "held-then-sent-once",
    guards: true,
    async run(t) {
      const file = t.seat.file("offer.pdf", Buffer.alloc(50_000, "%PDF-1.7\n"));
      const started = Date.now();
      const { compose, id } = await held(t, { cc: [`hanako@${INSIDE}`], subject: HELD.putAway, attachments: [file] });
      await compose.closed();
      await t.nothingSent();
      assert.equal((await drafts(t)).length, 1, "the mail lies among the drafts");
      const { envelope, mail, raw } = await leaves(t);
      assert.ok(Date.now() - started >= HELD.putAwaySeconds * 1000, "it waited its time");
      assert.deepEqual(envelope, [ARCHIVE, `hanako@${INSIDE}`, CUSTOMER].sort());
      assert.ok(!raw.toString("latin1").includes("archive@"), "the hidden copy shows in the mail");
      assert.doesNotMatch(raw.toString("latin1"), /^x-lastlook|^x-hold/im);
      assert.equal(mail.headers.get("cc")?.includes("hanako"), true);
      assert.match(raw.toString("latin1"), /offer\.pdf/);
      await noHold(t);
      await waitFor("the draft to go", async () => (await drafts(t)).length === 0);
      await sleep(1_500);
      assert.equal(t.mails().length, 1, "mails at the SMTP server");
      const events = t.lastlook("decisions", "list", "--format", "json").split("\n").filter(Boolean).map((line) => JSON.parse(line).record.event);
      assert.deepEqual(events.slice(-2), ["held", "sent"]);
      assert.ok(id);
    },
  },
  {
    name: "held-taken-back",
    guards: true,
    keeps: true,
    async run(t) {
      const body = "Good morning,\nthe price is 100.";
      const { compose, id } = await held(t, { subject: HELD.long, body });
      await compose.closed();
      const known = await t.thunderbird.run((tools) => tools.composeWindows().map(tools.idOf));
      await press(t, id, "take_back");
      const again = await Compose.adopt(t.thunderbird, known);
      const { to, bcc, subject } = await again.state();
      assert.deepEqual([to, bcc, subject], [[CUSTOMER], [], `${t.tag} ${HELD.long}`]);
      assert.equal(await again.text(), body.replace("\n", " "));
      await noHold(t);
      await waitFor("one draft, that of the window", async () => (await drafts(t)).length === 1);
      await t.nothingSent();
      // It is a mail like any other: sending it asks, and holds.
      await again.send();
      await t.popup({ states: ["ready"] });
    },
  },
  {
    name: "held-send-now",
    guards: true,
    async run(t) {
      const { compose, id } = await held(t, { subject: HELD.long });
      await compose.closed();
      await t.nothingSent();
      await press(t, id, "send_now");
      const { envelope } = await leaves(t);
      assert.deepEqual(envelope, [ARCHIVE, CUSTOMER]);
      await noHold(t);
      await waitFor("the draft to go", async () => (await drafts(t)).length === 0);
    },
  },
  {
    name: "held-kept-as-draft",
    keeps: true,
    async run(t) {
      const { compose, id } = await held(t, { subject: HELD.long });
      await compose.closed();
      await press(t, id, "keep");
      await noHold(t);
      assert.equal((await drafts(t)).length, 1);
      assert.deepEqual(await t.thunderbird.run((tools) => tools.composeWindows().length), 0);
      await t.nothingSent();
    },
  },
  {
    name: "held-countdown",
    guards: true,
    async run(t) {
      const { compose } = await held(t, { subject: HELD.short });
      const popup = await t.popup({ states: ["held"] });
      assert.match(await popup.text(".time"), /\d/);
      await t.nothingSent();
      const { envelope } = await leaves(t);
      assert.deepEqual(envelope, [ARCHIVE, CUSTOMER]);
      await popup.closed();
      await compose.closed();
      await noHold(t);
      assert.equal((await drafts(t)).length, 0);
    },
  },
  {
    name: "held-countdown-escape",
    keeps: true,
    async run(t) {
      const { compose } = await held(t, { subject: HELD.short });
      const popup = await t.popup({ states: ["held"] });
      await popup.press("Escape");
      await noHold(t);
      await compose.usable();
      await sleep(HELD.shortSeconds * 1000);
      await t.nothingSent();
      assert.deepEqual((await compose.state()).to, [CUSTOMER]);
    },
  },
  {
    name: "held-host-killed",
    guards: true,
    async run(t) {
      const { compose } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      for (const pid of t.thunderbird.hostProcesses("lastlook-host")) process.kill(pid, "SIGKILL");
      const { envelope } = await leaves(t);
      assert.deepEqual(envelope, [ARCHIVE, CUSTOMER]);
      await noHold(t);
    },
  },
  {
    name: "held-draft-opened-elsewhere",
    keeps: true,
    async run(t) {
      const { compose } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      const [uri = ""] = await drafts(t);
      const known = await t.thunderbird.run((tools) => tools.composeWindows().map(tools.idOf));
      await t.thunderbird.run((tools, way, mail) => tools.openFrom(way, mail), "draft", uri);
      const again = await Compose.adopt(t.thunderbird, known);
      await noHold(t);
      await sleep(HELD.putAwaySeconds * 1000);
      await t.nothingSent();
      // Edited, it is a new mail.
      await again.write({ subject: `${t.tag} edited ${HELD.putAway}` });
      await again.send();
      await t.popup({ states: ["ready"] });
    },
  },
  {
    name: "held-draft-deleted",
    keeps: true,
    async run(t) {
      const { compose, id } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      await t.thunderbird.run((tools, tag) => tools.deleteDraftsWith(tag), t.tag);
      const popup = await t.popup({ states: ["asks"], timeout: PATIENCE_MS });
      assert.equal(holdOf(t)?.why, "not_found");
      await t.nothingSent();
      await popup.click(`li[data-hold="${id}"] button[data-do="keep"]`);
      await noHold(t);
      await popup.closed();
    },
  },
  {
    name: "held-server-refuses",
    guards: true,
    async run(t) {
      t.seat.sink.refuse = "data";
      const { compose, id } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      await dialog(t);
      await waitFor("the person to be asked", () => holdOf(t, "", ["asked"]), { timeout: PATIENCE_MS });
      assert.equal(holdOf(t)?.why, "refused");
      assert.equal(t.seat.sink.refused, 1, "it is tried once");
      assert.equal((await drafts(t)).length >= 1, true);
      t.seat.sink.refuse = "";
      await press(t, id, "send_now");
      const { envelope } = await leaves(t);
      assert.deepEqual(envelope, [ARCHIVE, CUSTOMER]);
      await noHold(t);
    },
  },
  {
    name: "held-prompt-of-thunderbird",
    guards: true,
    async run(t) {
      // Thunderbird asks about a word like "attached" only when the mail really leaves.
      await t.thunderbird.run(() => Services.prefs.setBoolPref("mail.compose.attachment_reminder", true));
      try {
        const { compose } = await held(t, { subject: HELD.putAway, body: "The offer is attached.\nYamada" });
        await compose.closed();
        const text = await dialog(t);
        assert.match(text, /attach/i);
        await t.thunderbird.run((tools) => tools.takeDialogs());
        await waitFor("an outcome", () => t.mails().length > 0 || holdOf(t, "", ["asked"]), { timeout: PATIENCE_MS });
        // Whichever button was pressed: sent once and no longer held, or not sent and asked about.
        if (t.mails().length > 0) await noHold(t);
        else assert.equal(holdOf(t)?.why, "refused");
        await sleep(1_000);
        assert.ok(t.mails().length <= 1);
      } finally {
        await t.thunderbird.run(() => Services.prefs.setBoolPref("mail.compose.attachment_reminder", false));
      }
    },
  },
  {
    name: "held-clock-jumps",
    keeps: true,
    async run(t) {
      const { compose, id } = await held(t, { subject: HELD.long });
      await compose.closed();
      const jump = (/** @type {number} */ hours) =>
        t.inBackground((by) => {
          const real = Date.now.bind(Date);
          Date.now = () => real() + by * 3_600_000;
        }, hours);
      await jump(30);
      await t.inBackground(() => /** @type {any} */ (globalThis).browser.alarms.create("holds", { when: 0 }));
      await t.nothingSent();
      assert.equal(holdOf(t)?.state, "waiting");
      await jump(-60);
      await press(t, id, "send_now");
      await leaves(t);
      await jump(30);
    },
  },
  {
    name: "held-and-cancelled-on-the-command-line",
    keeps: true,
    async run(t) {
      const { compose, id } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      assert.match(t.lastlook("hold", "cancel", id.slice(0, 8)), /is not sent/);
      await sleep(HELD.putAwaySeconds * 1000);
      await t.nothingSent();
      assert.equal((await drafts(t)).length, 1);
    },
  },
];
