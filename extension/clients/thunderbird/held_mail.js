// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird, as core/holds.js sees a client that holds mails: drafts, compose windows, the sent folders, and what tells the
// person of them.

import { splitMailbox } from "../../core/mailbox.js";
import { popupData } from "./confirmation_window.js";

/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("../../core/types").DraftHandle} DraftHandle */
/** @typedef {import("../../core/types").Hold} Hold */
/** @typedef {import("../../core/types").HeldMailClient} HeldMailClient */

const OWNER_KEY = "holds-owner";
const SESSION_KEY = "holds-session";
const ALARM = "holds";
const ALARM_MINUTES = 1;

const LIST_HEIGHT = 560;
const COUNTDOWN_HEIGHT = 300;
const COUNTDOWN_WIDTH = 540;

/** Thunderbird's dates of mails are whole seconds. */
const DATE_SLACK_MS = 2_000;

/** @implements {HeldMailClient} */
export class ThunderbirdHeldMail {
  #adapter;
  /** @type {Promise<string> | null} */
  #owner = null;
  /** @type {Set<number>} windows that this file opened */
  #own = new Set();

  /** @param {Pick<import("./adapter.js").ThunderbirdAdapter, "showFailure">} adapter */
  constructor(adapter) {
    this.#adapter = adapter;
  }

