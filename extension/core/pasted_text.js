// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Which text of a mail that is being written came out of another one. The client tells what was copied out of a mail, with
// everybody in it, and what was put into a mail that is being written. Kept in memory alone, for as long as it can matter.

/** @typedef {import("./types").ComposeKey} ComposeKey */
/** @typedef {import("./types").PastedText} PastedText */
/** @typedef {{text: string, from: string[]}} Copied */
/** @typedef {{lines: string[], from: string[]}} Put */

/** Somebody copies this and that before putting it in; what was copied longer ago is forgotten. */
const MOST_COPIES = 20;

/** What was put into one mail. */
const MOST_PUT = 20;

/** Of a longer text its beginning is enough to know it by; it is looked for at Send. */
const MOST_CHARACTERS = 20_000;

/** A name or a number says nothing about where it comes from. */
const LEAST_CHARACTERS = 20;

/** A shorter line stands in any mail. */
const LEAST_IN_LINE = 4;

/** Each line is looked for in the whole mail, at every look while it is written: a long column of short cells would take seconds. */
const MOST_LINES = 200;

export class PastedTexts {
  /** @type {Copied[]} the newest first */
  #copied = [];
  /** @type {Map<ComposeKey, Put[]>} */
  #put = new Map();

  /**
   * @param {string} text
   * @param {string[]} from everybody in the mail it was copied from
   */
  copied(text, from) {
    const bare = bareText(text);
    if (bare.length < LEAST_CHARACTERS || from.length === 0) return;
    this.#copied = [{ text: bare, from }, ...this.#copied.filter((one) => one.text !== bare)].slice(0, MOST_COPIES);
  }

  /** Somebody watches this mail from its beginning. @param {ComposeKey} compose */
  watched(compose) {
    if (!this.#put.has(compose)) this.#put.set(compose, []);
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} text what was put into it
   */
  put(compose, text) {
    this.watched(compose);
    const bare = bareText(text);
    if (bare.length < LEAST_CHARACTERS) return;
    // Put in whole, or a part of it after a detour through a text editor, or together with something else.
    const source = this.#copied.find((one) => one.text.includes(bare) || bare.includes(one.text));
    if (!source) return;
    const lines = text.slice(0, MOST_CHARACTERS).split("\n").map((line) => bareText(line)).filter(({ length }) => length >= LEAST_IN_LINE);
    const all = [...(this.#put.get(compose) ?? []), { lines: [...new Set(lines)].slice(0, MOST_LINES), from: source.from }];
    this.#put.set(compose, all.slice(-MOST_PUT));
  }

  /**
   * What of it is still in the mail.
   * @param {ComposeKey} compose
   * @param {string} text of the mail
   * @returns {PastedText[] | undefined} absent: nobody watched
   */
  in(compose, text) {
    const all = this.#put.get(compose);
    if (!all) return undefined;
    if (all.length === 0) return [];
    const bare = bareText(text, Infinity);
    return all
      .map(({ lines, from }) => ({ length: lines.reduce((sum, line) => sum + (bare.includes(line) ? line.length : 0), 0), from }))
      .filter(({ length }) => length >= LEAST_CHARACTERS);
  }

  /** @param {ComposeKey} compose */
  forget(compose) {
    this.#put.delete(compose);
  }
}

/**
 * Blanks and line breaks change on the way from one window into another.
 * @param {string} text
 * @param {number} [most]
 */
function bareText(text, most = MOST_CHARACTERS) {
  return text.slice(0, most).normalize("NFC").replace(/\s+/g, "");
}
