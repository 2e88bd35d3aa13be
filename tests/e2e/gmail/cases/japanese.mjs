// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A Japanese browser and a Japanese Gmail.
import assert from "node:assert/strict";
import { waitFor } from "../../thunderbird/lib/marionette.mjs";
import { violationsOf } from "../lib/axe.mjs";
import { HELD, INSIDE } from "../policies.mjs";

/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

/** @type {CaseDefinition[]} */
export default [
  {
    name: "japanese-browser-and-gmail",
    async run(t) {
      const tab = await t.open({ samples: ["12"], lang: "ja", people: { to: ["伊藤 一郎 <ito@c-corp.example>"] }, subject: "御見積の件", body: "伊藤様\n㈱光の山田です。" });
      await tab.click(".aoO");
      const dialog = await t.confirmation(tab);
      const text = await dialog.text();
      for (const part of ["伊藤 一郎", "御見積の件", "戻って直す", "この内容で送信"]) assert.ok(text.includes(part), `the dialog does not show ${part}: ${text}`);
      assert.doesNotMatch(await dialog.text("#findings"), /[a-z]+ [a-z]+ [a-z]+/, "the host's words are English");
      assert.deepEqual(await violationsOf(dialog), []);
      await dialog.confirm();
      const mail = await t.delivered();
      assert.equal(mail.subject, "御見積の件");
      assert.match(mail.body, /㈱光の山田です。/);
    },
  },
  {
    name: "japanese-held-mail",
    async run(t) {
      const tab = await t.open({ samples: ["12"], lang: "ja", people: { to: [`hanako@${INSIDE}`] }, subject: "御見積の件", body: HELD.minute });
      await tab.click(".aoO");
      await (await t.confirmation(tab)).confirm();
      const panel = await tab.dialog("held", { states: ["held"] });
      await waitFor("the mail to wait", () => panel.run((root) => root.querySelector("button[data-do=take_back]")?.disabled === false));
      const text = await panel.text("aside");
      assert.match(text, /御見積の件/);
      assert.match(await panel.text(".time"), /分|秒/);
      assert.doesNotMatch(text, /[a-z]+ [a-z]+/, "words are English");
      await panel.click("button[data-do=take_back]");
      await t.nothingSent();
    },
  },
  {
    name: "japanese-failure",
    async run(t) {
      const tab = await t.open({ samples: ["12"], lang: "ja", subject: "御見積の件" });
      await tab.run(() => document.querySelector(".M9")?.classList.remove("M9"));
      await tab.click(".aoO");
      const dialog = await t.failure(tab, ["page_unknown"]);
      assert.match(await dialog.text(), /Gmail の画面/);
      assert.deepEqual(await violationsOf(dialog), []);
      await t.nothingSent();
    },
  },
];