  owner() {
    this.#owner ??= (async () => {
      const stored = (await browser.storage.local.get(OWNER_KEY))[OWNER_KEY];
      if (typeof stored === "string" && stored) return stored;
      const made = crypto.randomUUID();
      await browser.storage.local.set({ [OWNER_KEY]: made });
      return made;
    })();
    return this.#owner;
  }

  async isFreshStart() {
    const stored = await browser.storage.session.get(SESSION_KEY);
    await browser.storage.session.set({ [SESSION_KEY]: true });
    return stored[SESSION_KEY] !== true;
  }

  // ---- compose windows ---------------------------------------------------------------------------------------------

  /** @param {ComposeKey} compose */
  async saveDraft(compose) {
    const { messages } = await browser.compose.saveMessage(Number(compose), { mode: "draft" });
    const messageId = messages?.[0]?.headerMessageId;
    if (!messageId) throw new Error("Thunderbird does not say where the draft is");
    return { message_id: messageId };
  }

  /** @param {ComposeKey} compose */
  async minimise(compose) {
    await browser.windows.update(await windowOf(compose), { state: "minimized" }).catch(() => {});
  }

  /** @param {ComposeKey} compose */
  async closeWindow(compose) {
    await browser.tabs.remove(Number(compose));
  }

  /** @param {ComposeKey} compose */
  async reveal(compose) {
    try {
      const id = await windowOf(compose);
      const { state } = await browser.windows.get(id);
      if (state === "minimized") await browser.windows.update(id, { state: "normal" });
      await browser.windows.update(id, { focused: true });
    } catch {
      // It is gone.
    }
  }

  /** @param {ComposeKey} compose */
  async send(compose) {
    const { headerMessageId, mode } = await browser.compose.sendMessage(Number(compose), { mode: "default" });
    if (mode === "sendNow" && !headerMessageId) throw new Error("Thunderbird does not say that the mail has left");
    return headerMessageId ? `<${headerMessageId}>` : "";
  }

  // ---- drafts ------------------------------------------------------------------------------------------------------

  /** @param {Hold["where"]} where */
  async findDraft({ message_id }) {
    if (!message_id) return null;
    const { messages } = /** @type {browser.messages.MessageList} */ (await browser.messages.query({ headerMessageId: message_id }));
    return messages.find(({ folder }) => isAmongDrafts(folder))?.id ?? null;
  }

  /** @param {Hold} hold */
  async findUnnoted(hold) {
    const found = await this.#matching(["drafts"], hold);
    return found.length === 1 && found[0] ? { message_id: found[0].headerMessageId } : null;
  }

  /** @param {DraftHandle} draft */
  async openDraft(draft) {
    const { id } = await browser.compose.beginNew(Number(draft));
    if (id === undefined) throw new Error("Thunderbird opened no window");
    this.#own.add(id);
    return id;
  }

  /** @param {DraftHandle} draft */
  async openForWriting(draft) {
    const compose = await this.openDraft(draft);
    // The new window's own draft first: at no moment is the mail in nobody's folder.
    await browser.compose.saveMessage(Number(compose), { mode: "draft" });
    await this.removeDraft(draft);
  }

  /** @param {DraftHandle} draft */
  async removeDraft(draft) {
    await browser.messages.delete([Number(draft)], /** @type {any} */ ({ deletePermanently: true })).catch(() => {
      // Thunderbird has removed it already.
    });
  }

  /** @param {DraftHandle} draft */
  async discardDraft(draft) {
    await browser.messages.delete([Number(draft)], /** @type {any} */ ({ deletePermanently: false })).catch((error) => {
      console.warn("lastlook: a draft could not be moved to the trash", error);
    });
  }

  /** @param {Hold} hold */
  async findSent(hold) {
    // Sent from the window that saved it, it keeps its Message-ID; opened anew, it gets another one.
    const found = (await this.#matching(["sent"], hold, hold.released))[0] ?? (await this.#sentAs(hold.where.message_id));
    return found ? `<${found.headerMessageId}>` : null;
  }

  /** @param {string | undefined} headerMessageId */
  async #sentAs(headerMessageId) {
    if (!headerMessageId) return undefined;
    const { messages } = /** @type {browser.messages.MessageList} */ (await browser.messages.query({ headerMessageId }));
    return messages.find(({ folder }) => hasUse(folder, "sent"));
  }

  /**
   * Mails with the subject and exactly the recipients of this one: since it was let go and as it was let go, or since it was held
   * and as it was held.
   * @param {string[]} specialUse
   * @param {Hold} hold
   * @param {Hold["released"]} [released]
   */
  async #matching(specialUse, hold, released) {
    const { subject, recipients, recipients_total } = released ?? hold;
    const folders = await browser.folders.query(/** @type {any} */ ({ specialUse, isVirtual: false }));
    const begun = Number(new Date(released?.at ?? hold.release_at)) - (released ? 0 : hold.hold_seconds * 1_000);
    const since = begun - DATE_SLACK_MS;
    const folderId = folders.map(({ id }) => id);
    if (folderId.length === 0) return [];
    const { messages } = /** @type {browser.messages.MessageList} */ (
      await browser.messages.query(
        /** @type {any} */ ({ folderId, fromDate: new Date(since), messagesPerPage: 200, autoPaginationTimeout: 0 }),
      )
    );
    return messages.filter(
      (mail) =>
        sameSubject(mail.subject, subject) &&
        sameRecipients([...mail.recipients, ...mail.ccList, ...mail.bccList], recipients, recipients_total),
    );
  }

  // ---- what tells the person ---------------------------------------------------------------------------------------

  /** @param {string} id */
  async showCountdown(id) {
    const data = popupData(`ui/held.html?countdown=${encodeURIComponent(id)}`, COUNTDOWN_HEIGHT);
    // Not awaited: it settles only when the new window gets the focus, and another program may hold that.
    browser.windows.create({ ...data, width: COUNTDOWN_WIDTH }).catch((error) => {
      console.warn("lastlook: the countdown could not be shown", error);
    });
  }

  async showAsking() {
    browser.windows.create(popupData("ui/held.html?window", LIST_HEIGHT)).catch((error) => {
      console.warn("lastlook: the held mails could not be shown", error);
    });
  }

  /**
   * @param {number} count
   * @param {boolean} asks
   */
  async showCount(count, asks) {
    if (count > 0) browser.alarms.create(ALARM, { periodInMinutes: ALARM_MINUTES });
    else browser.alarms.clear(ALARM);
    await Promise.all([
      browser.action.setBadgeText({ text: count > 0 ? String(count) : null }),
      browser.action.setBadgeBackgroundColor({ color: asks ? "#a3121f" : "#0b5cad" }),
    ]).catch((error) => console.warn("lastlook: the button could not be marked", error));
  }

  /**
   * @param {Parameters<HeldMailClient["notify"]>[0]} what
   * @param {Hold} hold
   */
  notify(what, { hold_id, subject, release_at }) {
    const time = new Intl.DateTimeFormat(browser.i18n.getUILanguage(), { timeStyle: "short" }).format(new Date(release_at));
    const name = subject || browser.i18n.getMessage("heldNoSubject");
    const text = {
      held: () => browser.i18n.getMessage("heldNotifyHeld", [name, time]),
      needs_answer: () => browser.i18n.getMessage("heldNotifyNeedsAnswer", [name]),
      refused: () => browser.i18n.getMessage("heldNotifyRefused", [name]),
      gone: () => browser.i18n.getMessage("heldNotifyGone", [name]),
      looks_sent: () => browser.i18n.getMessage("heldNotifyLooksSent", [name]),
      taken_back: () => browser.i18n.getMessage("heldNotifyTakenBack", [name]),
      open: () => browser.i18n.getMessage("heldNotifyOpen", [name]),
    }[what]();
    browser.notifications
      .create(`held-${hold_id}`, { type: "basic", title: browser.i18n.getMessage("extensionName"), message: text })
      .catch(() => {});
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} message
   */
  async couldNotHold(compose, message) {
    await this.reveal(compose);
    await this.#adapter.showFailure(compose, {
      kind: "hold_failed",
      code: 0,
      message,
      remedy: "",
      mayGoUnchecked: false,
      composeId: String(compose),
    });
  }

  /**
   * Drafts that stood open before this page did.
   * @param {import("../../core/holds.js").Holds} holds
   */
  async composeWindowsFound(holds) {
    const tabs = await browser.tabs.query({ type: "messageCompose" });
    await Promise.all(tabs.map((tab) => this.composeOpened(tab, holds)));
  }

  /**
   * A draft that the person opens themselves is not sent behind their back.
   * @param {browser.tabs.Tab} tab
   * @param {import("../../core/holds.js").Holds} holds
   */
  async composeOpened({ id, type }, holds) {
    if (type !== "messageCompose" || id === undefined) return;
    try {
      const details = await browser.compose.getComposeDetails(id);
      if (details.type !== "draft" || !details.relatedMessageId || this.#own.has(id)) return;
      const { headerMessageId } = await browser.messages.get(details.relatedMessageId);
      await holds.draftOpened(id, headerMessageId);
    } catch (error) {
      console.warn("lastlook: whether this draft is held could not be told", error);
    }
  }
}

