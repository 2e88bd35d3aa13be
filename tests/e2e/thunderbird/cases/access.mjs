// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every page of the extension, in the states a person meets it in: what a program can check of its accessibility, in light and
// dark; and the flows with the keyboard alone.
import assert from "node:assert/strict";
import { isAccessible } from "../lib/accessibility.mjs";
import { waitFor } from "../lib/marionette.mjs";
import { HELD } from "../policies.mjs";
import { held, holdOf, noHold, press } from "./held.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const CUSTOMER = "ito@c-corp.example";

/** A page in a tab. @param {Case} t @param {string} url */
const inTab = (t, url) => ({
  run: (/** @type {any} */ script, /** @type {any[]} */ ...args) =>
    t.thunderbird.run(
      async (tools, page, source, values) => tools.inBrowsingContext((await tools.extensionTab(page)).browser.browsingContext, source, values),
      url,
      String(script),
      args,
    ),
});

/** @param {Case} t @param {boolean} dark */
const setDark = (t, dark) =>
  t.thunderbird.run((_tools, on) => {
    Services.prefs.setIntPref("ui.systemUsesDarkTheme", on ? 1 : 0);
    Services.prefs.setIntPref("layout.css.prefers-color-scheme.content-override", on ? 0 : 1);
  }, dark);

/** In light and in dark. @param {Case} t @param {{run: (script: any, ...args: any[]) => Promise<any>}} page @param {string} name */
async function looked(t, page, name) {
  for (const dark of [false, true]) {
    await setDark(t, dark);
    await waitFor("the colours", () => page.run((/** @type {boolean} */ on) => matchMedia("(prefers-color-scheme: dark)").matches === on, dark));
    await isAccessible(page, `${name}, ${dark ? "dark" : "light"}`);
  }
  await setDark(t, false);
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}[]} */
export default [
  {
    name: "access-confirmation",
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], cc: ["sato@c-corp.example"], subject: HELD.long, attachments: [t.seat.file("offer.pdf", Buffer.alloc(5_000, "%PDF-1.7\n"))] });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await looked(t, popup, "confirm.html");
      await popup.press("Escape");
      await popup.closed();
      await compose.usable();
    },
  },
  {
    name: "access-held-mails",
    keeps: true,
    async run(t) {
      const page = inTab(t, "ui/held.html");
      await waitFor("the page", () => page.run(() => document.body.dataset.state === "empty"));
      await looked(t, page, "held.html, empty");
      const { compose, id } = await held(t, { subject: HELD.long });
      await compose.closed();
      await waitFor("the mail on the page", () => page.run((/** @type {string} */ one) => document.querySelector(`li[data-hold="${one}"]`) !== null, id));
      await looked(t, page, "held.html");
      assert.ok(holdOf(t));
      await press(t, id, "keep");
      await noHold(t);
    },
  },
  {
    name: "access-status",
    async run(t) {
      const page = inTab(t, "ui/status.html?welcome");
      await waitFor("the page", () => page.run(() => document.body.dataset.state === "on"));
      await looked(t, page, "status.html");
      t.seat.setHost("missing");
      for (const pid of t.thunderbird.hostProcesses("lastlook-host")) process.kill(pid, "SIGKILL");
      await page.run(() => document.getElementById("look")?.click());
      await waitFor("the page to say so", () => page.run(() => document.body.dataset.state === "off"));
      await looked(t, page, "status.html, without the program");
      // The failure page, by the way of a mail.
      const compose = await t.compose({ to: [CUSTOMER], subject: "no program" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await looked(t, popup, "failure.html");
      t.seat.setHost("direct");
      await popup.press("Escape");
      await popup.closed();
    },
  },
  {
    name: "access-behind-the-button",
    async run(t) {
      const page = inTab(t, "ui/compose_status.html");
      await waitFor("the page", () => page.run(() => Boolean(document.getElementById("heading")?.textContent)));
      await looked(t, page, "compose_status.html");
      // And what is wrong is found.
      await page.run(() => document.body.append(document.createElement("img"), Object.assign(document.createElement("p"), { textContent: "faint", style: "color:#ccc;background:#fff" })));
      await assert.rejects(isAccessible(page, "a page with faults"), (/** @type {Error} */ error) => /image-alt/.test(error.message) && /color-contrast/.test(error.message));
    },
  },
  {
    name: "access-confirm-with-the-keyboard-alone",
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: HELD.long });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      // From box to box and to the button, as somebody does who has no mouse.
      for (let presses = 0; ; presses++) {
        assert.ok(presses < 60, "Tab reaches every box and the button");
        const at = await popup.run(() => {
          const here = /** @type {any} */ (document.activeElement);
          return { id: here.id, box: here.type === "checkbox" && here.hasAttribute("data-acknowledge") && !here.checked, ring: here.matches(":focus-visible"), disabled: here.disabled };
        });
        if (at.id === "send" && !at.disabled) break;
        if (at.box) {
          assert.ok(at.ring, "one sees where one is");
          await popup.press(" ");
          continue;
        }
        await popup.press("Tab");
      }
      await popup.press("Enter");
      await compose.closed();
      const one = await waitFor("the mail to be held", () => holdOf(t, "", ["waiting"]), { timeout: 60_000 });
      await press(t, one.hold_id, "keep");
      await noHold(t);
    },
  },
];
