// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Whether the drafts are those of the texts, and whether the texts are what they claim to be.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";

import { monthFiles } from "./write_month.mjs";

const FREE_MAIL = new Set(["gmail.com", "yahoo.co.jp", "outlook.com"]);

/** @typedef {{ name: string, asks?: boolean, mail: any, context: any }} Line */

/** @returns {Line[]} */
const lines = () =>
  [...monthFiles().values()].flatMap((content) => content.trimEnd().split("\n").map((line) => JSON.parse(line)));

test("the drafts are those of the texts: else run node tests/month/write_month.mjs", () => {
  for (const [file, content] of monthFiles()) {
    assert.ok(fs.readFileSync(file, "utf8") === content, path.basename(file));
  }
});

test("it is a month: at least 330 drafts, each with a name of its own, on every working day, three in ten not Japanese", () => {
  const all = lines();
  assert.ok(all.length >= 330, `${all.length}`);
  assert.equal(new Set(all.map((line) => line.name)).size, all.length);
  const days = new Set(all.map((line) => line.context.now.slice(8, 10)));
  const working = [1, 2, 5, 6, 7, 8, 9, 13, 14, 15, 16, 19, 20, 21, 22, 23, 26, 27, 28, 29, 30];
  assert.deepEqual([...days].map(Number).sort((a, b) => a - b), working);
  const japanese = all.filter((line) => /[ぁ-ん]/.test(line.mail.body.text ?? line.mail.body.html)).length;
  assert.ok(japanese / all.length > 0.65 && japanese / all.length < 0.75, `${japanese}`);
});

test("at most 1.5 in 100 go to somebody new outside", () => {
  const all = lines();
  const asks = all.filter((line) => line.asks).length;
  assert.ok(asks >= 5 && asks <= all.length * 0.0152, `${asks} of ${all.length}`);
});

/** A date without a year is the one nearest to this autumn. @param {string | undefined} year @param {number} month @param {number} day */
const weekdayOf = (year, month, day) => new Date(Date.UTC(Number(year ?? (month < 4 ? 2027 : 2026)), month - 1, day)).getUTCDay();
const ENGLISH_DAYS = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const ENGLISH_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

test("every weekday is the right one", () => {
  let seen = 0;
  for (const line of lines()) {
    const text = `${line.mail.subject}\n${line.mail.body.text ?? line.mail.body.html}`;
    const japanese = /(?:(\d{4})年)?(\d{1,2})(?:月|\/)(\d{1,2})日?[(（]([日月火水木金土])[・)）]/g;
    for (const [whole, year, month, day, weekday] of text.matchAll(japanese)) {
      assert.equal("日月火水木金土"[weekdayOf(year, Number(month), Number(day))], weekday, `${line.name}: ${whole}`);
      ++seen;
    }
    const english = /\b(Sun|Mon|Tues|Wednes|Thurs|Fri|Satur)day,? (\d{1,2}) ([A-Z][a-z]+)(?: (\d{4}))?/g;
    for (const [whole, weekday, day, month, year] of text.matchAll(english)) {
      const number = ENGLISH_MONTHS.indexOf(month.slice(0, 3).toLowerCase()) + 1;
      assert.equal(ENGLISH_DAYS[weekdayOf(year, number, Number(day))], weekday.slice(0, 3).toLowerCase(), `${line.name}: ${whole}`);
      ++seen;
    }
  }
  assert.ok(seen > 150, `${seen}`);
});

test("the domains are reserved ones, but for the free mail of made-up people", () => {
  for (const line of lines()) {
    const { from, to, cc, bcc } = line.mail;
    for (const text of [from, ...to, ...cc, ...bcc]) {
      const [, local, domain] = /([^\s<>]+)@([^\s<>]+?)>?$/.exec(text) ?? [];
      assert.ok(/\.example$|\.example\.jp$/.test(domain) || (FREE_MAIL.has(domain) && local.startsWith("made.up.")), text);
    }
  }
});
