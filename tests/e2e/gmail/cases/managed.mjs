// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The organisation's own policy file: what packaging/enterprise ships, with the update address filled in.
import assert from "node:assert/strict";
import fs from "node:fs";
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
