// SPDX-License-Identifier: MPL-2.0
// @ts-check
// How long Send still waits, so that a mail is looked at. Every mail has the whole time: after a fix, or after somebody
// changed the mail, it begins again; the same mail, shown again with a note, does not.

export class Countdown {
  #digest = "";
  #endsAt = 0;

  /**
   * @param {string} digest the mail that is shown
   * @param {number} seconds
   * @param {number} now milliseconds
   */
  show(digest, seconds, now) {
    if (digest === this.#digest) return;
    this.#digest = digest;
    this.#endsAt = now + seconds * 1000;
  }

  /**
   * @param {number} now milliseconds
   * @returns {number} whole seconds, as people count down: 0 when the time is over
   */
  secondsLeft(now) {
    return Math.max(0, Math.ceil((this.#endsAt - now) / 1000));
  }
}
