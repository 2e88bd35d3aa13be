// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird, as core sees a mail client (types.d.ts, ClientAdapter). No rule and no decision lives here.

import { splitMailbox } from "../../core/mailbox.js";
import { contactsAmong, listsAmong, mailboxText } from "./address_book.js";
import { readOrigin } from "./compose_origin.js";
import { ConfirmationWindow, popupData } from "./confirmation_window.js";
import { otherAnswer } from "./other_answers.js";
import { PastedMail } from "./pasted_mail.js";

/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("../../core/types").FailureReport} FailureReport */
/** @typedef {import("../../core/types").NeutralDraft} NeutralDraft */
/** @typedef {import("./compose_origin.js").Origin} Origin */
/** @typedef {{answered_by?: string, minutes_ago?: number, id?: string}} Thread */
/** @typedef {"none" | "back" | "block" | "failed"} NotSent */

const HOST_NAME = "lastlook";
const FAILURE_HEIGHT = 560;

/** White on it has a contrast of 7.6 to 1. */
const NOT_SENT_COLOUR = "#a3121f";

/** Managed storage comes late at start-up; what is not known yet is taken for the strict answer. */
const MANAGED_WITHIN_MS = 2_000;

/** What only helps may not hold the mail up: what is not known by then stays absent. */
const ORIGIN_WITHIN_MS = 1_000;
const ANSWERS_WITHIN_MS = 300;

const ORIGIN_PREFIX = "origin:";
const FAILURE_PREFIX = "failure:";
const NOT_SENT_PREFIX = "not-sent:";
const UNCHECKED_KEY = "unchecked";

/** @typedef {import("../../core/types").ClientAdapter} ClientAdapter */

/** @implements {ClientAdapter} */
export class ThunderbirdAdapter {
  name = "thunderbird";
  capabilities = Object.freeze(["recipients", "from", "subject", "body", "headers", "hold", "parts"]);
  /** @type {import("./attached_files.js").AttachedFiles | null} hands the attachments over; set by background.js */
  files = null;

  /** @type {Map<string, ConfirmationWindow>} open confirmations by their id */
  #confirmations = new Map();
  /** @type {Map<ComposeKey, number>} the window of each compose tab, once known */
  #windowOf = new Map();
  /** @type {Map<number, Promise<Origin | undefined>>} how a compose window came to be; in session storage too, once it is read */
  #origins = new Map();
  /** @type {Map<number, Thread>} who else had answered when the window opened */
  #threads = new Map();
  #pasted = new PastedMail();

  async helloParams() {
    const { name, version } = await browser.runtime.getBrowserInfo();
    const language = browser.i18n.getUILanguage().toLowerCase();
    const lang = language.startsWith("ja") ? "ja" : language.startsWith("zh") ? "zh" : "en";
    return { version: browser.runtime.getManifest().version, program: `${name} ${version}`, lang };
  }

  connectHost() {
    return /** @type {import("../../core/types").PortLike} */ (browser.runtime.connectNative(HOST_NAME));
  }

  /**
   * The texts are those of Gecko's NativeMessaging.sys.mjs and Subprocess; a host that dies leaves none at all.
   * @param {string} text
   * @returns {import("../../core/types").FailureKind}
   */
  classifyDisconnect(text) {
    if (/No such native application|not executable|does not exist|Invalid application|failed to (start|launch)/i.test(text)) {
      return "host_missing";
    }
    if (/JSON|exceeds the limit/i.test(text)) return "host_garbage";
    return "host_crashed";
  }

  /**
   * @param {ComposeKey} compose
   * @returns {Promise<NeutralDraft>}
   */
  async readDraft(compose) {
    const tabId = Number(compose);
    const [details, attachments, tab, origin] = await Promise.all([
      browser.compose.getComposeDetails(tabId),
      browser.compose.listAttachments(tabId),
      browser.tabs.get(tabId),
      this.#originOf(tabId),
    ]);
    if (tab.windowId !== undefined) this.#windowOf.set(compose, tab.windowId);
    const pasted = this.#pasted.in(tabId, details.plainTextBody ?? "");
    const listed = attachments.map(({ id, name, size }) => ({ id, name: name ?? "", size: size ?? 0 }));
    const facts = await this.files?.look(tabId, listed);
    const files = listed.map(({ id, name, size }, index) => ({ id: String(id), name, size, ...facts?.[index] }));
    return {
      from: mailboxText(details.from),
      to: mailboxes(details.to),
      cc: mailboxes(details.cc),
      bcc: mailboxes(details.bcc),
      replyTo: mailboxes(details.replyTo),
      newsgroups: [details.newsgroups ?? []].flat().filter(Boolean),
      subject: details.subject ?? "",
      isPlainText: details.isPlainText === true,
      html: details.body ?? "",
      text: details.plainTextBody ?? "",
      attachments: [...files, ...addedWhileSending(details)],
      headers: details.customHeaders ?? [],
      kind: origin?.kind ?? details.type,
      initialRecipients: origin?.initialRecipients,
      original: origin?.original,
      ...(pasted ? { pasted } : {}),
    };
  }

