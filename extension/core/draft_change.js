// SPDX-License-Identifier: MPL-2.0
// @ts-check
// From what the host wants changed to what a client writes into the compose window, and back again.

import { Failure } from "./failure.js";
import { withInlineImageBytes } from "./draft.js";

/** @typedef {import("./types").DraftChange} DraftChange */
/** @typedef {import("./types").HeaderField} HeaderField */
/** @typedef {import("./types").NeutralDraft} NeutralDraft */
/** @typedef {import("./types").Patch} Patch */

/** Names of header fields are the same in any letter case (RFC 5322 section 1.2.2). @param {HeaderField} field */
const nameOf = ({ name }) => name.toLowerCase();

/**
 * What a patch makes of a draft; null when it changes nothing.
 * @param {Patch} patch
 * @param {NeutralDraft} draft
 * @returns {DraftChange | null}
 */
export function changeOf({ recipients, from, subject, body, headers, attachments }, draft) {
  // Asked of nobody who did not name the capability: a mail whose files were to be encrypted never leaves with them as they are.
  if (attachments !== undefined) throw new Failure("patch_failed", "The host changed the attachments, which this extension cannot do.");
  /** @type {DraftChange} */
  const change = {};
  if (recipients) change.recipients = recipients;
  if (from !== undefined) change.from = from;
  if (subject !== undefined) change.subject = subject;
  if (body) {
    const written = draft.isPlainText ? body.text : body.html;
    if (written === undefined) throw new Failure("patch_failed", "The host changed a form of the text that this mail does not have.");
    if (draft.isPlainText) change.text = written;
    else change.html = withInlineImageBytes(written, draft.html);
  }
  if (headers && headers.length > 0) {
    const set = new Set(headers.map(nameOf));
    change.headers = [...draft.headers.filter((field) => !set.has(nameOf(field))), ...headers];
  }
  return Object.keys(change).length > 0 ? change : null;
}

/**
 * The change that puts back what `change` replaced in `before`.
 * @param {DraftChange} change
 * @param {NeutralDraft} before
 * @returns {DraftChange}
 */
export function undoOf(change, before) {
  /** @type {DraftChange} */
  const undo = {};
  if (change.recipients) undo.recipients = recipientsOf(before);
  if (change.from !== undefined) undo.from = before.from;
  if (change.subject !== undefined) undo.subject = before.subject;
  if (change.text !== undefined) undo.text = before.text;
  if (change.html !== undefined) undo.html = before.html;
  if (change.headers) undo.headers = before.headers;
  return undo;
}

/**
 * The parts of a change that still stand in the window as they were made: what the person has written since is theirs.
 * @param {DraftChange} change
 * @param {NeutralDraft} after the mail right after the change
 * @param {NeutralDraft} now
 * @returns {DraftChange}
 */
export function untouchedPartOf(change, after, now) {
  /** @type {DraftChange} */
  const part = {};
  if (change.recipients && sameRecipients(now, after)) part.recipients = change.recipients;
  if (change.from !== undefined && now.from === after.from) part.from = change.from;
  if (change.subject !== undefined && now.subject === after.subject) part.subject = change.subject;
  if (change.text !== undefined && now.text === after.text) part.text = change.text;
  if (change.html !== undefined && now.html === after.html) part.html = change.html;
  if (change.headers && sameHeaders(now.headers, after.headers)) part.headers = change.headers;
  return part;
}

/**
 * Does the mail, put back, read as it did? The HTML itself may be written differently by the mail program; its text may not.
 * @param {DraftChange} undo
 * @param {NeutralDraft} before
 * @param {NeutralDraft} now
 */
export function isUndone(undo, before, now) {
  return (
    (!undo.recipients || sameRecipients(now, before)) &&
    (undo.from === undefined || now.from === before.from) &&
    (undo.subject === undefined || now.subject === before.subject) &&
    ((undo.text === undefined && undo.html === undefined) || now.text.trimEnd() === before.text.trimEnd()) &&
    (!undo.headers || sameHeaders(now.headers, before.headers))
  );
}

/**
 * The header fields that were set, read back. The host's digest covers the rest of the mail, not them.
 * @param {HeaderField[] | undefined} set
 * @param {NeutralDraft} now
 */
export function headersStand(set, now) {
  return (set ?? []).every((field) => {
    const found = now.headers.filter((other) => nameOf(other) === nameOf(field));
    return found.length === 1 && found[0]?.value.trim() === field.value;
  });
}

/** @param {NeutralDraft} draft */
export function recipientsOf({ to, cc, bcc }) {
  return { to, cc, bcc };
}

/**
 * @param {NeutralDraft} one
 * @param {NeutralDraft} other
 */
export function sameRecipients(one, other) {
  return JSON.stringify(recipientsOf(one)) === JSON.stringify(recipientsOf(other));
}

/**
 * @param {HeaderField[]} one
 * @param {HeaderField[]} other
 */
function sameHeaders(one, other) {
  const lines = (/** @type {HeaderField[]} */ fields) => fields.map((field) => `${nameOf(field)}: ${field.value.trim()}`).sort();
  return JSON.stringify(lines(one)) === JSON.stringify(lines(other));
}
