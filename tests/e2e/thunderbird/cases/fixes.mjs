// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One click on a fix: the compose window is changed, the mail is decided on anew, and the finding is gone.
import assert from "node:assert/strict";
import { waitFor } from "../lib/marionette.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/popup.mjs").Popup} Popup */

const COLLEAGUE = `hanako@${INSIDE}`;
const CUSTOMER = "ito@c-corp.example";

/** @param {Popup} popup @param {string} rule @param {string} fix */
async function take(popup, rule, fix) {
  assert.equal(await popup.count(`li[data-finding="${rule}"]`), 1, `the finding "${rule}" is shown`);
  await popup.click(`button[data-fix="${fix}"][data-rule="${rule}"]`);
  await waitFor(
    `the finding "${rule}" to go`,
    async () => (await popup.state()) === "ready" && (await popup.count(`li[data-finding="${rule}"]`)) === 0,
  );
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "fix-takes-a-recipient-out",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE, CUSTOMER], subject: "minutes" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await take(popup, "external", "remove_recipients:to[1]");
      assert.ok(!(await popup.text()).includes(CUSTOMER), "who was taken out is no longer shown");
      assert.deepEqual(await popup.tickAll(), [], "nobody outside is left to be ticked");
      await popup.click("#send");
      const { envelope, raw } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE]);
      assert.ok(!raw.toString("latin1").includes(CUSTOMER), "who was taken out shows in the mail");
    },
  },
  {
    name: "fix-puts-whoever-was-meant",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], cc: ["Anna <anna@northwlnd.example>"], subject: "order" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      const button = `button[data-fix="replace_recipient:cc[0]"][data-rule="look-alike-domain"]`;
      assert.match(await popup.text(button), /anna@northwind\.example/, "the button says who takes the place");
      await take(popup, "look-alike-domain", "replace_recipient:cc[0]");
      await t.confirm(popup);
      const { envelope, raw } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, "anna@northwind.example"].sort());
      assert.ok(!raw.toString("latin1").includes("northwlnd"), "the slip shows in the mail");
    },
  },
  {
    name: "fix-moves-whom-the-rule-found",
    guards: true,
    async run(t) {
      const readers = ["a@circle-a.example", "b@circle-b.example"];
      const compose = await t.compose({ to: [COLLEAGUE], cc: [CUSTOMER, ...readers], subject: "books" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await take(popup, "reading-circle", "move_to_bcc");
      await t.confirm(popup);
      const { envelope, mail, raw } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, CUSTOMER, ...readers].sort());
      assert.match(mail.headers.get("cc") ?? "", /ito@c-corp\.example/, "who was not found stays in Cc");
      assert.ok(!raw.toString("latin1").includes("@circle-"), "who was moved shows in the mail");
    },
  },
  {
    name: "fix-changes-the-sender",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "from-sales-2026" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await take(popup, "from-sales", "switch_sender");
      await t.confirm(popup);
      const { envelope, from, mail } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE]);
      assert.equal(from, `sales@${INSIDE}`);
      assert.match(mail.headers.get("from") ?? "", new RegExp(`sales@${INSIDE}`));
    },
  },
  {
    name: "fix-leads-back-to-attach",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "plan", body: "Please find the file attached." });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await popup.click(`button[data-fix="go_back"][data-rule="forgotten-attachment"]`);
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      await t.saysNotSent(compose);
      // With the file there it is asked about the recipient only.
      await compose.write({ attachments: [t.seat.file("plan.txt", "the plan")] });
      await compose.send();
      const again = await t.popup({ states: ["ready"] });
      assert.equal(await again.count(`li[data-finding="forgotten-attachment"]`), 0, "the file is there");
      await t.confirm(again);
      await t.delivered();
    },
  },
];
