// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { markedPieces } from "../../extension/ui/marked_text.js";

/** @param {string} text @param {import("../../extension/ui/marked_text.js").Place[]} places */
const marks = (text, places) =>
  markedPieces(text, places)
    .filter(({ marked }) => marked)
    .map((piece) => piece.text);

const place = (/** @type {string} */ excerpt, start = 0) => ({ where: "body.html", excerpt, start, end: start + excerpt.length });

test("nothing is lost, whatever is marked", () => {
  const text = "伊藤様\n\n個人番号は 123456789018 です。\nPW: Kodama#2026\n";
  for (const places of [[], [place("********9018", 8)], [place("***********", 30), place("********9018", 8), place("nowhere")]]) {
    assert.equal(markedPieces(text, places).map((piece) => piece.text).join(""), text);
  }
});

test("a masked number is found by its end, a masked word by its length", () => {
  const text = "番号は 123456789018 です。\nパスワード: Kodama#2026 です";
  assert.deepEqual(marks(text, [place("********9018", 2)]), ["123456789018"]);
  assert.deepEqual(marks(text, [place("***********", 20)]), ["Kodama#2026"]);
});

test("of several places the nearest is taken", () => {
  const text = "11月25日(月) と 11月26日 と 11月25日(月)";
  assert.deepEqual(markedPieces(text, [place("11月25日(月)", 24)]).map(({ marked }) => marked), [false, true]);
  assert.deepEqual(markedPieces(text, [place("11月25日(月)", 1)]).map(({ marked }) => marked), [true, false]);
});

test("white space may differ, an excerpt may be cut, and signs are taken as they are", () => {
  assert.deepEqual(marks("見積書を\n\n添付します。", [place("見積書を 添付します。")]), ["見積書を\n\n添付します。"]);
  assert.deepEqual(marks("この文はとても長いので切れる。", [place("この文はとても長い…")]), ["この文はとても長い"]);
  assert.deepEqual(marks("cost (a+b)*[c] {{name}}", [place("{{name}}")]), ["{{name}}"]);
});

test("overlapping marks are one after the other", () => {
  assert.deepEqual(marks("abcdef", [place("abcd"), place("cdef", 2)]), ["abcd", "ef"]);
});

test("an excerpt may hold every character that means something in a pattern", () => {
  for (const excerpt of ["newsletter-2026", "03-1234-5678", "a\\b", "^$.*+?()[]{}|/-", "c++ (2)", "[x]", "1/2", "–", "&#~,`@!%<>=:;\"'"]) {
    assert.deepEqual(marks(`before ${excerpt} after`, [place(excerpt, 7)]), [excerpt]);
  }
});
