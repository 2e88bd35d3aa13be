// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The failure page in a window of its own.

import { FailurePage } from "./failure_page.js";

const id = new URLSearchParams(location.search).get("failure") ?? "";
const page = new FailurePage({
  root: document,
  frame: document.body,
  sendUnchecked: async () => {
    const answer = /** @type {any} */ (await browser.runtime.sendMessage({ type: "send_unchecked", id }));
    return answer?.sent === true;
  },
  close: () => window.close(),
});

for (const type of /** @type {const} */ (["keydown", "keyup"])) {
  document.addEventListener(type, (event) => page.onKey(event), { capture: true });
}
page.show(/** @type {any} */ (await browser.runtime.sendMessage({ type: "failure", id })));
