// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The confirmation in a window of its own: the page, and its port to the background.

import { ConfirmPage } from "./confirm_page.js";

const decision = new URLSearchParams(location.search).get("decision") ?? "";
const port = browser.runtime.connect({ name: decision });
const page = new ConfirmPage({
  root: document,
  frame: document.body,
  post: (message) => port.postMessage(message),
  close: () => window.close(),
});

port.onMessage.addListener((message) => {
  const { type, model } = /** @type {any} */ (message);
  if (type === "close") page.end();
  else if (type === "show") page.show(model);
});
port.onDisconnect.addListener(() => page.lost());
for (const type of /** @type {const} */ (["keydown", "keyup"])) {
  document.addEventListener(type, (event) => page.onKey(event, /** @type {Element} */ (event.target)), { capture: true });
}
