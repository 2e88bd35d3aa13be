// SPDX-License-Identifier: MPL-2.0
// @ts-check
// JavaScript's strings may hold half a character (a surrogate without its other half); UTF-8 cannot, and the host refuses such
// a request. What a person pasted must not make a mail unsendable, so the half becomes U+FFFD, as it does in the mail itself.

/** String.prototype.toWellFormed would do, but Node 18, where this is tested, has none; nor isWellFormed, which is only quicker. */
const HALF_A_CHARACTER = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

/**
 * @param {any} value anything that JSON can hold
 * @returns {any} the same, every string in it well formed
 */
export function wellFormed(value) {
  if (typeof value === "string") return /** @type {any} */ (value).isWellFormed?.() ? value : value.replace(HALF_A_CHARACTER, "\uFFFD");
  if (Array.isArray(value)) return value.map(wellFormed);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, wellFormed(member)]));
}
