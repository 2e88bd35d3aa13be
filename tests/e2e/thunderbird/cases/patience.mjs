// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A person who takes longer than Thunderbird keeps an idle extension page alive.
import assert from "node:assert/strict";
import { sleep } from "../lib/marionette.mjs";

/** Thunderbird 153 stops an idle page after 30 s and gives a pending listener one more round: 60 s. */
const THINKING_MS = 95_000;

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: import("../lib/case.mjs").Case) => Promise<void>}[]} */
export default [
  {
    name: "decision-after-95-seconds",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: ["ito@c-corp.example"], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      // Nothing is run in the extension meanwhile: that would keep its page awake.
      await sleep(THINKING_MS);
      assert.equal((await compose.state()).locked, true, "the mail is still held");
      await t.nothingSent();
      await t.confirm(popup);
      await t.delivered();
      await compose.closed();
    },
  },
];
