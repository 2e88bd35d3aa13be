// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The files that are attached to the mails being written, for core/part_sender.js. Thunderbird reads a file when the mail leaves, so
// each time a mail is looked at, it is looked whether its files are still the same ones.

/** @typedef {import("../../core/part_sender.js").PartSender} PartSender */
/** @typedef {import("../../core/part_sender.js").PartFacts} PartFacts */
/** @typedef {{id: number, name: string, size: number}} Attachment */

export class AttachedFiles {
  #parts;
  /** @type {Map<number, Promise<File | null>>} mails that are forwarded as files, by their window */
  #forwarded = new Map();

  /** @param {PartSender} parts */
  constructor(parts) {
    this.#parts = parts;
  }

  /**
   * Hands over what is new or has changed.
   * @param {number} tabId
   * @param {Attachment[]} attachments all of the mail
   * @returns {Promise<PartFacts[]>} of each
   */
  async look(tabId, attachments) {
    this.#parts.only(tabId, attachments.map(({ id }) => String(id)));
    await Promise.all(attachments.map((one) => this.attached(tabId, one)));
    return attachments.map(({ id }) => this.#parts.facts(tabId, String(id)));
  }

  /**
   * @param {number} tabId
   * @param {Attachment} attachment
   */
  async attached(tabId, attachment) {
    const file = await this.#open(tabId, attachment);
    const version = file ? `${file.size} ${file.lastModified}` : "";
    this.#parts.attached(tabId, { id: String(attachment.id), name: attachment.name, version, file });
  }

  /**
   * All that is attached to a window that has just been opened, or stood open before this page did.
   * @param {number} tabId
   */
  async opened(tabId) {
    await this.look(tabId, /** @type {Attachment[]} */ (await browser.compose.listAttachments(tabId)));
  }

  /**
   * @param {number} tabId
   * @param {number} id
   */
  removed(tabId, id) {
    this.#parts.removed(tabId, String(id));
  }

  /** @param {number} tabId */
  closed(tabId) {
    this.#forwarded.delete(tabId);
    this.#parts.forget(tabId);
  }

  /**
   * @param {number} tabId
   * @param {Attachment} attachment
   * @returns {Promise<File | null>} null: it cannot be read, because it is gone for example
   */
  async #open(tabId, attachment) {
    try {
      return await browser.compose.getAttachmentFile(attachment.id);
    } catch {
      return this.#asMail(tabId, attachment);
    }
  }

  /**
   * A mail that is forwarded as a file is no file on the disk, and Thunderbird gives none for it (153, ext-compose.js, getFile); but it
   * says which mail is forwarded. Only where there can be no doubt that it is this one: it is as long.
   * @param {number} tabId
   * @param {Attachment} attachment
   */
  async #asMail(tabId, { name, size }) {
    if (!/\.eml$/i.test(name)) return null;
    if (!this.#forwarded.has(tabId)) this.#forwarded.set(tabId, forwardedMail(tabId).catch(() => null));
    const mail = await this.#forwarded.get(tabId);
    return mail && mail.size === size ? mail : null;
  }
}

/**
 * @param {number} tabId
 * @returns {Promise<File | null>}
 */
async function forwardedMail(tabId) {
  const { type, relatedMessageId } = await browser.compose.getComposeDetails(tabId);
  if (type !== "forward" || relatedMessageId === undefined) return null;
  return /** @type {any} */ (await browser.messages.getRaw(relatedMessageId, { data_format: "File" }));
}
