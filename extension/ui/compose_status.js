// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The small page behind the compose window's button: has this mail been sent, and why not? And what would be asked if it were
// sent now?

import { byId, element } from "./dom.js";
import { t, translate } from "./i18n.js";

/** @typedef {import("../core/live_check.js").LiveState} LiveState */

/** @type {Record<string, [string, string]>} */
const TEXTS = {
  none: ["statusGuardedTitle", "statusGuarded"],
  back: ["composeActionNotSent", "statusWentBack"],
  block: ["composeActionNotSent", "statusWasBlocked"],
  failed: ["composeActionNotSent", "statusCheckFailed"],
};

/** The page is open for some seconds while the person may go on writing below it. */
const ASK_AGAIN_MS = 1_500;

translate(document);
const [tab] = await browser.tabs.query({ active: true, currentWindow: true });
const tabId = tab?.id;
const why = /** @type {string} */ (await browser.runtime.sendMessage({ type: "not_sent", tabId }));
let shown = "";

/** @param {LiveState} state */
function show(state) {
  // What has not changed is not written again: a screen reader would read it again.
  if (JSON.stringify(state) === shown) return;
  shown = JSON.stringify(state);
  const asks = state.findings.slice(0, state.asks);
  const tells = state.findings.slice(state.asks);
  const [title, text] = (why === "none" && asks.length > 0 ? ["statusAsksTitle", "statusAsks"] : TEXTS[why] ?? TEXTS["none"]) ?? ["", ""];
  byId("heading").textContent = t(title);
  byId("status").textContent = t(text);
  byId("live").replaceChildren(
    ...(why !== "none" && asks.length > 0 ? [element("h2", {}, t("statusAsks"))] : []),
    ...listOf(asks),
    ...(tells.length > 0 ? [element("h2", {}, t("statusTells"))] : []),
    ...listOf(tells),
    ...(state.findings.length === 0 ? [element("p", { class: "quiet" }, t("statusNothingFound"))] : []),
  );
  document.body.dataset.asks = String(asks.length);
}

/** @param {LiveState["findings"]} findings */
function listOf(findings) {
  if (findings.length === 0) return [];
  return [
    element(
      "ul",
      {},
      ...findings.map(({ rule, mode, title, message }) =>
        element("li", { "data-rule": rule, "data-mode": mode }, element("strong", {}, title), element("span", {}, message)),
      ),
    ),
  ];
}

async function ask() {
  const state = /** @type {LiveState | null} */ (await browser.runtime.sendMessage({ type: "live", tabId }).catch(() => null));
  if (state) show(state);
}

await ask();
setInterval(ask, ASK_AGAIN_MS);
