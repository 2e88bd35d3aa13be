// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Thunderbird's folders of sent mail, read for the history (core/learning.js): what Thunderbird's own index has of each mail.
// No mail is opened, nothing is fetched from a server.

import { ownKey } from "./compose_origin.js";

/** @typedef {import("../../core/types").LearningRecord} LearningRecord */
/** @typedef {import("../../core/types").SentHeader} SentHeader */
/** @typedef {import("../../core/types").SentMail} SentMail */

const LEARNING_KEY = "learning";

/** @implements {SentMail} */
export class ThunderbirdSentMail {
  async accounts() {
    const identities = await browser.identities.list();
    return [...new Set(identities.map(({ email }) => (email ?? "").toLowerCase()).filter((email) => email.includes("@")))];
  }

  async folders() {
    // Of every account, shared ones among them; a virtual folder shows mails that lie in another one.
    const folders = await browser.folders.query({ specialUse: ["sent"], isVirtual: false });
    return Promise.all(
      folders.map(async ({ id }) => {
        const folderId = id ?? "";
        const { totalMessageCount } = await browser.folders.getFolderInfo(/** @type {any} */ (folderId));
        return { id: folderId, count: totalMessageCount ?? 0 };
      }),
    );
  }

  /**
   * @param {string} folderId
   * @param {number} from
   */
  async *read(folderId, from) {
    const accounts = new Map((await this.accounts()).map((account) => [ownKey(account), account]));
    let page = await browser.messages.list(/** @type {any} */ (folderId));
    let passed = 0;
    try {
      for (;;) {
        const skip = Math.min(page.messages.length, Math.max(0, from - passed));
        passed += page.messages.length;
        const wanted = page.messages.slice(skip);
        if (wanted.length > 0) {
          yield wanted.map((mail) => ({ account: accounts.get(ownKey(mail.author)) ?? null, header: headerOf(mail) }));
        }
        if (!page.id) return;
        page = await browser.messages.continueList(page.id);
      }
    } finally {
      // Thunderbird keeps what was listed until it is asked for, or told that it will not be.
      if (page.id) await browser.messages.abortList(page.id).catch(() => {});
    }
  }

  /** @returns {Promise<LearningRecord | null>} */
  async loadLearning() {
    const stored = await browser.storage.local.get(LEARNING_KEY);
    const record = stored[LEARNING_KEY];
    return record && typeof record.read === "object" ? record : null;
  }

  /** @param {LearningRecord} record */
  async saveLearning(record) {
    await browser.storage.local.set({ [LEARNING_KEY]: record });
  }
}

/**
 * @param {{date: any, recipients: string[], ccList: string[], bccList: string[], headerMessageId: string}} mail
 * @returns {SentHeader | null} null for a mail without a date: nobody knows when it was sent
 */
export function headerOf({ date, recipients, ccList, bccList, headerMessageId }) {
  const at = new Date(date);
  // Before 1971 stands what has no date.
  if (Number.isNaN(Number(at)) || at.getUTCFullYear() < 1971 || at.getUTCFullYear() > 9999) return null;
  const message_id = headerMessageId ? `<${headerMessageId}>` : "";
  return { date: at.toISOString().replace(/\.\d+Z$/, "Z"), to: recipients, cc: ccList, bcc: bccList, message_id };
}
