// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { PastedTexts } from "../../extension/core/pasted_text.js";

const OFFER = "An offer to D-Shoji alone:\n  120 pieces at 4,300 yen each.\nValid until the end of May.";
const MORI = ["Mori <mori@d-shoji.example>", "me@kodama.example.jp"];

/** @param {string} text */
const bareLength = (text) => text.replace(/\s+/g, "").length;

/** One mail that was watched, with the offer copied before. */
function watched() {
  const texts = new PastedTexts();
  texts.copied(OFFER, MORI);
  texts.watched("c-1");
  return texts;
}

test("text of another mail is known by the people of that mail", () => {
  const texts = watched();
  assert.deepEqual(texts.in("c-1", OFFER), [], "written, not put in");
  texts.put("c-1", OFFER);
  assert.deepEqual(texts.in("c-1", `Dear Kato,\n\n${OFFER}\nBye`), [{ length: bareLength(OFFER), from: MORI }]);
});

test("blanks and line breaks may change on the way", () => {
  const texts = watched();
  texts.put("c-1", OFFER.replace(/\s+/g, " "));
  assert.equal(texts.in("c-1", OFFER.replace(/ /g, "\u00a0"))?.[0]?.length, bareLength(OFFER));
});

test("a part of what was copied, and what was copied together with more", () => {
  const texts = watched();
  texts.put("c-1", "120 pieces at 4,300 yen each.");
  assert.equal(texts.in("c-1", "120 pieces at 4,300 yen each.")?.length, 1);
  texts.put("c-2", `Hello.\n${OFFER}`);
  assert.equal(texts.in("c-2", `Hello.\n${OFFER}`)?.length, 1);
});

test("what was taken out again does not count, line by line", () => {
  const texts = watched();
  texts.put("c-1", OFFER);
  assert.equal(texts.in("c-1", "120 pieces at 4,300 yen each.")?.[0]?.length, bareLength("120 pieces at 4,300 yen each."));
  assert.deepEqual(texts.in("c-1", "Dear Kato"), []);
});

test("absent where nobody watched; nothing for a name, for other text, for a mail without people", () => {
  const texts = watched();
  assert.equal(texts.in("c-9", OFFER), undefined);
  texts.put("c-1", "Mori");
  texts.put("c-1", "Something quite different, of which nobody has a copy.");
  assert.deepEqual(texts.in("c-1", "Mori, Something quite different, of which nobody has a copy."), []);
  texts.copied("A text of a mail in which nobody is named.", []);
  texts.put("c-1", "A text of a mail in which nobody is named.");
  assert.deepEqual(texts.in("c-1", "A text of a mail in which nobody is named."), []);
});

test("the mail copied last counts; only so many are kept; a closed window is forgotten", () => {
  const texts = watched();
  texts.copied(OFFER, ["kato@e-corp.example"]);
  texts.put("c-1", OFFER);
  assert.deepEqual(texts.in("c-1", OFFER)?.[0]?.from, ["kato@e-corp.example"]);
  for (let n = 0; n < 20; n++) texts.copied(`another text, number ${n} of them all`, MORI);
  texts.put("c-2", OFFER);
  assert.deepEqual(texts.in("c-2", OFFER), []);
  texts.forget("c-1");
  assert.equal(texts.in("c-1", OFFER), undefined);
});

test("a very long text is read in time", () => {
  const texts = new PastedTexts();
  const long = "x".repeat(99) + "\n";
  const text = Array.from({ length: 30_000 }, (_, n) => `${n} ${long}`).join("");
  texts.copied(text, MORI);
  const started = Date.now();
  texts.put("c-1", text);
  assert.ok((texts.in("c-1", text)?.[0]?.length ?? 0) > 10_000);
  assert.ok(Date.now() - started < 5_000);
});

test("of a long column of short cells only so many are looked for", () => {
  const texts = watched();
  const column = Array.from({ length: 3_000 }, (_, n) => `${10_000 + n}`).join("\n");
  texts.copied(column, MORI);
  texts.put("c-1", column);
  assert.equal(texts.in("c-1", column)?.[0]?.length, 200 * 5);
  // The same cell many times is one.
  const same = "always the same\n".repeat(3_000);
  texts.copied(same, MORI);
  texts.put("c-2", same);
  assert.deepEqual(texts.in("c-2", same), []);
});
