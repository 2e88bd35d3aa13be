// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What a case works with: its seat, the tabs it opened, and the assertions every case shares.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";

/** How long to look for a mail that must not come: the page sends in the turn of the gesture. */
const NOTHING_CAME_MS = 500;

export class Case {
  /** @param {import("./seat.mjs").Seat} seat @param {{patience?: number}} [options] */
  constructor(seat, { patience = 20_000 } = {}) {
    this.seat = seat;
    this.patience = patience;
    /** @type {import("./tab.mjs").Tab[]} */
    this.tabs = [];
    this.first = seat.gmail.sent.length;
  }

  /** @param {import("./gmail_server.mjs").PageOptions} [options] @param {number} [account] */
  async open(options, account) {
    const tab = await this.seat.open(options, account);
    this.tabs.push(tab);
    return tab;
  }

  /** Mails of this case. */
  get sent() {
    return this.seat.gmail.sent.slice(this.first);
  }

  /** Exactly one mail has left. @returns {Promise<import("./gmail_server.mjs").SentMail>} */
  async delivered() {
    await waitFor("the mail to leave", () => this.sent.length > 0, { timeout: this.patience });
    await sleep(NOTHING_CAME_MS);
    assert.equal(this.sent.length, 1, `mails that left: ${JSON.stringify(this.sent)}`);
    return /** @type {any} */ (this.sent[0]);
  }

  async nothingSent() {
    await sleep(NOTHING_CAME_MS);
    assert.deepEqual(this.sent, [], "a mail left");
  }

  /** @param {import("./tab.mjs").Tab} tab @param {string[]} [states] */
  confirmation(tab, states = ["ready"]) {
    return tab.dialog("confirm", { states, timeout: this.patience });
  }

  /** @param {import("./tab.mjs").Tab} tab @param {string[]} kinds @param {number} [timeout] */
  async failure(tab, kinds, timeout = this.patience) {
    const dialog = await tab.dialog("failure", { timeout });
    assert.ok(kinds.includes(await dialog.failure()), `the reason is ${await dialog.failure()}, none of ${kinds}: ${await dialog.text()}`);
    assert.match(await dialog.text("#what-happened"), /\S{3}/);
    assert.match(await dialog.text("#what-to-do"), /\S{3}/);
    return dialog;
  }

  /** The page's own listeners saw nothing that a person did to Send. @param {import("./tab.mjs").Tab} tab */
  async sawNothing(tab) {
    const seen = (await tab.seen()).filter(({ on, trusted }) => on === "send" && trusted);
    assert.deepEqual(seen, [], "gestures on Send reached the page");
  }

  async cleanUp() {
    for (const tab of this.tabs) await tab.close();
  }
}