/** @param {ComposeKey} compose */
async function windowOf(compose) {
  const { windowId } = await browser.tabs.get(Number(compose));
  if (windowId === undefined) throw new Error("the window is closed");
  return windowId;
}

/** @param {any} folder */
function isAmongDrafts(folder) {
  return hasUse(folder, "drafts");
}

/**
 * @param {any} folder
 * @param {string} use
 */
function hasUse(folder, use) {
  return folder?.specialUse?.includes(use) === true || folder?.type === use;
}

/**
 * All of them and nobody else; of more than were noted, those that were noted and as many.
 * @param {string[]} found
 * @param {string[]} noted
 * @param {number} total
 */
export function sameRecipients(found, noted, total) {
  const there = new Set(found.map(addressKey));
  const wanted = new Set(noted.map(addressKey));
  const size = total > noted.length ? total : wanted.size;
  return there.size === size && [...wanted].every((key) => there.has(key));
}

/** @param {string} mailbox */
function addressKey(mailbox) {
  return splitMailbox(mailbox).address.toLowerCase();
}

/**
 * Thunderbird keeps subjects without "Re:".
 * @param {string} one
 * @param {string} other
 */
function sameSubject(one, other) {
  const bare = (/** @type {string} */ text) => text.replace(/^(\s*re(\[\d+\])?:)+/i, "").trim();
  return bare(one) === bare(other);
}
