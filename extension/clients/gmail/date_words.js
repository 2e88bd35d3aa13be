// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail's boxes for a day and a time take text, in the form of the language that the account has. The form is learnt from what
// stands in the box, and nothing is written where that can be read in two ways.

/** Gmail proposes a day within this time. */
const PROPOSED_WITHIN_DAYS = 40;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;

/** @type {Intl.DateTimeFormatOptions[]} */
const DAYS = [
  { dateStyle: "medium" },
  { dateStyle: "short" },
  { dateStyle: "long" },
  { year: "numeric", month: "numeric", day: "numeric" },
  { year: "numeric", month: "2-digit", day: "2-digit" },
  { year: "numeric", month: "short", day: "numeric" },
];

/** @type {Intl.DateTimeFormatOptions[]} */
const TIMES = [
  { timeStyle: "short" },
  { hour: "numeric", minute: "2-digit", hour12: true },
  { hour: "numeric", minute: "2-digit", hourCycle: "h23" },
  { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
];

/** Blanks differ between versions of the same data ("1:33 PM" with a narrow one). @param {string} text */
export function plain(text) {
  return text.normalize("NFKC").replace(/\s+/g, " ").trim();
}

/**
 * @param {string} shown what stands in the box
 * @param {"day" | "time"} what
 * @param {readonly string[]} languages of the page and the browser
 * @param {Date} now
 * @returns {((at: Date) => string) | null} writes a day or a time as Gmail does; null: its form is not known, or not certain
 */
export function formOf(shown, what, languages, now) {
  const text = plain(shown);
  const midnight = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  /** @type {Map<string, (at: Date) => string>} by what the text would mean */
  const meanings = new Map();
  for (const language of languages) {
    for (const options of what === "day" ? DAYS : TIMES) {
      let format;
      try {
        format = new Intl.DateTimeFormat(language, options);
      } catch {
        continue;
      }
      const write = (/** @type {Date} */ at) => plain(/** @type {Intl.DateTimeFormat} */ (format).format(at));
      const count = what === "day" ? PROPOSED_WITHIN_DAYS : 24 * 60;
      for (let step = 0; step < count; step += 1) {
        const at =
          what === "day"
            ? new Date(midnight.getTime() + step * DAY_MS + DAY_MS / 2)
            : new Date(midnight.getTime() + step * MINUTE_MS);
        if (write(at) !== text) continue;
        const meaning = String(step);
        if (!meanings.has(meaning)) meanings.set(meaning, write);
        break;
      }
    }
  }
  const [only] = meanings.values();
  return meanings.size === 1 ? (only ?? null) : null;
}

/** The next whole minute: Gmail knows no seconds, and a mail must not leave early. @param {number} ms */
export function minuteFrom(ms) {
  return new Date(Math.ceil(ms / MINUTE_MS) * MINUTE_MS);
}
