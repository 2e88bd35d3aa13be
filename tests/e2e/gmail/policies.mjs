// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The policy of the seats: that of the Thunderbird cases, and what only these need.
import { GUARD_POLICY, INSIDE } from "../thunderbird/policies.mjs";

export { INSIDE };

export const FOOTER = { en: "For you & nobody else.", ja: "本メールは宛先の方のみを対象としています。" };

/** @param {string} word @param {object[]} effects */
const whenSaid = (word, ...effects) => ({ id: word, mode: "warn", if: { text: { any_of: [word] } }, do: effects });

/** Words that have a mail held. */
export const HELD = { short: "some-seconds-2026", shortSeconds: 6, minute: "a-minute-2026", five: "five-minutes-2026" };

const heldWhenSaid = (/** @type {string} */ word, /** @type {object} */ hold) => ({
  id: `hold-${word}`,
  mode: "hold",
  if: { text: { any_of: [word] } },
  do: [{ hold }, { add_bcc: [`archive@${INSIDE}`] }],
});

export const POLICY = {
  ...GUARD_POLICY,
  rules: [
    ...GUARD_POLICY.rules,
    // The cases of a seat are many mails within a minute.
    { id: "burst", mode: "simulate" },
    { id: "no-databases", mode: "block", if: { attachments: { name: ["*.accdb"] } } },
    { id: "linked-file", mode: "warn", if: { attachments: { linked: true } } },
    { id: "leftover", mode: "warn", if: { leftover_recipients: {} } },
    heldWhenSaid(HELD.short, { seconds: HELD.shortSeconds }),
    heldWhenSaid(HELD.minute, { minutes: 1 }),
    heldWhenSaid(HELD.five, { minutes: 5 }),
    whenSaid("footer-2026", { add_text: { at: "end", text: FOOTER } }),
    whenSaid("gone-2026", { remove_recipients: { in: `former@${INSIDE}` } }),
    whenSaid("hide-2026", { move_to_bcc: { not_in: "internal" } }),
  ],
};
