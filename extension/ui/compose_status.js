// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The small page behind the compose window's button: has this mail been sent, and why not?

import { byId } from "./dom.js";
import { t, translate } from "./i18n.js";

/** @type {Record<string, [string, string]>} */
const TEXTS = {
  none: ["statusGuardedTitle", "statusGuarded"],
  back: ["composeActionNotSent", "statusWentBack"],
  block: ["composeActionNotSent", "statusWasBlocked"],
  failed: ["composeActionNotSent", "statusCheckFailed"],
};

translate(document);
const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
const why = /** @type {string} */ (await browser.runtime.sendMessage({ type: "not_sent", tabId: tab?.id }));
const [title, text] = TEXTS[why] ?? TEXTS["none"] ?? ["", ""];
byId("heading").textContent = t(title);
byId("status").textContent = t(text);
