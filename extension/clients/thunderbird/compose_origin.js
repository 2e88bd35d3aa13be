// SPDX-License-Identifier: MPL-2.0
// @ts-check
// How a compose window came to be: whom it was addressed to when it opened, and which mail it answers. Read once, when the
// window opens, because Thunderbird forgets the first and the person may delete the second. What was not seen stays absent:
// absent is not empty.

import { splitMailbox } from "../../core/mailbox.js";

/** @typedef {import("../../core/types").ComposeKind} ComposeKind */
/** @typedef {import("../../core/types").OriginalMail} OriginalMail */

/**
 * What is remembered of one compose window.
 * @typedef {object} Origin
 * @property {ComposeKind} [kind]
 * @property {string[]} [initialRecipients]
 * @property {OriginalMail} [original] of an answer or a forwarded mail
 * @property {Answered} [answered] where to look for other answers to the same mail
 */

/** @typedef {{messageId: string, author: string, subject: string, date: number, folderId: string, threadId?: string}} Answered */
/** @typedef {{author: string, recipients: string[], ccList: string[]}} MailHeader */

/** A list server, a newsletter or a program sent the mail to many: nobody is hidden in it. RFC 2369, RFC 2919, RFC 3834. */
const SENT_TO_MANY = ["list-id", "list-post", "list-unsubscribe", "mailing-list", "x-mailing-list", "x-ml-name"];

/** The address to which a server delivered, before it turned an alias into a mailbox. */
const DELIVERED_TO = ["x-original-to", "envelope-to", "x-envelope-to", "delivered-to", "x-delivered-to", "x-forwarded-to"];

/**
 * Letter case, and what stands behind a plus sign, do not make another mailbox of one's own.
 * @param {string} mailbox
 */
export function ownKey(mailbox) {
  return splitMailbox(mailbox).address.toLowerCase().replace(/\+[^@]*@/, "@");
}

/**
 * Was the mail sent to this person without saying so? Only where nothing speaks against it.
 * @param {MailHeader} header
 * @param {Record<string, string[]>} headers all header fields, names in lower case
 * @param {string[]} own the person's addresses
 */
export function wasHidden({ author, recipients, ccList }, headers, own) {
  const mine = new Set(own.map(ownKey));
  if (mine.size === 0) return false;
  const named = [...recipients, ...ccList].map(ownKey);
  if ([ownKey(author), ...named].some((key) => mine.has(key))) return false;
  if (SENT_TO_MANY.some((field) => headers[field] !== undefined)) return false;
  if ((headers["precedence"] ?? []).some((value) => /^\s*(bulk|list|junk)/i.test(value))) return false;
  return !DELIVERED_TO.some((field) => (headers[field] ?? []).some((value) => named.includes(ownKey(value))));
}

/**
 * @param {MailHeader} header
 * @param {Record<string, string[]> | null} headers null: they could not be read
 * @param {string[]} own
 * @returns {OriginalMail}
 */
export function originalOf(header, headers, own) {
  return {
    from: header.author ? [header.author] : [],
    reply_to: headers?.["reply-to"] ?? [],
    to: header.recipients,
    cc: header.ccList,
    ...(headers ? { hidden: wasHidden(header, headers, own) } : {}),
  };
}

/**
 * Thunderbird says draft, new, redirect, reply or forward. An answer to all is one that was addressed, at the beginning, to
 * somebody else of the original besides its author. A new mail that was made out of another one is a template: of the folder
 * of templates, or an older mail that was edited as new.
 * @param {string | undefined} type
 * @param {string[]} initial To and Cc at the beginning
 * @param {OriginalMail | undefined} original
 * @param {boolean} madeFromAnother
 * @param {string[]} own
 * @returns {ComposeKind | undefined}
 */
export function kindOf(type, initial, original, madeFromAnother, own) {
  if (type === "new" && madeFromAnother) return "template";
  if (type !== "reply" || !original) return /** @type {ComposeKind | undefined} */ (type);
  const keys = (/** @type {string[]} */ list) => new Set(list.map(ownKey));
  const mine = keys(own);
  const authors = keys([...original.from, ...original.reply_to]);
  const addressed = keys(initial);
  const authorIsAddressed = [...authors].some((key) => addressed.has(key) || mine.has(key));
  const others = [...keys([...original.to, ...original.cc])].filter((key) => !mine.has(key) && !authors.has(key));
  // Who answers their own mail addresses its To all the same; only with the Cc it is an answer to all.
  const ownMail = [...authors].some((key) => mine.has(key));
  const wider = ownMail ? others.filter((key) => keys(original.cc).has(key)) : others;
  return authorIsAddressed && wider.some((key) => addressed.has(key)) ? "reply_all" : "reply";
}

/**
 * @param {number} tabId
 * @param {boolean} fromTheStart false: the window stood open before anybody looked, and its recipients may be anybody's
 * @returns {Promise<Origin>}
 */
export async function readOrigin(tabId, fromTheStart) {
  const [details, identities] = await Promise.all([browser.compose.getComposeDetails(tabId), browser.identities.list()]);
  const own = identities.map(({ email }) => email ?? "").filter(Boolean);
  const [to, cc, bcc] = [details.to, details.cc, details.bcc].map(texts);
  const related = details.relatedMessageId === undefined ? null : await relatedMail(details.relatedMessageId);
  const answers = details.type === "reply" || details.type === "forward" || details.type === "redirect";
  const original = related && answers ? originalOf(related.header, related.headers, own) : undefined;
  const madeFromAnother = details.relatedMessageId !== undefined && !answers;
  const initial = fromTheStart ? [...(to ?? []), ...(cc ?? [])] : [];
  const kind = kindOf(details.type, initial, original, madeFromAnother, own);
  return {
    ...(kind ? { kind } : {}),
    ...(fromTheStart ? { initialRecipients: [...initial, ...(bcc ?? [])] } : {}),
    ...(original ? { original } : {}),
    ...(related && details.type === "reply" ? { answered: related.answered } : {}),
  };
}

/**
 * @param {number} id
 * @returns {Promise<{header: MailHeader, headers: Record<string, string[]> | null, answered: Answered} | null>}
 */
async function relatedMail(id) {
  try {
    const header = await browser.messages.get(id);
    /** @type {Record<string, string[]> | null} */
    const headers = await browser.messages.getHeaders(id).catch(() => null);
    return {
      header: { author: header.author, recipients: header.recipients, ccList: header.ccList },
      headers,
      answered: {
        messageId: header.headerMessageId,
        author: header.author,
        subject: header.subject,
        date: Number(new Date(header.date)),
        folderId: header.folder?.id ?? "",
        threadId: threadOf(headers, header.headerMessageId),
      },
    };
  } catch {
    // It was moved or deleted: who it came from is not known.
    return null;
  }
}

/**
 * The Message-ID of the mail with which the conversation began: the first of References (RFC 5322 section 3.6.4), else of
 * In-Reply-To; a mail that answers none is the first itself.
 * @param {Record<string, string[]> | null} headers
 * @param {string} messageId without its brackets
 * @returns {string} "" where it is not known
 */
export function threadOf(headers, messageId) {
  const first = ["references", "in-reply-to"].flatMap((field) => (headers?.[field] ?? []).join(" ").match(/<[^<>\s]+>/) ?? [])[0];
  return first ?? (headers && messageId ? `<${messageId}>` : "");
}

/**
 * @param {any} field
 * @returns {string[]}
 */
function texts(field) {
  return [field ?? []].flat().filter((/** @type {unknown} */ one) => typeof one === "string");
}