  /**
   * @param {ComposeKey} compose
   * @param {NeutralDraft} draft
   */
  async readContext(compose, draft) {
    const recipients = [...draft.to, ...draft.cc, ...draft.bcc];
    const identitiesRead = browser.identities.list();
    const [{ lists, listNames }, contacts, identities, thread] = await Promise.all([
      listsAmong(recipients),
      contactsAmong(recipients),
      identitiesRead,
      this.#threadOf(Number(compose), identitiesRead),
    ]);
    const context = {
      identities: identities.map(({ email, name, id }) => ({ address: email ?? "", name: name ?? "", id: id ?? "" })),
      ...(contacts ? { contacts } : {}),
      ...(lists.length > 0 ? { lists } : {}),
      ...(thread ? { thread } : {}),
    };
    return { context, listNames };
  }

  /**
   * @param {number} tabId
   * @returns {Promise<Origin | undefined>} absent where nobody saw the window open, or not in time
   */
  async #originOf(tabId) {
    const known = this.#origins.get(tabId);
    if (known) return withinOrAbsent(ORIGIN_WITHIN_MS, known);
    const key = ORIGIN_PREFIX + tabId;
    const stored = (await browser.storage.session.get(key))[key];
    if (stored) this.#origins.set(tabId, Promise.resolve(stored));
    return stored;
  }

  /**
   * Looked for again at Send; where that takes too long, what was known when the window opened still holds.
   * @param {number} tabId
   * @param {Promise<{email?: string, name?: string}[]>} identities
   * @returns {Promise<Thread | undefined>}
   */
  async #threadOf(tabId, identities) {
    const answered = (await this.#originOf(tabId))?.answered;
    if (!answered) return undefined;
    const look = async () => otherAnswer(answered, await identities, Date.now());
    const other = (await withinOrAbsent(ANSWERS_WITHIN_MS, look())) ?? this.#threads.get(tabId);
    return { ...other, ...(answered.threadId ? { id: answered.threadId } : {}) };
  }

  /**
   * Custom fields are what readDraft gives of the header: X-* and a few more; writing them replaces all of them.
   * @param {ComposeKey} compose
   * @param {import("../../core/types").DraftChange} change
   */
  async changeDraft(compose, { recipients, from, subject, text, html, headers }) {
    await browser.compose.setComposeDetails(Number(compose), {
      ...(recipients ? await this.#inThunderbirdsWords(compose, recipients) : {}),
      ...(from === undefined ? {} : { identityId: await identityOf(from) }),
      ...(subject === undefined ? {} : { subject }),
      ...(text === undefined ? {} : { plainTextBody: text }),
      ...(html === undefined ? {} : { body: html }),
      ...(headers ? { customHeaders: headers } : {}),
    });
  }

  /**
   * @param {ComposeKey} compose
   * @param {import("../../core/types").RecipientFields} recipients
   */
  async #inThunderbirdsWords(compose, { to, cc, bcc }) {
    const now = await browser.compose.getComposeDetails(Number(compose));
    const written = [now.to, now.cc, now.bcc].flatMap(mailboxes);
    const words = (/** @type {string[]} */ field) => field.map((text) => asThunderbirdWritesIt(text, written));
    return { to: words(to), cc: words(cc), bcc: words(bcc) };
  }

  /**
   * An extension cannot put the cursor anywhere in a compose window; it can bring the window to the front.
   * @param {ComposeKey} compose
   */
  async goTo(compose) {
    const { windowId } = await browser.tabs.get(Number(compose));
    if (windowId !== undefined) await browser.windows.update(windowId, { focused: true });
  }

  /** @param {ComposeKey} compose */
  openConfirmation(compose) {
    const id = crypto.randomUUID();
    const view = new ConfirmationWindow(id, this.#windowOf.get(compose) ?? browser.windows.WINDOW_ID_NONE, () => {
      this.#confirmations.delete(id);
    });
    this.#confirmations.set(id, view);
    return view;
  }

  /**
   * @param {ComposeKey} compose
   * @param {FailureReport} report
   */
  async showFailure(compose, report) {
    const id = `${compose}.${crypto.randomUUID()}`;
    // Kept outside this page's memory: without a host's port the event page may be stopped while the person reads.
    await browser.storage.session.set({ [FAILURE_PREFIX + compose]: { id, tabId: compose, report } });
    // Not awaited, for the same reason as in ConfirmationWindow.
    browser.windows.create(popupData(`ui/failure.html?failure=${id}`, FAILURE_HEIGHT)).catch((error) => {
      console.error("lastlook: the failure window could not be opened", error);
    });
  }

  /** @param {ComposeKey} compose */
  async forgetFailure(compose) {
    await browser.storage.session.remove(FAILURE_PREFIX + compose);
  }

  /**
   * @param {ComposeKey} compose
   * @param {NotSent} why
   */
  async markNotSent(compose, why) {
    const tabId = Number(compose);
    const sent = why === "none";
    await browser.storage.session.set({ [NOT_SENT_PREFIX + tabId]: why });
    await Promise.all([
      browser.composeAction.setBadgeText({ tabId, text: sent ? "" : "!" }),
      browser.composeAction.setBadgeBackgroundColor({ tabId, color: sent ? null : NOT_SENT_COLOUR }),
      browser.composeAction.setTitle({
        tabId,
        title: browser.i18n.getMessage(sent ? "composeActionTitle" : "composeActionNotSent"),
      }),
      browser.composeAction.setLabel({
        tabId,
        label: browser.i18n.getMessage(sent ? "extensionName" : "composeActionNotSent"),
      }),
    ]);
  }

  /**
   * @param {number} tabId
   * @returns {Promise<NotSent>}
   */
  async notSent(tabId) {
    const key = NOT_SENT_PREFIX + tabId;
    return (await browser.storage.session.get(key))[key] ?? "none";
  }

  async managedSettings() {
    /** @type {any} */
    let timer;
    const late = new Promise((_, reject) => {
      timer = setTimeout(() => reject(new Error("late")), MANAGED_WITHIN_MS);
    });
    try {
      const values = /** @type {any} */ (await Promise.race([browser.storage.managed.get("onHostMissing"), late]));
      const loosened = values.onHostMissing === "confirm-unchecked";
      /** @type {import("../../core/types").ManagedSettings["onHostMissing"]} */
      const onHostMissing = loosened ? "confirm-unchecked" : "block";
      return { managed: true, onHostMissing };
    } catch (error) {
      const unmanaged = /manifest not found/i.test(String(error));
      return { managed: !unmanaged, onHostMissing: /** @type {const} */ ("block") };
    } finally {
      clearTimeout(timer);
    }
  }

  async loadRecords() {
    const stored = await browser.storage.local.get(UNCHECKED_KEY);
    return Array.isArray(stored[UNCHECKED_KEY]) ? stored[UNCHECKED_KEY] : [];
  }

  /** @param {import("../../core/types").UncheckedRecord[]} records */
  async saveRecords(records) {
    await browser.storage.local.set({ [UNCHECKED_KEY]: records });
  }

  // ---- what background.js hands on ---------------------------------------------------------------------------------

  /** @param {browser.tabs.Tab} tab */
  async composeOpened(tab) {
    if (tab.type === "messageCompose" && tab.id !== undefined) await this.#noteOrigin(tab.id, true);
  }

  /** Windows that stood open before this page did: whom they were addressed to at first is not known, what they answer is. */
  async composeWindowsFound() {
    const tabs = await browser.tabs.query({ type: "messageCompose" });
    const stored = await browser.storage.session.get();
    const unseen = tabs.flatMap(({ id }) => (id === undefined || ORIGIN_PREFIX + id in stored || this.#origins.has(id) ? [] : [id]));
    await Promise.all(unseen.map((id) => this.#noteOrigin(id, false)));
  }

  /**
   * @param {number} tabId
   * @param {boolean} fromTheStart
   */
  async #noteOrigin(tabId, fromTheStart) {
    const reading = readOrigin(tabId, fromTheStart).catch((error) => {
      // The window was closed again; what is absent claims nothing.
      console.warn("lastlook: how a compose window came to be could not be read", error);
      return undefined;
    });
    this.#origins.set(tabId, reading);
    const origin = await reading;
    if (origin) await browser.storage.session.set({ [ORIGIN_PREFIX + tabId]: origin });
    if (!origin?.answered) return;
    const thread = await otherAnswer(origin.answered, await browser.identities.list(), Date.now()).catch(() => undefined);
    if (thread && this.#origins.has(tabId)) this.#threads.set(tabId, thread);
  }

  /** @param {number} tabId */
  composeClosed(tabId) {
    const windowId = this.#windowOf.get(tabId);
    this.#windowOf.delete(tabId);
    this.#origins.delete(tabId);
    this.#threads.delete(tabId);
    this.#pasted.forget(tabId);
    for (const view of this.#confirmations.values()) {
      if (view.composeWindowId === windowId) view.leave();
    }
    browser.storage.session.remove([ORIGIN_PREFIX + tabId, NOT_SENT_PREFIX + tabId, FAILURE_PREFIX + tabId]).catch(() => {});
  }

  /**
   * The locked mail cannot take the focus; what waits for an answer can.
   * @param {number} windowId
   */
  focusChanged(windowId) {
    for (const view of this.#confirmations.values()) {
      if (view.composeWindowId === windowId && view.windowId !== null) {
        browser.windows.update(view.windowId, { focused: true }).catch(() => {});
      }
    }
  }

  /** @param {number} windowId */
  windowClosed(windowId) {
    for (const view of this.#confirmations.values()) {
      if (view.windowId === windowId) view.leave();
    }
  }

  /** @param {browser.runtime.Port} port */
  pageConnected(port) {
    const view = this.#confirmations.get(port.name);
    if (view) view.attach(port);
    else port.disconnect();
  }

  /**
   * @param {any} message
   * @param {import("../../core/send_flow.js").SendFlow} flow
   * @param {browser.runtime.MessageSender} sender
   * @returns {Promise<any> | undefined}
   */
  pageAsked(message, flow, sender) {
    const told = this.#pasted.told(message, sender);
    if (told) return told;
    switch (message?.type) {
      case "failure":
        return this.#failure(message.id).then((failure) => failure?.report ?? null);
      case "send_unchecked":
        return this.#sendUnchecked(message.id, flow);
      case "not_sent":
        return this.notSent(Number(message.tabId));
      default:
        return undefined;
    }
  }

  /**
   * @param {unknown} id
   * @returns {Promise<{id: string, tabId: number, report: FailureReport} | null>}
   */
  async #failure(id) {
    const key = FAILURE_PREFIX + String(id).split(".")[0];
    const stored = await browser.storage.session.get(key);
    // The newest failure of that mail counts, and only until it is sent again.
    return stored[key]?.id === id ? stored[key] : null;
  }

  /**
   * The person has read that nothing was checked, and wants this one mail sent all the same.
   * @param {unknown} id
   * @param {import("../../core/send_flow.js").SendFlow} flow
   */
  async #sendUnchecked(id, flow) {
    const failure = await this.#failure(id);
    if (!failure) return { sent: false };
    // One failure lets out one mail.
    await this.forgetFailure(failure.tabId);
    if (!(await flow.allowOnce(failure.tabId, failure.report.kind))) return { sent: false };
    try {
      await browser.compose.sendMessage(failure.tabId, { mode: "default" });
      return { sent: true };
    } catch (error) {
      console.warn("lastlook: the unchecked mail was not sent", error);
      return { sent: false };
    } finally {
      flow.forgetAllowOnce(failure.tabId);
    }
  }
}

/**
 * @param {any} list
 * @returns {string[]}
 */
function mailboxes(list) {
  return list === undefined || list === null ? [] : [list].flat().map(mailboxText);
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T | undefined>} absent when it is late or fails
 */
function withinOrAbsent(ms, promise) {
  /** @type {any} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve(undefined), ms);
  });
  return /** @type {Promise<T | undefined>} */ (Promise.race([promise, late]))
    .catch(() => undefined)
    .finally(() => clearTimeout(timer));
}

/**
 * Choosing the identity, rather than writing another From, also takes its signature and its server.
 * @param {string} from
 */
async function identityOf(from) {
  const { address } = splitMailbox(from);
  const wanted = address.toLowerCase();
  const identity = (await browser.identities.list()).find(({ email }) => (email ?? "").toLowerCase() === wanted);
  if (!identity?.id) throw new Error(`no account sends from ${address}`);
  return identity.id;
}

/**
 * Thunderbird adds these two only while it sends, so they are in no list of attachments.
 * @param {browser.compose.ComposeDetails} details
 */
function addedWhileSending(details) {
  const extra = [];
  if (details.attachVCard) extra.push({ id: "vcard", name: "contact.vcf", type: "text/vcard" });
  if (details.attachPublicPGPKey) extra.push({ id: "pgp-key", name: "OpenPGP_public_key.asc", type: "application/pgp-keys" });
  return extra;
}

/**
 * A recipient the mail already had keeps its own spelling, so that a move to Bcc does not change how a name is written.
 * @param {string} text
 * @param {string[]} written
 */
function asThunderbirdWritesIt(text, written) {
  const { address } = splitMailbox(text);
  return written.find((known) => splitMailbox(known).address === address) ?? text;
}
