// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The held mails: behind the button of the main window, in a window of their own when one has to be asked about, and one alone
// while it is counted down.

import { HeldPage } from "./held_page.js";

const place = new URLSearchParams(location.search);
const port = browser.runtime.connect({ name: "held" });
const page = new HeldPage({
  root: document,
  frame: document.body,
  countdown: place.get("countdown"),
  inWindow: place.has("window"),
  post: (message) => port.postMessage(message),
  close: () => window.close(),
});
port.onMessage.addListener((message) => page.receive(/** @type {any} */ (message)));
port.onDisconnect.addListener(() => page.lost());
document.addEventListener("keydown", (event) => page.onKey(event));
setInterval(() => page.tick(), 250);
