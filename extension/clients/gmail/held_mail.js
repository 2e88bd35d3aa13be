// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail, as core/holds.js sees a client that holds mails. A mail waits in its compose, which Gmail saves by itself; one that waits
// five minutes and more is handed to Gmail's own scheduled send. A mail whose tab was closed is asked about and never sent.

import { Failure } from "../../core/failure.js";
import { language, t } from "../../ui/i18n.js";
import { minuteFrom } from "./date_words.js";

/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("../../core/types").Hold} Hold */
/** @typedef {import("../../core/types").HeldMailClient} HeldMailClient */

/** From here on a tab is not what one would count on. */
const SCHEDULED_FROM_SECONDS = 300;

/** @implements {HeldMailClient} */
export class GmailHeldMail {
  #link;
  #host;
  #composes;
  #guard;
  #holds;
  #panel;
  #client;
  #composeId;
  /** @type {Promise<string> | null} */
  #owner = null;

  /**
   * @param {object} parts
   * @param {import("./worker_link.js").WorkerLink} parts.link
   * @param {import("./tab_host.js").TabHost} parts.host
   * @param {import("./composes.js").Composes} parts.composes
   * @param {() => import("./guard.js").Guard} parts.guard
   * @param {() => import("../../core/holds.js").Holds} parts.holds
   * @param {import("./held_panel.js").HeldPanel} parts.panel
   * @param {() => import("./adapter.js").GmailAdapter} parts.client
   * @param {(compose: ComposeKey) => string} parts.composeId
   */
  constructor({ link, host, composes, guard, holds, panel, client, composeId }) {
    this.#link = link;
    this.#host = host;
    this.#composes = composes;
    this.#guard = guard;
    this.#holds = holds;
    this.#panel = panel;
    this.#client = client;
    this.#composeId = composeId;
  }

  owner() {
    this.#owner ??= this.#link.request("owner", {}).then(
      ({ owner }) => owner,
      (error) => {
        this.#owner = null;
        throw error;
      },
    );
    return this.#owner;
  }

  /** Mails in composes of tabs that are gone: before anything else, so that none of them is taken for one that waits. */
  async askAboutThoseLeftBehind() {
    const owner = await this.owner();
    const { holds } = await this.#host.request("hold.list", { owner });
    for (const { hold_id, state } of /** @type {Hold[]} */ (holds)) {
      if (this.#host.isMine(hold_id) || (state !== "waiting" && state !== "saving")) continue;
      await this.#host.request("hold.ask", { hold_id, owner, why: "not_found" });
    }
  }

  /** A page that was loaded has none of the composes of the one before. */
  async isFreshStart() {
    return true;
  }

  /** @param {ComposeKey} compose */
  async saveDraft(compose) {
    if (!this.#composes.get(compose).element?.isConnected) throw new Error("The mail is no longer open.");
    return {};
  }

  async minimise() {}

  /** A mail that is not to be sent stays open, as the draft that it is. */
  async closeWindow() {}

  /** @param {ComposeKey} compose */
  async reveal(compose) {
    const { element } = this.#composes.get(compose);
    if (!element?.isConnected) return;
    element.scrollIntoView({ block: "nearest" });
    await this.#client().goTo(compose, "body").catch(() => {});
  }

  /** There is no draft that a page could send without its compose. */
  async findDraft() {
    return null;
  }

  async findUnnoted() {
    return null;
  }

  /** @returns {Promise<ComposeKey>} */
  async openDraft() {
    throw new Error("Gmail opens no draft for us.");
  }

  async openForWriting() {}

  async removeDraft() {}

  async discardDraft() {}

  /** @param {ComposeKey} compose */
  async send(compose) {
    await this.#guard().send(compose);
    return "";
  }

  async findSent() {
    return null;
  }

  /** @param {string} id */
  async showCountdown(id) {
    const hold = this.#holds().list().find(({ hold_id }) => hold_id === id) ?? (await this.#listed(id));
    this.#panel.show();
    if (!hold || hold.hold_seconds < SCHEDULED_FROM_SECONDS) return;
    const at = minuteFrom(Date.now() + hold.remaining_ms);
    try {
      await this.#guard().schedule(this.#composeOf(id), at);
      this.#panel.say(t("gmailScheduled", nameOf(hold), timeOf(at)));
    } catch (error) {
      console.warn("lastlook: Gmail's scheduled send was not used", error);
      this.#panel.say(t("gmailNotScheduled", nameOf(hold)));
    }
  }

  /** @param {string} id */
  async #listed(id) {
    const { holds } = await this.#host.request("hold.list", { owner: await this.owner() });
    return /** @type {Hold[]} */ (holds).find(({ hold_id }) => hold_id === id);
  }

  /** @param {string} id @returns {ComposeKey} */
  #composeOf(id) {
    const key = this.#composes.keys().find((one) => this.#composeId(one) === this.#host.composeIdOf(id));
    if (key === undefined) throw new Failure("page_changed", "The mail is no longer open.");
    return key;
  }

  async showAsking() {
    this.#panel.show();
  }

  /** @param {number} count */
  async showCount(count) {
    if (count > 0) this.#panel.show();
  }

  /**
   * @param {Parameters<HeldMailClient["notify"]>[0]} what
   * @param {Hold} hold
   */
  notify(what, hold) {
    if (what === "refused") this.#panel.say(t("heldNotifyRefused", nameOf(hold)));
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} message
   */
  async couldNotHold(compose, message) {
    await this.#client().showFailure(compose, { kind: "hold_failed", code: 0, message, remedy: "", mayGoUnchecked: false, composeId: this.#composeId(compose) });
  }

  /**
   * A compose was closed, and not by a mail that left: what was held in it is not sent any more by itself.
   * @param {ComposeKey} compose
   */
  async composeClosed(compose) {
    const waiting = this.#host.heldIn(this.#composeId(compose));
    for (const { hold_id, state } of this.#holds().list()) {
      if (!waiting.includes(hold_id) || state !== "waiting") continue;
      await this.#host.request("hold.ask", { hold_id, owner: await this.owner(), why: "not_found" });
    }
    if (waiting.length > 0) await this.#holds().refresh();
  }
}

/** @param {Hold} hold */
function nameOf({ subject }) {
  return subject || t("heldNoSubject");
}

/** @param {Date} at */
function timeOf(at) {
  return new Intl.DateTimeFormat(language(), { timeStyle: "short" }).format(at);
}
