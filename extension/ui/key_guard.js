// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The window comes up under the fingers of somebody who has just pressed Ctrl+Enter. What they were pressing for the
// mail must not answer the question.

/** From WCAG-style practice for unexpected dialogs: shorter than any deliberate reaction to a new window. */
export const SETTLE_MS = 400;

const ACTIVATING = ["Enter", " ", "Escape"];

export class KeyGuard {
  #openedAt;
  #settled = false;

  /** @param {number} openedAt */
  constructor(openedAt) {
    this.#openedAt = openedAt;
  }

  /**
   * @param {{type: string, key: string, repeat: boolean}} event
   * @param {number} now
   * @param {boolean} inTextField held keys write there, and must
   * @returns {boolean} whether this key belongs to what the person did before the window was there
   */
  ignores(event, now, inTextField) {
    if (now - this.#openedAt >= SETTLE_MS) this.#settled = true;
    if (event.type === "keyup") {
      const ignored = !this.#settled;
      // The key held at opening is up: from here on, keys are meant for this window.
      this.#settled = true;
      return ignored;
    }
    if (!this.#settled) return true;
    return event.repeat && !inTextField && ACTIVATING.includes(event.key);
  }
}
