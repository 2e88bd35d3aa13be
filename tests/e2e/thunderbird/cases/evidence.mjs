// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the text of a mail says: each finding's message stands in the window, and its place is marked in the text.
import assert from "node:assert/strict";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {{subject?: string, body: string, files?: string[], rule: string, marks: string[]}} Slip */

const CUSTOMER = "伊藤 一郎 <ito@c-corp.example>";
const OPENING = "伊藤様\n\nお世話になっております。\n";
// Put together here, so that no scanner of this file takes it for a key.
const KEY = ["AKIA", "Q3EGTR5WNX2VD7KB"].join("");

/** @type {Record<string, Slip>} */
export const SLIPS = {
  "personal-number": { body: `${OPENING}個人番号は 123456789018 です。`, rule: "personal-data", marks: ["123456789018"] },
  "cloud-key": { body: `${OPENING}鍵は ${KEY} です。`, rule: "secret", marks: [KEY] },
  "other-organisation": { body: `${OPENING}D商事様向けの条件は前回のとおりです。`, rule: "other-organisation", marks: ["D商事"] },
  "greeting-of-another": { body: "田中様\n\nお世話になっております。\n来週の打合せは予定どおりです。", rule: "greeting-mismatch", marks: ["田中様"] },
  "forgotten-file": { body: `${OPENING}見積書を添付いたします。ご確認ください。`, rule: "forgotten-attachment", marks: ["見積書を添付いたします"] },
  "text-that-stops": { body: `${OPENING}来週の打合せですが、`, rule: "unfinished", marks: ["来週の打合せですが、"] },
  "place-to-fill-in": { body: `${OPENING}納期は○○日でお願いいたします。`, rule: "placeholder", marks: ["○○"] },
  "wrong-weekday": { body: `${OPENING}打合せは2026年11月25日(月)にお願いいたします。`, rule: "weekday-mismatch", marks: ["2026年11月25日(月)"] },
  "password-beside-file": { body: `${OPENING}解凍パスワードは kV93#nnq1 です。`, files: ["資料.zip"], rule: "password-in-body", marks: ["kV93#nnq1"] },
  "twelve-people": {
    body: `${OPENING}参加の方です。\n${"相沢 陽介|別所 香|千田 実|和田 誠|織田 里奈|臼井 勝|浅野 美咲|黒木 拓|尾崎 亮太|片山 文恵|沢田 徹也|小暮 啓介".replaceAll("|", "\n")}`,
    rule: "personal-data-many",
    marks: ["相沢 陽介", "小暮 啓介"],
  },
};

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default Object.entries(SLIPS).map(([name, { subject = "", body, files = [], rule, marks }]) => ({
  name: `marks-${name}`,
  guards: true,
  keeps: true,
  async run(t) {
    const attachments = files.map((file) => t.seat.file(file, Buffer.from("PK\x05\x06".padEnd(22, "\0"), "latin1")));
    const compose = await t.compose({ to: [CUSTOMER], subject, body, attachments });
    await compose.send();
    const popup = await t.popup({ states: ["ready"] });
    const finding = `[data-finding="${rule}"]`;
    assert.equal(await popup.count(finding), 1, `findings: ${await popup.text("#findings")}`);
    const said = (await popup.text(`${finding} p`)).trim();
    assert.ok(said.length >= 10 && !/[{}]|undefined/.test(said), `the message is "${said}"`);
    assert.ok((await popup.count(`${finding} .evidence li`)) > 0, "no evidence is shown");
    const shown = await popup.run(() => [...document.querySelectorAll("#mail pre mark")].map((mark) => mark.textContent ?? ""));
    for (const wanted of marks) assert.ok(shown.some((/** @type {string} */ mark) => mark.includes(wanted)), `marked: ${shown.join(" | ")}`);
    assert.ok(await popup.visible("#mail pre mark"), "the marked text is folded away");
    await t.nothingSent();
    await popup.click("#back");
    await compose.usable();
  },
}));
