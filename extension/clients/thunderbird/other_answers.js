// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Has somebody else answered the mail already? Looked for where such an answer would lie: in the folders of sent mail, those of
// shared accounts among them, in the inboxes, and beside the original.

import { ownKey } from "./compose_origin.js";
import { splitMailbox } from "../../core/mailbox.js";

/** @typedef {import("./compose_origin.js").Answered} Answered */

/** The newest of so many mails of the same subject are opened; more are a conversation that everybody knows. */
const MOST_OPENED = 12;

/**
 * @param {Answered} answered
 * @param {{email?: string, name?: string}[]} identities
 * @param {number} now milliseconds
 * @returns {Promise<{answered_by: string, minutes_ago: number} | undefined>} absent: nobody is known to have answered
 */
export async function otherAnswer(answered, identities, now) {
  const [sent, inboxes] = await Promise.all([
    browser.folders.query({ specialUse: ["sent"] }),
    browser.folders.query({ specialUse: ["inbox"] }),
  ]);
  const folderId = [...new Set([...sent.map(({ id }) => id), ...inboxes.map(({ id }) => id), answered.folderId])].filter(
    (id) => typeof id === "string" && id !== "",
  );
  /** @type {any} the published types know one folder only */
  const folders = folderId;
  const found = /** @type {browser.messages.MessageList} */ (await browser.messages.query({
    folderId: folders,
    fromDate: new Date(answered.date),
    subject: baseSubject(answered.subject),
    messagesPerPage: 100,
    autoPaginationTimeout: 0,
  }));
  const newest = found.messages
    .filter(({ headerMessageId, author }) => headerMessageId !== answered.messageId && !isOneself(author, identities))
    // Who wrote it and writes again answers nobody.
    .filter(({ author }) => ownKey(author) !== ownKey(answered.author))
    .sort((one, other) => Number(new Date(other.date)) - Number(new Date(one.date)))
    .slice(0, MOST_OPENED);
  for (const { id, author, date } of newest) {
    const headers = await browser.messages.getHeaders(id).catch(() => ({}));
    if (answers(headers, answered.messageId)) {
      return { answered_by: author, minutes_ago: Math.max(0, Math.floor((now - Number(new Date(date))) / 60_000)) };
    }
  }
  return undefined;
}

/** Thunderbird keeps subjects without "Re:"; what others wrote in front of it is taken away too. @param {string} subject */
export function baseSubject(subject) {
  return subject.replace(/^\s*((re|fwd?|aw|wg|sv|返信|转发|回复|答复)\s*(\[\d+\])?\s*[:：]\s*)+/i, "").trim();
}

/**
 * From one's own address, and not under another name: several people write from a shared one.
 * @param {string} author
 * @param {{email?: string, name?: string}[]} identities
 */
export function isOneself(author, identities) {
  const { name } = splitMailbox(author);
  return identities.some(
    (identity) =>
      ownKey(author) === ownKey(identity.email ?? "") && (!name || !identity.name || fold(name) === fold(identity.name)),
  );
}

/** @param {string} name */
function fold(name) {
  return name.normalize("NFKC").replace(/\s+/g, "").toLowerCase();
}

/**
 * @param {Record<string, string[]>} headers
 * @param {string} messageId
 */
export function answers(headers, messageId) {
  // References name the whole thread; only their last one is what was answered.
  const [said, references] = ["in-reply-to", "references"].map((field) => (headers[field] ?? []).join(" ").trim());
  return said ? said.includes(messageId) : (references ?? "").split(/\s+/).at(-1)?.includes(messageId) === true;
}
