// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Composition only: puts core, the pages and Gmail together, and takes over the window from capture.js.

import { SendFlow } from "../../core/send_flow.js";
import { keepTexts } from "../../ui/i18n.js";
import { GmailAdapter } from "./adapter.js";
import { ComposeDom } from "./compose_dom.js";
import { Composes } from "./composes.js";
import { Gate } from "./gate.js";
import { Guard } from "./guard.js";
import { DialogParts, shield } from "./shadow_dialog.js";
import { WorkerLink } from "./worker_link.js";

const [selectors, parts] = await Promise.all([
  fetch(chrome.runtime.getURL("clients/gmail/selectors.json")).then((answer) => answer.json()),
  DialogParts.fetch(),
  keepTexts(),
]);

const dom = new ComposeDom(selectors);
const link = new WorkerLink();
const composes = new Composes(dom, (key) => {
  client.forget(key);
  guard.forget(key);
});
/** @type {Guard} */
const guard = new Guard({ dom, gate: () => gate, composes, client: () => client, flow: () => flow });
/** @type {GmailAdapter} */
const client = new GmailAdapter({ dom, link, composes, parts, sendUnchecked: (key, kind) => guard.sendUnchecked(key, kind) });
const flow = new SendFlow({
  client: /** @type {any} */ (client),
  host: link,
  records: { add: (record) => link.request("unchecked.add", record) },
  session: crypto.randomUUID().slice(0, 8),
});
/** @type {Gate} */
const gate = new Gate(dom, (press) => {
  guard.onPress(press).catch((error) => console.error("lastlook: the guard failed", error));
}, shield);

// One that went round us cannot be called back; it is recorded, as a mail that was sent unchecked is.
document.addEventListener("lastlook-sent", () => {
  if (guard.expectsSend()) return;
  console.warn("lastlook: a mail left without a check");
  link.request("unchecked.add", { compose_id: flow.composeId("around"), failure: "page_unknown" }).catch(() => {});
});

composes.watch();
/** @type {any} */ (globalThis).lastlookGate.onEvent = (/** @type {Event} */ event) => gate.onEvent(event);
document.documentElement.dataset["lastlook"] = "ready";
link.start();
