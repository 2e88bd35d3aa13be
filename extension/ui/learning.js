// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The page about learning, in a tab of its own.

import { LearningPart } from "./learning_part.js";
import { translate } from "./i18n.js";

translate(document);
const port = browser.runtime.connect({ name: "learning" });
const part = new LearningPart({ root: document, frame: document.body, post: (message) => port.postMessage(message) });
port.onMessage.addListener((message) => part.receive(message));
port.onDisconnect.addListener(() => part.lost());
