// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The only two answers Thunderbird ever gets from us.
//
// Thunderbird sends the mail on everything that is not `{cancel: true}`: an unknown key, a misspelt one, nothing at all
// (measured with 153, ext-compose.js `beforeSendEventTracker`). So there is one place where an answer is made.

/**
 * @param {unknown} decision
 * @returns {{cancel: true} | {}} `{}` lets the mail go
 */
export function answerFor(decision) {
  const allowed =
    typeof decision === "object" && decision !== null && "allow" in decision && decision.allow === true;
  return allowed ? {} : { cancel: true };
}
