// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The status page: how the guard is doing, what to do where its program is missing, and the domains of a person without an
// organisation, from the first page after the installation to a mail that is no longer asked about.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { waitFor } from "../lib/marionette.mjs";
import { INSIDE, PLAIN_POLICY } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

/** The page as a person has it in a tab. */
class StatusPage {
  /** @param {Case} t @param {string} [page] */
  constructor(t, page = "ui/status.html") {
    this.t = t;
    this.page = page;
  }

  /** @template {any[]} A @param {(...args: A) => any} script @param {A} args @returns {Promise<any>} */
  run(script, ...args) {
    return this.t.thunderbird.run(
      async (tools, page, source, values) => tools.inBrowsingContext((await tools.extensionTab(page)).browser.browsingContext, source, values),
      this.page,
      String(script),
      args,
    );
  }

  /** @param {string} state */
  state(state) {
    return waitFor(`the page to say ${state}`, () => this.run((wanted) => document.body.dataset.state === wanted, state), { timeout: 60_000 });
  }

  /** @param {string} selector */
  press(selector) {
    return this.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).click(), selector);
  }

  /** What a person reads there. @param {string} selector @returns {Promise<string>} */
  text(selector) {
    return this.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).innerText, selector);
  }

  /** @param {string} selector @param {RegExp} words */
  says(selector, words) {
    return waitFor(`${selector} to say ${words}`, async () => words.test(await this.text(selector)), { timeout: 30_000 });
  }
}

/** Sends to a colleague: is it asked about? @param {Case} t @param {string} word */
async function asks(t, word) {
  const compose = await t.compose({ to: [`hanako@${INSIDE}`], subject: word });
  await compose.send();
  return waitFor("a window or the mail", async () => {
    if (t.mails(word).length > 0) return "sent";
    const popup = await t.popup({ states: ["ready"], timeout: 500 }).catch(() => null);
    if (!popup) return undefined;
    await popup.click("#back");
    await popup.closed();
    await compose.usable();
    return "asked";
  }, { timeout: 60_000 });
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "status-first-page-and-what-decides",
    async run(t) {
      // Shown once, by itself; a page that nobody asked for is not shown a second time.
      const shown = await waitFor("the first page", () =>
        t.thunderbird.run(() =>
          Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail").tabInfo.some((/** @type {any} */ tab) => tab.browser?.currentURI?.spec.endsWith("/ui/status.html?welcome")),
        ),
      );
      assert.ok(shown);
      assert.equal((await t.inBackground(() => /** @type {any} */ (globalThis).browser.storage.local.get("welcomed"))).welcomed, true);
      const page = new StatusPage(t);
      await page.state("on");
      const facts = await page.text("#facts-list");
      assert.match(facts, /e2e, number 1/);
      assert.match(facts, /[0-9a-f]{12}/);
      assert.match(facts, /Thunderbird 1\d\d/);
      assert.match(facts, /\d+\.\d+\.\d+, running since/);
      assert.match(await page.text("#domains"), /policy of your organisation/);
      assert.equal(await page.run(() => document.getElementById("domains-form")?.hidden), true);
      assert.match(await page.text("#recorded"), /in order/);
    },
  },
  {
    name: "status-program-missing-and-back",
    async run(t) {
      const page = new StatusPage(t);
      await page.state("on");
      t.seat.setHost("missing");
      for (const pid of t.thunderbird.hostProcesses("lastlook-host")) process.kill(pid, "SIGKILL");
      await page.press("#look");
      await page.state("off");
      assert.equal(await page.run(() => document.body.dataset.failure), "host_missing");
      const trouble = await page.text("#trouble");
      for (const word of [/lastlook/, /Flatpak/, /Snap/, /lastlook doctor/]) assert.match(trouble, word);
      t.seat.setHost("direct");
      await page.press("#look");
      await page.state("on");
      assert.equal(await page.run(() => document.getElementById("trouble")?.hidden), true);
    },
  },
  {
    name: "status-own-domains",
    async run(t) {
      const etc = /** @type {import("../lib/private_etc.mjs").PrivateEtc} */ (t.seat.etc);
      fs.rmSync(path.join(etc.policyDirectory, "50-test.json"));
      const page = new StatusPage(t);
      try {
        await page.press("#look");
        await page.says("#domains-list", new RegExp(INSIDE));
        assert.match(await page.text("#facts-list"), /Recommended rules/);
        assert.equal(await page.run(() => /** @type {HTMLInputElement} */ (document.querySelector("#domains-list input")).checked), true);
        // With the keyboard alone: another domain, and one that is everybody's.
        await page.run(() => {
          const input = /** @type {HTMLInputElement} */ (document.getElementById("domains-new"));
          input.focus();
          input.value = "info@gmail.com";
          input.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", bubbles: true, cancelable: true }));
        });
        await page.press("#domains-save");
        await page.says("#domains-status", /Not saved/);
        await page.press('#domains-list input[value="gmail.com"]');
        assert.equal(await asks(t, "before"), "asked", "before it is saved everybody is outside");
        await page.press("#domains-save");
        await page.says("#domains-status", /Saved/);
        const file = path.join(t.seat.home, ".config/lastlook/own-domains.json");
        assert.deepEqual(JSON.parse(fs.readFileSync(file, "utf8")), { domains: [INSIDE] });
        assert.equal(await asks(t, "after"), "sent", "a colleague is inside");
      } finally {
        etc.writePolicy(PLAIN_POLICY);
      }
      // The organisation is there again, and has the word.
      await page.press("#look");
      await page.says("#domains", /policy of your organisation/);
    },
  },
];
