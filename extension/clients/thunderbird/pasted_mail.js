// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Text that is carried out of one mail into another, as copy_watch.js and paste_watch.js tell it (core/pasted_text.js).

import { PastedTexts } from "../../core/pasted_text.js";

export class PastedMail {
  #texts = new PastedTexts();

  /**
   * @param {any} message of copy_watch.js or paste_watch.js
   * @param {browser.runtime.MessageSender} sender
   * @returns {Promise<void> | undefined} undefined: not for this class
   */
  told(message, sender) {
    const tabId = sender.tab?.id;
    if (tabId === undefined) return undefined;
    switch (message?.type) {
      case "copied":
        return this.#copied(String(message.text), tabId);
      case "pasted":
        this.#texts.put(tabId, String(message.text));
        return Promise.resolve();
      case "watching_pasted":
        this.#texts.watched(tabId);
        return Promise.resolve();
      default:
        return undefined;
    }
  }

  /**
   * @param {number} tabId
   * @param {string} text of the mail
   */
  in(tabId, text) {
    return this.#texts.in(tabId, text);
  }

  /** @param {number} tabId */
  forget(tabId) {
    this.#texts.forget(tabId);
  }

  /**
   * @param {string} text
   * @param {number} tabId
   */
  async #copied(text, tabId) {
    const displayed = /** @type {any} */ (await browser.messageDisplay.getDisplayedMessages(tabId));
    const mails = /** @type {browser.messages.MessageHeader[]} */ (Array.isArray(displayed) ? displayed : displayed.messages);
    // Of several mails at once nobody knows which of them the text is of.
    if (mails.length !== 1) return;
    const [{ author, recipients, ccList, bccList }] = /** @type {[browser.messages.MessageHeader]} */ (mails);
    this.#texts.copied(text, [author, ...recipients, ...ccList, ...bccList].filter(Boolean));
  }
}
