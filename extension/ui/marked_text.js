// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Where in the mail's text a piece of evidence stands. Pure, so that it is tested without a window.

/** @typedef {{where: string, excerpt: string, start?: number, end?: number}} Place */
/** @typedef {{text: string, marked: boolean}} Piece */

/** More marks than this say nothing; the host sends at most fifty for a finding. */
const MOST_MARKS = 200;

/**
 * The text in pieces, those marked that evidence points at. The offsets are the host's, of the text it read; that of an
 * HTML mail differs from ours by white space, so the excerpt is looked for near them, with "*" for what the host masked.
 * @param {string} text
 * @param {Place[]} places
 * @returns {Piece[]}
 */
export function markedPieces(text, places) {
  const spans = places
    .slice(0, MOST_MARKS)
    .flatMap((place) => spanOf(text, place) ?? [])
    .sort((a, b) => a.start - b.start);
  /** @type {Piece[]} */
  const pieces = [];
  let at = 0;
  for (const { start, end } of spans) {
    if (end <= at) continue;
    const from = Math.max(start, at);
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false });
    pieces.push({ text: text.slice(from, end), marked: true });
    at = end;
  }
  if (at < text.length || pieces.length === 0) pieces.push({ text: text.slice(at), marked: false });
  return pieces;
}

/**
 * @param {string} text
 * @param {Place} place
 * @returns {{start: number, end: number} | null}
 */
function spanOf(text, { excerpt, start = 0 }) {
  const pattern = patternOf(excerpt);
  if (!pattern) return null;
  /** @type {{start: number, end: number} | null} */
  let nearest = null;
  for (const found of text.matchAll(pattern)) {
    const span = { start: found.index, end: found.index + found[0].length };
    if (nearest && Math.abs(span.start - start) >= Math.abs(nearest.start - start)) break;
    nearest = span;
  }
  return nearest;
}

/** @param {string} excerpt */
function patternOf(excerpt) {
  const shown = excerpt.replace(/…$/, "").trim();
  if (!shown) return null;
  const source = shown
    .split(/(\s+|\*+)/)
    .map((part) => (/^\s/.test(part) ? "\\s+" : part.startsWith("*") ? `[^\\s]{${part.length}}` : part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&")))
    .join("");
  // What is masked as a whole is a word of that length.
  const alone = /^\*+$/.test(shown);
  return new RegExp(alone ? `(?<![0-9A-Za-z])[!-~]{${shown.length}}(?![0-9A-Za-z])` : source, "gu");
}
