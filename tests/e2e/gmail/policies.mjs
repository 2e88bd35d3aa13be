// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The policy of the seats: that of the Thunderbird cases, and what only these need.
import { GUARD_POLICY, INSIDE } from "../thunderbird/policies.mjs";

export { INSIDE };

export const FOOTER = { en: "For you & nobody else.", ja: "本メールは宛先の方のみを対象としています。" };

/** @param {string} word @param {object[]} effects */
const whenSaid = (word, ...effects) => ({ id: word, mode: "warn", if: { text: { any_of: [word] } }, do: effects });

export const POLICY = {
  ...GUARD_POLICY,
  rules: [
    ...GUARD_POLICY.rules,
    // The cases of a seat are many mails within a minute.
    { id: "burst", mode: "simulate" },
    whenSaid("footer-2026", { add_text: { at: "end", text: FOOTER } }),
    whenSaid("gone-2026", { remove_recipients: { in: `former@${INSIDE}` } }),
    whenSaid("hide-2026", { move_to_bcc: { not_in: "internal" } }),
  ],
};
