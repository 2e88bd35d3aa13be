// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Composition only: puts core, the pages and Thunderbird together.
//
// The event page may be stopped and started at any time, so every listener is registered here, in the first turn of the
// script; and a native port is kept open, which also keeps the page alive while a decision is pending.

import { Holds } from "../../core/holds.js";
import { HOLDS_PORT, serveHolds } from "../../core/holds_port.js";
import { HostLink } from "../../core/host_link.js";
import { LiveCheck } from "../../core/live_check.js";
import { Learning } from "../../core/learning.js";
import { LEARNING_PORT, serveLearning } from "../../core/learning_port.js";
import { PartSender } from "../../core/part_sender.js";
import { SendFlow } from "../../core/send_flow.js";
import { STATUS_PORT, serveStatus } from "../../core/status_port.js";
import { UncheckedRecords } from "../../core/unchecked_records.js";
import { ThunderbirdAbout } from "./about.js";
import { answerFor } from "./answer.js";
import { ThunderbirdAdapter } from "./adapter.js";
import { AttachedFiles } from "./attached_files.js";
import { LiveBadge, composeIn } from "./live_badge.js";
import { ThunderbirdHeldMail } from "./held_mail.js";
import { ThunderbirdSentMail } from "./sent_mail.js";

/** Thunderbird's side of an answer takes milliseconds; this is only not to end the page between the two. */
const ANSWER_ARRIVES_MS = 1_000;

/** The mail program has enough to do when it starts. */
const LEARN_AFTER_MS = 3_000;

const client = new ThunderbirdAdapter();
const records = new UncheckedRecords(client);
const host = new HostLink({
  connect: () => client.connectHost(),
  classifyDisconnect: (text) => client.classifyDisconnect(text),
  hello: async () => {
    const { version, program, lang } = await client.helloParams();
    return { client: { name: client.name, version, program }, capabilities: client.capabilities, lang };
  },
  onReady: () => {
    records.report(host).catch(() => {});
    parts.again();
    holds.start();
    setTimeout(() => learning.start(), LEARN_AFTER_MS);
  },
});
const about = new ThunderbirdAbout();
const badge = new LiveBadge();
const live = new LiveCheck({
  client,
  host,
  sending: () => flow.busy,
  composeId: (compose) => flow.composeId(compose),
  tell: (compose, state) => showLive(Number(compose), state),
});
const heldMail = new ThunderbirdHeldMail(client);
const holds = new Holds({ client: heldMail, host });
/** Tells this run of the page from others. */
const session = crypto.randomUUID().slice(0, 8);
const parts = new PartSender({ host, session });
const files = new AttachedFiles(parts);
client.files = files;
const flow = new SendFlow({ client, host, records, holds, parts, session });
const learning = new Learning({ mail: new ThunderbirdSentMail(), host, checks: flow });

/**
 * A mail that was kept back says so until it is sent.
 * @param {number} tabId
 * @param {import("../../core/live_check.js").LiveState} state
 */
async function showLive(tabId, state) {
  try {
    if ((await client.notSent(tabId)) === "none") await badge.show(tabId, state);
  } catch {
    // The window was closed meanwhile.
  }
}

/** @param {number} windowId */
async function watchFocused(windowId) {
  live.watch(await composeIn(windowId).catch(() => null));
}

/**
 * @param {number} tabId
 * @returns {Promise<import("../../core/live_check.js").LiveState>}
 */
async function lookedAt(tabId) {
  // Whoever looks at the page behind the button is in this window, whatever has the focus meanwhile.
  live.watch(tabId);
  await live.look(tabId).catch(() => {});
  return live.state(tabId);
}

/**
 * Forwarded mails and drafts have their attachments from the start; no event tells of them.
 * @param {number} tabId
 */
function lookAtFiles(tabId) {
  // The window may be gone again. What is not handed over now is at Send.
  files.opened(tabId).catch(() => {});
}

