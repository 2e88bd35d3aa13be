// SPDX-License-Identifier: MPL-2.0
// @ts-check
// How Lastlook is doing, in a tab of its own: the add-on's settings page, and shown once after it was installed.

import { LearningPart } from "./learning_part.js";
import { StatusPage } from "./status_page.js";

const welcome = new URLSearchParams(location.search).has("welcome");
const port = browser.runtime.connect({ name: "status" });
const page = new StatusPage({ root: document, frame: document.body, welcome, post: (message) => port.postMessage(message) });
port.onMessage.addListener((message) => page.receive(/** @type {any} */ (message)));
port.onDisconnect.addListener(() => page.lost());

const learningPort = browser.runtime.connect({ name: "learning" });
const part = new LearningPart({ root: document, frame: document.body, post: (message) => learningPort.postMessage(message) });
learningPort.onMessage.addListener((message) => part.receive(message));
learningPort.onDisconnect.addListener(() => part.lost());
