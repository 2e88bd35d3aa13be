// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The organisation's own policy file: what packaging/enterprise ships, with the update address filled in.
import assert from "node:assert/strict";
import fs from "node:fs";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { packageExtension } from "../lib/package.mjs";
import { EXTENSION_ID } from "../lib/seat.mjs";

/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const CUSTOMER = "ito@c-corp.example";
const SHIPPED = new URL("../../../../packaging/enterprise/chromium/lastlook.json", import.meta.url);
const OFFER = { people: { to: [CUSTOMER] }, subject: "offer", body: "Good morning,\nsee you tomorrow." };

/** @param {import("../lib/seat.mjs").Seat} seat */
export function shippedPolicies(seat) {
  const policies = JSON.parse(fs.readFileSync(SHIPPED, "utf8"));
  policies.ExtensionSettings[EXTENSION_ID].update_url = packageExtension(seat.options.extension, seat.directory);
  return policies;
}

/** The same, with a table of selectors. @param {object} table @returns {(seat: import("../lib/seat.mjs").Seat) => object} */
export const withTable = (table) => (seat) => {
  const policies = shippedPolicies(seat);
  policies["3rdparty"].extensions[EXTENSION_ID].gmailSelectors = table;
  return policies;
};

/** Of a Gmail that calls its composes otherwise. */
export const NEWER_TABLE = { version: 1_000, selectors: { compose: ".M10" } };
export const BROKEN_TABLE = { version: 1_000, selectors: { compose: ".M10", send: "[role==button]" } };

/** @type {CaseDefinition[]} */
export const newerTable = [
  {
    name: "newer-table-by-policy",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.run(() => document.querySelector(".M9")?.classList.replace("M9", "M10"));
      // Chromium hands the organisation's values out some seconds after it has installed the extension: until then nothing is sent.
      for (let tries = 0; ; tries += 1) {
        await tab.click(".aoO");
        await waitFor("an answer", async () => (await tab.dialogs()).some((kind) => kind === "confirm" || kind === "failure"));
        if (!(await tab.dialogs()).includes("failure")) break;
        const failure = await t.failure(tab, ["page_unknown"]);
        assert.ok(tries < 12, "the table does not come");
        await failure.click("#back");
        await sleep(1_000);
      }
      const dialog = await t.confirmation(tab);
      await dialog.confirm();
      await t.delivered();
    },
  },
];

/** @type {CaseDefinition[]} */
export const brokenTable = [
  {
    name: "broken-table-is-refused-and-told",
    async run(t) {
      const tab = await t.open(OFFER);
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request client.problem"));
      await tab.click(".aoO");
      const dialog = await t.confirmation(tab);
      assert.deepEqual(t.sent, [], "a mail left before the answer");
      await dialog.confirm();
      await t.delivered();
    },
  },
];

/** @type {CaseDefinition[]} */
export default [
  {
    name: "installed-by-policy",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(".aoO");
      const dialog = await t.confirmation(tab);
      assert.deepEqual(t.sent, [], "a mail left before the answer");
      await dialog.confirm();
      await t.delivered();
    },
  },
  {
    name: "managed-sends-nothing-unchecked",
    async run(t) {
      t.seat.setHost("missing");
      await t.seat.endHost();
      const tab = await t.open(OFFER);
      await tab.click(".aoO");
      const dialog = await t.failure(tab, ["host_missing"]);
      assert.equal(await dialog.run((root) => root.querySelector("#unchecked").hidden), true, "the administrator has not opened that way");
      await t.nothingSent();
    },
  },
];
