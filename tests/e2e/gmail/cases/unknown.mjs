// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A page that is not as the table of selectors has it: the mail is stopped, and the person reads that.
import assert from "node:assert/strict";
import { fuzzOnce } from "../lib/fuzz.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/tab.mjs").Tab} Tab */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const SEND = ".aoO";
// To a colleague: understood, it would leave unasked.
const MAIL = { people: { to: [`hanako@${INSIDE}`], cc: [`jiro@${INSIDE}`] }, subject: "lunch", body: "At noon?" };

/** @param {string} name @param {() => void} change @param {(tab: Tab) => Promise<void>} [gesture] @param {object} [options] @returns {CaseDefinition} */
const stopped = (name, change, gesture = (tab) => tab.click(SEND), options = {}) => ({
  name,
  async run(t) {
    const tab = await t.open({ ...MAIL, ...options });
    await tab.run(change);
    await gesture(tab);
    const dialog = await t.failure(tab, ["page_unknown"]);
    await t.nothingSent();
    assert.equal(await dialog.run((root) => root.querySelector("#unchecked").hidden), true, "no way round");
    await dialog.click("#back");
    await dialog.closed();
    await t.nothingSent();
  },
});


/** @param {number} runs @returns {CaseDefinition[]} */
export default (runs) => [
  stopped("mail-without-its-frame", () => document.querySelector(".M9")?.classList.remove("M9")),
  stopped(
    "mail-without-its-frame-by-shortcut",
    () => document.querySelector(".M9")?.classList.remove("M9"),
    async (tab) => {
      await tab.click("[g_editable]");
      await tab.press("Enter", { ctrl: true });
    },
  ),
  stopped("inline-reply-without-its-frame", () => document.querySelector(".M9")?.classList.remove("M9"), undefined, { samples: ["20"] }),
  stopped("send-that-is-no-button", () => document.querySelector(".aoO")?.removeAttribute("role")),
  stopped("send-in-another-place", () => document.querySelector(".M9")?.append(/** @type {Element} */ (document.querySelector(".aoO")))),
  stopped("send-without-its-words", () => ["data-tooltip", "aria-label"].forEach((name) => document.querySelector(".aoO")?.removeAttribute(name))),
  stopped("recipient-without-address", () => document.querySelector("[role=option][data-hovercard-id]")?.removeAttribute("data-hovercard-id")),
  stopped("recipient-of-another-kind", () => document.querySelector("[role=option][data-hovercard-id]")?.removeAttribute("role")),
  stopped("recipient-in-another-place", () =>
    document.querySelector(".M9 form")?.append(/** @type {Element} */ (document.querySelector("[role=option][data-hovercard-id]"))),
  ),
  stopped("recipient-in-the-summary-only", () => {
    const twin = document.createElement("span");
    twin.setAttribute("email", "ito@c-corp.example");
    document.querySelector(".aoD.hl")?.append(twin);
  }),
  stopped("no-field-for-recipients", () => document.querySelector(".anm[name=to]")?.removeAttribute("name")),
  stopped("no-sender", () => {
    document.title = "Inbox";
  }),
  {
    name: "changed-pages-are-stopped-or-right",
    async run(t) {
      const tab = await t.open({ ...MAIL, people: { to: ["ito@c-corp.example", "sato@d-shoji.example"], cc: [`jiro@${INSIDE}`], bcc: ["mori@e-corp.example"] } });
      const first = Number(process.env.LASTLOOK_FUZZ_SEED ?? 1);
      const outcomes = { blocked: 0, asked: 0, quiet: 0 };
      for (let run = 0; run < runs; run += 1) outcomes[await fuzzOnce(t, tab, first + run)] += 1;
      console.log(`       ${runs} changed pages: ${JSON.stringify(outcomes)}`);
      assert.ok(runs < 20 || (outcomes.asked > 0 && outcomes.blocked > 0), `the changes do too much or too little: ${JSON.stringify(outcomes)}`);
    },
  },
];
