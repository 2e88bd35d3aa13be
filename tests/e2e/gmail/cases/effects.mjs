// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What rules change in the mail, as the page then sends it; and what happens when the page does not keep the change.
import assert from "node:assert/strict";
import { waitFor } from "../../thunderbird/lib/marionette.mjs";
import { FOOTER, INSIDE } from "../policies.mjs";

/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const CUSTOMER = "ito@c-corp.example";
const OTHER = "sato@d-shoji.example";
const COLLEAGUE = `hanako@${INSIDE}`;
const ARCHIVE = `archive@${INSIDE}`;
const SEND = ".aoO";

/** @type {CaseDefinition[]} */
export default [
  {
    name: "forced-bcc",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE] }, subject: "minutes-of-meeting", body: "As said." });
      await tab.click(SEND);
      const mail = await t.delivered();
      assert.deepEqual([mail.to, mail.bcc], [[COLLEAGUE], [ARCHIVE]]);
    },
  },
  {
    name: "cc-to-bcc-with-one-still-typed",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE], cc: [`"Ito, I." <${CUSTOMER}>`, `boss@${INSIDE}`] }, subject: "newsletter-2026", body: "News." });
      await tab.type(".anm[name=cc] input", OTHER);
      await tab.click(SEND);
      await (await t.confirmation(tab)).confirm();
      const mail = await t.delivered();
      assert.deepEqual([mail.to, mail.cc, mail.bcc.sort()], [[COLLEAGUE], [`boss@${INSIDE}`], [CUSTOMER, OTHER]]);
    },
  },
  {
    name: "recipient-removed",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE, `former@${INSIDE}`] }, subject: "gone-2026", body: "News." });
      await tab.click(SEND);
      const mail = await t.delivered();
      assert.deepEqual(mail.to, [COLLEAGUE]);
    },
  },
  {
    name: "text-added",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE] }, subject: "footer-2026", body: "明日の件、承知しました。" });
      await tab.click(SEND);
      const mail = await t.delivered();
      assert.match(mail.body, /承知しました。[\s\S]*(nobody else|宛先の方のみ)/, FOOTER.en);
    },
  },
  {
    name: "one-click-fix",
    async run(t) {
      const to = [CUSTOMER, OTHER, "mori@e-corp.example"];
      const tab = await t.open({ people: { to }, subject: "offer", body: "Good morning" });
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      await dialog.click('button[data-fix="move_to_bcc"]');
      await waitFor("the mail to be changed", async () => (await dialog.text("#note")) !== "");
      await dialog.confirm();
      const mail = await t.delivered();
      assert.deepEqual(mail.bcc.sort(), [...to].sort());
    },
  },
  {
    name: "fields-set-late-by-the-page",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE] }, subject: "minutes-of-meeting", body: "As said.", resetAfter: 900 });
      await tab.click(SEND);
      await t.failure(tab, ["patch_failed", "page_changed"]).catch(async (error) => {
        // Sent with the copy it must have, or not at all.
        if (t.sent.length === 0) throw error;
      });
      for (const mail of t.sent) assert.deepEqual(mail.bcc, [ARCHIVE]);
    },
  },
  {
    name: "page-takes-the-change-back",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE, `former@${INSIDE}`] }, subject: "gone-2026", body: "News.", losesChanges: true });
      await tab.click(SEND);
      await t.failure(tab, ["patch_failed", "restore_failed"]);
      await t.nothingSent();
      const left = await tab.run(() => /** @type {any} */ (window).composes[0].fields.to.people.map((/** @type {any} */ one) => one.address).sort());
      assert.deepEqual(left, [`former@${INSIDE}`, COLLEAGUE].sort());
    },
  },
  {
    name: "unsent-mail-is-put-back",
    async run(t) {
      const tab = await t.open({ people: { to: [COLLEAGUE] }, subject: "minutes-of-meeting", body: "As said.", keeps: true });
      await tab.click(SEND);
      await t.delivered();
      await waitFor("the copy to be taken out again", () => tab.run(() => /** @type {any} */ (window).composes[0].fields.bcc.people.length === 0), { timeout: 25_000 });
    },
  },
];
