// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The same mail, written in Gmail and in Thunderbird: each client's own reading of it gets the same verdict, byte for byte.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { waitFor } from "../../thunderbird/lib/marionette.mjs";
import { thunderbirdDraft } from "../lib/thunderbird_draft.mjs";
import { INSIDE, POLICY } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const SENDER = `taro@${INSIDE}`;

const MAILS = [
  { to: ["Ito <ito@c-corp.example>"], cc: [], subject: "offer", lines: ["Good morning,", "please find the attached file.", "Taro"], finds: "forgotten-attachment" },
  { to: ["伊藤 一郎 <ito@c-corp.example>", `花子 <hanako@${INSIDE}>`], cc: ["sato@d-shoji.example"], subject: "名簿の件", lines: ["伊藤様", "個人番号は 123456789018 です。"], finds: "personal-data" },
  { to: [`hanako@${INSIDE}`], cc: [], subject: "plan", lines: ["About 極秘計画", "<b> & \"more\""], finds: "secret-plan" },
  { to: ["sato@d-shoji.example", "ito@c-corp.example", "mori@e-corp.example"], cc: [], subject: "newsletter-2026", lines: ["News."], finds: "many-visible" },
];

/** @param {string} text */
const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** @param {Case} t @param {string} name @param {{draft: object, context: object}} check @returns {any} the verdict */
function verdictOf(t, name, { draft, context }) {
  const cli = process.env.LASTLOOK_CLI ?? path.join(path.dirname(t.seat.options.hostBinary), "lastlook");
  const file = (/** @type {string} */ what, /** @type {object} */ value) => {
    const written = path.join(t.seat.directory, `${name}-${what}.json`);
    fs.writeFileSync(written, JSON.stringify(value));
    return written;
  };
  const words = ["check", "--policy", file("policy", POLICY), "--context", file("context", { ...context, now: "2026-11-20T10:00:00+09:00", history: [] }), "--format", "json", "--lang", "en", file("draft", draft)];
  try {
    return JSON.parse(execFileSync(cli, words, { encoding: "utf8" }));
  } catch (error) {
    // The exit status is the disposition.
    return JSON.parse(/** @type {any} */ (error).stdout);
  }
}

/** @type {CaseDefinition[]} */
export default MAILS.map(({ to, cc, subject, lines, finds }) => ({
  name: `same-verdict-as-thunderbird-${finds}`,
  async run(t) {
    t.seat.fault({ mode: "pass", record: true });
    const tab = await t.open({ people: { to: [], cc: [] }, subject, body: lines.join("\n") });
    await waitFor("the compose to be known", () => tab.run(() => document.documentElement.dataset.lastlook === "ready"));
    await tab.run(
      (people) => {
        const { fields } = /** @type {any} */ (window).composes[0];
        for (const [name, list] of Object.entries(people)) for (const one of list) fields[name].add(one);
      },
      { to, cc },
    );
    await tab.click(".aoO");
    const dialog = await t.confirmation(tab, ["ready", "block"]);
    const line = t.seat.faultLines().find((one) => one.startsWith("evaluate ")) ?? "";
    const gmail = verdictOf(t, "gmail", JSON.parse(line.slice("evaluate ".length)));
    const html = `<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=UTF-8"></head><body>${lines.map((one) => `<p>${escaped(one)}</p>`).join("")}</body></html>`;
    const thunderbird = verdictOf(t, "thunderbird", await thunderbirdDraft({ from: SENDER, to, cc, subject, html, text: lines.join("\n") }));
    assert.ok(gmail.findings.some((/** @type {any} */ one) => one.rule === finds), `${finds} is among ${gmail.findings.map((/** @type {any} */ one) => one.rule)}`);
    assert.deepEqual(gmail, thunderbird);
    // The window is made of that verdict by the same modules: every finding stands in it under its title.
    const shown = await dialog.text();
    for (const { title } of thunderbird.findings) assert.ok(shown.includes(title), title);
    await dialog.click("#back");
  },
}));
