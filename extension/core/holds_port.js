// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the page of held mails is told, and what it may ask for.

import { asFailure } from "./failure.js";
import { HOLD_MAY_NOT_BE_CANCELLED } from "./error_codes.js";

/** @typedef {import("./types").PortLike} PortLike */

export const HOLDS_PORT = "held";

/**
 * @param {PortLike} port
 * @param {import("./holds.js").Holds} holds
 */
export function serveHolds(port, holds) {
  let open = true;
  const post = (/** @type {object} */ message) => {
    if (open) port.postMessage(message);
  };
  const failed = (/** @type {unknown} */ error) => {
    console.warn("lastlook: a held mail could not be dealt with", error);
    post({ type: "failed", forbidden: asFailure(error).code === HOLD_MAY_NOT_BE_CANCELLED });
  };
  const unwatch = holds.watch((all) => post({ type: "held", holds: all }));
  port.onDisconnect.addListener(() => {
    open = false;
    unwatch();
  });
  port.onMessage.addListener((message) => {
    const id = String(message?.id ?? "");
    switch (message?.type) {
      case "send_now":
        holds.sendNow(id).catch(failed);
        break;
      case "take_back":
        holds.cancel(id, "taken_back").catch(failed);
        break;
      case "keep":
        holds.cancel(id, "kept").catch(failed);
        break;
    }
  });
  holds.refresh().catch(failed);
}
