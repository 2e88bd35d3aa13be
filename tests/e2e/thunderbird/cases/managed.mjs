// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The organisation's own policies.json: the file that packaging/enterprise ships, with the place of the package filled in.
import assert from "node:assert/strict";
import fs from "node:fs";
import { waitFor } from "../lib/marionette.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const CUSTOMER = "ito@c-corp.example";
const SHIPPED = new URL("../../../../packaging/enterprise/thunderbird/policies.json", import.meta.url);

/** @param {Case} t @param {string} xpi @param {object} [settings] of the extension */
async function startManaged(t, xpi, settings) {
  const { policies } = JSON.parse(fs.readFileSync(SHIPPED, "utf8"));
  policies.ExtensionSettings["lastlook@lastlook"].install_url = `file://${xpi}`;
  if (settings) policies["3rdparty"].Extensions["lastlook@lastlook"] = settings;
  t.seat.etc?.writeThunderbirdPolicies({ policies });
  await t.thunderbird.start();
  await t.thunderbird.ready();
  await waitFor("the extension to be installed", () => t.thunderbird.run((tools) => Boolean(tools.addon())), { timeout: 30_000 });
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}[]} */
export default [
  {
    name: "installed-by-policy",
    guards: true,
    async run(t, xpi) {
      await startManaged(t, xpi);
      const rights = await t.thunderbird.run(async () => {
        const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
        const addon = await AddonManager.getAddonByID("lastlook@lastlook");
        const can = (/** @type {number} */ permission) => Boolean(addon.permissions & permission);
        const refusal = await addon.disable().then(() => "", (/** @type {unknown} */ error) => String(error));
        return { active: addon.isActive, disable: can(AddonManager.PERM_CAN_DISABLE), uninstall: can(AddonManager.PERM_CAN_UNINSTALL), refusal };
      });
      assert.deepEqual({ ...rights, refusal: undefined }, { active: true, disable: false, uninstall: false, refusal: undefined });
      assert.match(rights.refusal, /policy/i);
      const locked = await t.thunderbird.run(() => [Services.prefs.prefIsLocked("mailnews.sendInBackground"), Services.prefs.getBoolPref("mailnews.sendInBackground")]);
      assert.deepEqual(locked, [true, false]);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      await t.nothingSent();
      await t.confirm(await t.popup({ states: ["ready"] }));
      await t.delivered();
    },
  },
  {
    name: "unchecked-only-if-the-administrator-says-so",
    guards: true,
    keeps: true,
    async run(t, xpi) {
      t.seat.setHost("missing");
      await startManaged(t, xpi);
      const offered = async (/** @type {string} */ subject) => {
        const compose = await t.compose({ to: [CUSTOMER], subject });
        await compose.send();
        const popup = await t.popup({ states: ["failure"] });
        await t.reads(popup, ["host_missing"]);
        const shown = await popup.run(() => !(/** @type {HTMLElement} */ (document.getElementById("unchecked")).hidden));
        await popup.click("#back");
        await popup.closed();
        await compose.discard();
        return shown;
      };
      assert.equal(await offered("managed"), false, "the shipped file keeps the mail");
      await t.thunderbird.quit();
      // What is no word that is known is no permission.
      await startManaged(t, xpi, { onHostMissing: "allow" });
      assert.equal(await offered("a word nobody knows"), false);
      await t.thunderbird.quit();
      await startManaged(t, xpi, { onHostMissing: "confirm-unchecked" });
      assert.equal(await offered("allowed by the administrator"), true);
      await t.nothingSent();
    },
  },
];