/** @param {browser.tabs.Tab} tab */
async function beforeSend(tab) {
  /** @type {unknown} */
  let decision = null;
  try {
    decision = await flow.decide(/** @type {number} */ (tab.id));
  } catch (error) {
    console.error("lastlook: the send flow failed", error);
  }
  return answerFor(decision);
}

// The published types do not know that the answer may be a promise.
browser.compose.onBeforeSend.addListener(/** @type {any} */ (beforeSend));

// A mail that the server refused comes without an error; what it lacks is the Message-ID of what was sent.
browser.compose.onAfterSend.addListener((tab, { error, mode, headerMessageId }) => {
  const sent = !error && (mode !== "sendNow" || Boolean(headerMessageId));
  flow.report(/** @type {number} */ (tab.id), { sent, messageId: headerMessageId ? `<${headerMessageId}>` : "" }).catch((problem) => {
    console.error("lastlook: what was changed for an unsent mail could not be put back", problem);
  });
});

browser.compose.onAttachmentAdded.addListener((tab, { id, name, size }) => {
  files.attached(/** @type {number} */ (tab.id), { id, name: name ?? "", size: size ?? 0 });
});
browser.compose.onAttachmentRemoved.addListener((tab, id) => files.removed(/** @type {number} */ (tab.id), id));

browser.tabs.onCreated.addListener((tab) => {
  client.composeOpened(tab);
  if (tab.type === "messageCompose" && tab.id !== undefined) lookAtFiles(tab.id);
  heldMail.composeOpened(tab, holds);
});
browser.tabs.onRemoved.addListener((tabId) => {
  client.composeClosed(tabId);
  files.closed(tabId);
  flow.forget(tabId);
  live.forget(tabId);
});
browser.windows.onFocusChanged.addListener((windowId) => {
  client.focusChanged(windowId);
  watchFocused(windowId);
});
browser.windows.onRemoved.addListener((windowId) => client.windowClosed(windowId));
browser.runtime.onConnect.addListener((port) => {
  if (port.name === LEARNING_PORT) serveLearning(/** @type {import("../../core/types").PortLike} */ (port), { learning, host });
  else if (port.name === STATUS_PORT) serveStatus(/** @type {import("../../core/types").PortLike} */ (port), { client: about, host });
  else if (port.name === HOLDS_PORT) serveHolds(/** @type {import("../../core/types").PortLike} */ (port), holds);
  else client.pageConnected(port);
});
browser.runtime.onMessage.addListener((message, sender) =>
  message?.type === "live" ? lookedAt(Number(message.tabId)) : client.pageAsked(message, flow, sender),
);
// Only where this page was stopped, and its own timers with it.
browser.alarms.onAlarm.addListener(() => holds.start());
browser.notifications.onClicked.addListener(() => heldMail.showAsking());

// An update ends this page, and Thunderbird would keep a mail that waits for our answer locked for good. So the update
// waits for every decision, and then for the last answer to reach Thunderbird.
browser.runtime.onUpdateAvailable.addListener(async () => {
  do {
    await flow.idle();
    await new Promise((resolve) => setTimeout(resolve, ANSWER_ARRIVES_MS));
  } while (flow.busy);
  browser.runtime.reload();
});

heldMail.composeWindowsFound(holds).catch((error) => console.warn("lastlook: open drafts could not be looked at", error));
browser.tabs.query({ type: "messageCompose" }).then((tabs) => tabs.forEach(({ id }) => id !== undefined && lookAtFiles(id)), () => {});
client.composeWindowsFound().catch((error) => console.warn("lastlook: open compose windows could not be looked at", error));

browser.windows.getLastFocused().then(({ id }) => watchFocused(id ?? browser.windows.WINDOW_ID_NONE), () => {});

// These two make sure that the page is started, and with it the port, before the first send.
browser.runtime.onStartup.addListener(() => host.start());
browser.runtime.onInstalled.addListener(({ reason }) => {
  host.start();
  if (reason !== "install") return;
  client.managedSettings().then(({ managed }) => about.welcome(managed)).catch((error) => console.warn("lastlook: the first page could not be shown", error));
});
host.start();
