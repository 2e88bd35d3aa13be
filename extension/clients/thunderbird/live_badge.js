// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The number on the button of a compose window: how much would be asked if the mail were sent now. Quiet: no sound, no window;
// its name, which a screen reader reads, changes only when what was found changes.

import { plural, t } from "../../ui/i18n.js";

/** @typedef {import("../../core/live_check.js").LiveState} LiveState */

/** Dark enough for white letters (contrast 5.3 to 1), and not the red of a mail that was kept back. */
const BADGE_COLOUR = "#8a5a00";

export class LiveBadge {
  /**
   * @param {number} tabId
   * @param {LiveState} state
   */
  async show(tabId, { asks }) {
    await Promise.all([
      browser.composeAction.setBadgeBackgroundColor({ tabId, color: BADGE_COLOUR }),
      browser.composeAction.setBadgeText({ tabId, text: asks === 0 ? "" : String(asks) }),
      browser.composeAction.setTitle({ tabId, title: asks === 0 ? t("composeActionTitle") : plural("composeActionAsks", asks) }),
    ]);
  }
}

/**
 * The compose window the person is writing in.
 * @param {number} windowId of the focused window
 * @returns {Promise<number | null>} its tab; null where it is another window
 */
export async function composeIn(windowId) {
  if (windowId === browser.windows.WINDOW_ID_NONE) return null;
  const [tab] = await browser.tabs.query({ windowId, type: "messageCompose" });
  return tab?.id ?? null;
}
