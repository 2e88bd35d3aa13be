// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The bridge between Gmail's tabs and the host: one host for all of them. Chromium may stop this worker at any time, so nothing
// that decides about a mail lives here; a tab whose bridge is gone fails its check and asks a new one.

import { HostLink } from "../../core/host_link.js";
import { UncheckedRecords } from "../../core/unchecked_records.js";
import { asFailure } from "../../core/failure.js";
import { classifyDisconnect } from "./disconnects.js";

/** What this client can carry out: see `hello` in PROTOCOL.md. */
const CAPABILITIES = Object.freeze(["recipients", "subject", "body", "hold", "parts"]);
const HOST_NAME = "lastlook";
const UNCHECKED_KEY = "unchecked";
const OWNER_KEY = "holds-owner";
/** After these nothing is to be said of a mail any more. */
const OUTCOMES = ["draft.sent", "draft.cancelled"];
const GMAIL = "https://mail.google.com/*";

const records = new UncheckedRecords({
  loadRecords: async () => {
    const stored = await chrome.storage.local.get(UNCHECKED_KEY);
    return Array.isArray(stored[UNCHECKED_KEY]) ? stored[UNCHECKED_KEY] : [];
  },
  saveRecords: (list) => chrome.storage.local.set({ [UNCHECKED_KEY]: list }),
});

const host = new HostLink({
  connect: connectHost,
  classifyDisconnect,
  hello: async () => {
    // That of our own texts: the browser's language is not always told to a worker, and two in one dialog would be one too many.
    const lang = chrome.i18n.getMessage("extensionLocale").slice(0, 2);
    const program = /(?:Edg|Chrome)\/[\d.]+/.exec(navigator.userAgent)?.[0] ?? "";
    return { client: { name: "gmail", version: chrome.runtime.getManifest().version, program }, capabilities: CAPABILITIES, lang };
  },
  onReady: () => {
    records.report(host).catch(() => {});
  },
});

/** Chromium tells why a port closed in a place of its own. */
function connectHost() {
  const port = chrome.runtime.connectNative(HOST_NAME);
  return {
    postMessage: (/** @type {object} */ message) => port.postMessage(message),
    disconnect: () => port.disconnect(),
    onMessage: port.onMessage,
    onDisconnect: {
      addListener: (/** @type {(port: any) => void} */ callback) =>
        port.onDisconnect.addListener(() => callback({ error: chrome.runtime.lastError })),
    },
  };
}

/** What a tab may ask for. @type {Record<string, (params: any) => Promise<any>>} */
const OWN = {
  "unchecked.add": async (record) => {
    await records.add(record);
    records.report(host).catch(() => {});
    return {};
  },
  settings: managedSettings,
  owner: async () => ({ owner: await (owner ??= ownerOfHolds()) }),
  ready: () => host.ready(),
  will_leave: async () => ({}),
  tabs: async () => ({ tabs: [...tabs.values()] }),
};

/** The sessions of the tabs that have a bridge now. @type {Map<chrome.runtime.Port, string>} */
const tabs = new Map();

/** @type {Promise<string> | null} */
let owner = null;

/** This profile of the browser, for as long as it exists: the host keeps its held mails apart from others'. */
async function ownerOfHolds() {
  const stored = (await chrome.storage.local.get(OWNER_KEY))[OWNER_KEY];
  if (typeof stored === "string" && stored) return stored;
  const made = crypto.randomUUID();
  await chrome.storage.local.set({ [OWNER_KEY]: made });
  return made;
}

/** An empty managed storage may be one that has not come yet; who was installed by an administrator is managed all the same. */
async function managedSettings() {
  const [values, self] = await Promise.all([chrome.storage.managed.get("onHostMissing"), chrome.management.getSelf()]);
  const managed = self.installType === "admin" || Object.keys(values).length > 0;
  return { managed, onHostMissing: values["onHostMissing"] === "confirm-unchecked" ? "confirm-unchecked" : "block" };
}

chrome.runtime.onConnect.addListener((port) => {
  tabs.set(port, port.name);
  /** @type {Map<string, object>} mails whose window may close with them, by their compose id */
  const leaving = new Map();
  port.onDisconnect.addListener(() => {
    tabs.delete(port);
    for (const mail of leaving.values()) host.request("draft.sent", mail).catch(() => {});
  });
  port.onMessage.addListener(async ({ id, method, params }) => {
    let reply;
    if (method === "will_leave") leaving.set(params.compose_id, { ...params, message_id: "" });
    if (OUTCOMES.includes(method)) leaving.delete(params.compose_id);
    try {
      const own = Object.hasOwn(OWN, method) ? OWN[method] : undefined;
      reply = { id, result: own ? await own(params) : await host.request(method, params) };
    } catch (error) {
      const { kind, message, code, remedy, missing } = asFailure(error);
      reply = { id, failure: { kind, message, code, remedy, missing } };
    }
    try {
      port.postMessage(reply);
    } catch {
      // The tab is gone.
    }
  });
});

// Tabs that were open before have no guard at the window, or one that has lost its bridge.
chrome.runtime.onInstalled.addListener(async () => {
  for (const { id } of await chrome.tabs.query({ url: GMAIL })) {
    if (id === undefined) continue;
    chrome.scripting.executeScript({ target: { tabId: id }, files: ["clients/gmail/late.js"] }).catch((error) => {
      console.warn("lastlook: a tab could not be told to reload", error);
    });
  }
});
chrome.runtime.onStartup.addListener(() => host.start());
host.start();
