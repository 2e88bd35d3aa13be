// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird is killed while a mail is held. Nothing is lost, and nothing leaves twice: where nobody can know whether the mail has
// left, the person is asked.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../lib/marionette.mjs";
import { openPopups } from "../lib/popup.mjs";
import { HELD } from "../policies.mjs";
import { drafts, held, holdOf, noHold, press } from "./held.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const ROUNDS = process.argv.includes("--long") ? 100 : 5;

/** @param {Case} t */
async function restart(t) {
  await t.thunderbird.kill();
  await t.thunderbird.start();
  await t.thunderbird.ready();
  await t.thunderbird.run((tools) => tools.watchDialogs());
}

/**
 * When the program is killed. `wait` settles at that moment.
 * @type {{name: string, word: string, wait: (t: Case, word: string) => Promise<void>}[]}
 */
const MOMENTS = [
  { name: "right after it was put away", word: HELD.putAway, wait: async () => {} },
  { name: "while it waits", word: HELD.putAway, wait: () => sleep(1_500) },
  {
    name: "when the server has just accepted it",
    word: HELD.putAway,
    wait: (t) => new Promise((resolve) => (t.seat.sink.onMail = () => resolve(undefined))),
  },
  {
    name: "while it is being let go",
    word: HELD.putAway,
    wait: (t, word) => waitFor("the release", () => holdOf(t, word, ["releasing"]) || t.mails(word).length > 0 || !holdOf(t, word), { timeout: 30_000, every: 5 }).then(() => {}),
  },
  { name: "long before its time, while it is counted down", word: HELD.short, wait: () => sleep(300) },
];

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}[]} */
export default [
  {
    name: "held-killed-and-restarted",
    async run(t, xpi) {
      await t.thunderbird.start();
      await t.thunderbird.ready();
      await t.thunderbird.install(xpi);
      for (let round = 0; round < ROUNDS; round++) {
        const { name, word, wait } = MOMENTS[round % MOMENTS.length] ?? MOMENTS[0];
        const subject = `round-${round} ${word}`;
        await held(t, { subject });
        await wait(t, subject);
        t.seat.sink.onMail = undefined;
        await restart(t);
        const where = `round ${round}, killed ${name}`;
        // It leaves in its time, was found to have left, or is asked about.
        await waitFor(`${where}: an outcome`, () => !holdOf(t, subject) || holdOf(t, subject, ["asked"]), { timeout: 60_000 });
        const asked = holdOf(t, subject);
        const left = t.mails(subject).length;
        assert.ok(left <= 1, `${where}: left ${left} times`);
        if (!asked) assert.equal(left, 1, `${where}: neither held nor sent`);
        else if (left === 1) await press(t, asked.hold_id, "keep");
        else {
          assert.ok((await drafts(t, subject)).length > 0, `${where}: the draft is lost`);
          await press(t, asked.hold_id, "send_now");
          await waitFor(`${where}: the mail`, () => t.mails(subject).length > 0, { timeout: 60_000 });
        }
        await noHold(t, subject);
        await sleep(500);
        assert.equal(t.mails(subject).length, 1, `${where}: mails at the SMTP server`);
        await t.cleanUp();
      }
    },
  },
  {
    name: "held-overdue-after-a-restart",
    keeps: true,
    async run(t, xpi) {
      await t.thunderbird.start();
      await t.thunderbird.ready();
      await t.thunderbird.install(xpi);
      const { compose, id } = await held(t, { subject: HELD.putAway });
      await compose.closed();
      await t.thunderbird.kill();
      await sleep(HELD.putAwaySeconds * 1000);
      await t.thunderbird.start();
      await t.thunderbird.ready();
      const popup = await t.popup({ states: ["asks"], timeout: 60_000 });
      assert.equal(holdOf(t)?.why, "overdue");
      await t.nothingSent();
      await popup.click(`li[data-hold="${id}"] button[data-do="send_now"]`);
      await t.delivered({ timeout: 60_000 });
      await noHold(t);
      await waitFor("the window to close", async () => (await openPopups(t.thunderbird)).length === 0);
    },
  },
];
