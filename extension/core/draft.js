// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The wire draft (draft JSON) out of what a client read from a compose window.

import { Failure } from "./failure.js";

/** @typedef {import("./types").NeutralDraft} NeutralDraft */
/** @typedef {import("./types").WireDraft} WireDraft */

/**
 * Bytes of an inline image. They hold no text and no link, and they alone can make a frame too large.
 * The character class is that of base64, so nothing a person could read is ever taken out.
 */
const INLINE_IMAGE_BYTES = /(data:image\/[a-z0-9.+-]{1,40};base64,)[A-Za-z0-9+/=]{256,}/gi;

/** Any inline image, with or without its bytes. */
const INLINE_IMAGE = /(data:image\/[a-z0-9.+-]{1,40};base64,)([A-Za-z0-9+/=]*)/gi;

/** A file that is not in the mail and goes as a link (RFC 2017): it takes no room there. */
export const LINKED_TYPE = "message/external-body";

/**
 * @param {string} html
 * @returns {string}
 */
export function withoutInlineImageBytes(html) {
  return html.includes("data:image/") ? html.replace(INLINE_IMAGE_BYTES, "$1") : html;
}

/**
 * Puts the bytes of the inline images back into HTML that the host has changed. The host adds text and takes nothing away, so the
 * images stand in their former order.
 * @param {string} html
 * @param {string} original the HTML before withoutInlineImageBytes
 * @returns {string}
 */
export function withInlineImageBytes(html, original) {
  const images = [...original.matchAll(INLINE_IMAGE)];
  let next = 0;
  const whole = html.replace(INLINE_IMAGE, (found, head, bytes) => {
    const [former = "", formerHead = "", formerBytes = ""] = images[next++] ?? [];
    if (found === former) return found;
    if (head !== formerHead || bytes !== "") throw new Failure("patch_failed", "The images of the mail are not where they were.");
    return head + formerBytes;
  });
  if (next !== images.length) throw new Failure("patch_failed", "The images of the mail are not where they were.");
  return whole;
}

/**
 * @param {NeutralDraft} draft
 * @param {import("./types").ListNames} [listNames]
 * @returns {WireDraft}
 */
export function wireDraft(draft, listNames = {}) {
  const named = (/** @type {string[]} */ field) =>
    field.map((text) => (Object.hasOwn(listNames, text) ? String(listNames[text]) : text));
  return {
    from: draft.from,
    to: named(draft.to),
    cc: named(draft.cc),
    bcc: named(draft.bcc),
    reply_to: draft.replyTo,
    subject: draft.subject,
    // The text that an HTML mail shows is for the host to read out of the HTML, in one place for every client.
    body: draft.isPlainText ? { text: draft.text } : { html: withoutInlineImageBytes(draft.html) },
    attachments: draft.attachments.map(({ id, name, type, size, sha256, arriving, linked }) => ({
      id,
      name,
      ...(linked ? { type: LINKED_TYPE, size: 0 } : {}),
      ...(type ? { type } : {}),
      ...(size === undefined ? {} : { size }),
      ...(sha256 ? { sha256 } : {}),
      ...(arriving ? { arriving } : {}),
    })),
    headers: draft.headers.map(({ name, value }) => [name, value]),
    compose: {
      ...(draft.kind ? { kind: draft.kind } : {}),
      ...(draft.initialRecipients ? { initial_recipients: draft.initialRecipients } : {}),
      ...(draft.original ? { original: draft.original } : {}),
      ...(draft.pasted ? { pasted: draft.pasted } : {}),
    },
  };
}
