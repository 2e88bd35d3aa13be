// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Composition only: puts core, the pages and Gmail together, and takes over the window from capture.js.

import { Holds } from "../../core/holds.js";
import { PartSender } from "../../core/part_sender.js";
import { SendFlow } from "../../core/send_flow.js";
import { keepTexts } from "../../ui/i18n.js";
import { GmailAdapter } from "./adapter.js";
import { ComposeDom } from "./compose_dom.js";
import { Composes } from "./composes.js";
import { Gate } from "./gate.js";
import { Guard } from "./guard.js";
import { GmailHeldMail } from "./held_mail.js";
import { Health } from "./health.js";
import { HeldPanel } from "./held_panel.js";
import { PickedFiles } from "./picked_files.js";
import { tableOf } from "./selector_table.js";
import { ScheduledSend } from "./scheduled_send.js";
import { DialogParts, shield } from "./shadow_dialog.js";
import { TabHost } from "./tab_host.js";
import { WorkerLink } from "./worker_link.js";

const [builtIn, given, parts] = await Promise.all([
  fetch(chrome.runtime.getURL("clients/gmail/selectors.json")).then((answer) => answer.json()),
  chrome.storage.managed.get("gmailSelectors").then((values) => values["gmailSelectors"], () => undefined),
  DialogParts.fetch(),
  keepTexts(),
]);

/** @param {import("./selector_table.js").Table} next */
function takeTable(next) {
  dom.selectors = next.selectors;
  health.table(next);
  if (!next.refused) return;
  console.warn("lastlook: the organisation's table of selectors is not used:", next.refused);
  health.tell("selectors_refused", next.refused);
}

/** @param {string} selector */
function parses(selector) {
  try {
    document.createDocumentFragment().querySelector(selector);
    return true;
  } catch {
    return false;
  }
}

const session = crypto.randomUUID().slice(0, 8);
const table = tableOf(builtIn, given, parses);
// The organisation's values may come after the page.
chrome.storage.onChanged.addListener((changes, area) => {
  const change = area === "managed" ? changes["gmailSelectors"] : undefined;
  if (change) takeTable(tableOf(builtIn, change.newValue, parses));
});
const dom = new ComposeDom(table.selectors);
const link = new WorkerLink(session);
const health = new Health(link);
const composes = new Composes(dom, (key) => {
  client.forget(key);
  if (!guard.forget(key)) return;
  flow.forget(key);
  heldMail.composeClosed(key).catch((error) => console.warn("lastlook: a held mail was closed, and that could not be told", error));
}, (problem) => health.tell("page_unknown", problem));
/** @type {Guard} */
const guard = new Guard({ dom, gate: () => gate, composes, client: () => client, flow: () => flow, schedule: new ScheduledSend(dom, () => gate) });
/** @type {GmailAdapter} */
const client = new GmailAdapter({ dom, link, health, composes, parts, sendUnchecked: (key, kind) => guard.sendUnchecked(key, kind) });
const partSender = new PartSender({ host: /** @type {any} */ ({ request: link.request.bind(link), ready: () => link.request("ready", {}) }), session });
const files = new PickedFiles({
  dom,
  parts: partSender,
  link,
  composes,
  read: (key) => client.readForLook(key),
  refuse: (verdict, draft) => client.refuseFiles(verdict, draft),
  composeId: (key) => flow.composeId(key),
});
client.files = files;
const tabHost = new TabHost(link, session);
const panel = new HeldPanel(parts, () => holds);
/** @type {GmailHeldMail} */
const heldMail = new GmailHeldMail({
  link,
  host: tabHost,
  composes,
  guard: () => guard,
  holds: () => holds,
  panel,
  client: () => client,
  composeId: (key) => flow.composeId(key),
});
/** @type {Holds} */
const holds = new Holds({ client: heldMail, host: tabHost });
/** @type {SendFlow} */
const flow = new SendFlow({
  client: /** @type {any} */ (client),
  host: link,
  records: { add: (record) => link.request("unchecked.add", record) },
  holds,
  parts: partSender,
  session,
});
/** @type {Gate} */
const gate = new Gate(dom, (press) => {
  guard.onPress(press).catch((error) => console.error("lastlook: the guard failed", error));
}, shield);

// One that went round us cannot be called back; it is recorded, as a mail that was sent unchecked is.
document.addEventListener("lastlook-sent", () => {
  if (guard.expectsSend()) return;
  console.warn("lastlook: a mail left without a check");
  health.tell("sent_around", "a mail left without a check");
  link.request("unchecked.add", { compose_id: flow.composeId("around"), failure: "page_unknown" }).catch(() => {});
});

// A mail that is counted down here would not be sent.
window.addEventListener("beforeunload", (event) => {
  if (holds.list().some(({ hold_id, state }) => state === "waiting" && tabHost.isMine(hold_id))) event.preventDefault();
});
composes.watch();
/** @type {any} */ (globalThis).lastlookGate.onEvent = (/** @type {Event} */ event) => gate.onEvent(event);
/** @type {any} */ (globalThis).lastlookGate.onFiles = (/** @type {Event} */ event) => files.onEvent(event);
document.documentElement.dataset["lastlook"] = "ready";
link.start();
heldMail
  .askAboutThoseLeftBehind()
  .catch((error) => console.warn("lastlook: held mails of closed tabs could not be asked about", error))
  .then(() => holds.start());
takeTable(table);
