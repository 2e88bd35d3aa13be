// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail's page, read by the selectors of selectors.json. It claims nothing it has not understood: whatever does not add up is a
// problem of that compose, and a compose with a problem sends nothing.

import { Failure } from "../../core/failure.js";
import { joinMailbox } from "../../core/mailbox.js";

/** @typedef {import("../../core/types").NeutralDraft} NeutralDraft */
/** @typedef {"to" | "cc" | "bcc"} Field */
/** @typedef {typeof import("./selectors.json")} Selectors */

/**
 * What a compose showed when it opened, before the person did anything.
 * @typedef {object} Opened
 * @property {string[]} recipients
 * @property {boolean} written a subject or a text was there
 * @property {boolean} answers it belongs to another mail
 * @property {boolean} saved it is a draft by its id
 * @property {boolean} byLink it was opened by a link, as "mailto:" is
 */

/** @type {readonly Field[]} */
export const FIELDS = Object.freeze(/** @type {Field[]} */ (["to", "cc", "bcc"]));

/** What stands between typed addresses, and what Gmail itself takes for that. */
const BETWEEN_ADDRESSES = /[,;、，；\n]+/;

/** The address of the account in "Inbox (3) - taro@example.co.jp - Gmail". */
const ADDRESS_IN_TITLE = / - (\S+@\S+) - /g;

/** "(24K)", "(1.2 MB)", in whatever language. */
const FILE_SIZE = /([\d.,]+)\s*([KMG])?/i;
const UNITS = /** @type {Record<string, number>} */ ({ "": 1, K: 1024, M: 1024 ** 2, G: 1024 ** 3 });

export class ComposeDom {
  /** @param {Selectors} selectors */
  constructor(selectors) {
    this.selectors = selectors;
  }

  /** @returns {HTMLElement[]} every compose the table knows, the innermost of nested ones */
  composes() {
    return all(document, this.selectors.compose).filter((compose) => !compose.querySelector(this.selectors.compose));
  }

  /** @param {Element} element @returns {HTMLElement | null} */
  composeOf(element) {
    return element.closest(this.selectors.compose);
  }

  /** @param {HTMLElement} compose @returns {HTMLElement} */
  sendButton(compose) {
    return only(compose, this.selectors.send, "Send button");
  }

  /** @param {HTMLElement} compose @returns {HTMLElement} */
  body(compose) {
    return only(compose, this.selectors.body, "text");
  }

  /** @param {HTMLElement} compose @returns {HTMLInputElement} */
  subject(compose) {
    return /** @type {HTMLInputElement} */ (only(compose, this.selectors.subject, "subject"));
  }

  /**
   * @param {HTMLElement} compose
   * @param {Field} field
   * @returns {HTMLElement | null} null when Gmail has not made that row yet
   */
  field(compose, field) {
    const found = all(compose, this.selectors.field[field]);
    if (found.length > 1 || (found.length === 0 && field === "to")) {
      throw unknown(`${found.length} fields for ${field}`);
    }
    return found[0] ?? null;
  }

  /** @param {HTMLElement} field */
  recipientInput(field) {
    return /** @type {HTMLInputElement} */ (only(field, this.selectors.recipientInput, "box for recipients"));
  }

  /** @param {HTMLElement} field @returns {HTMLElement[]} */
  chips(field) {
    return all(field, this.selectors.chip);
  }

  /** @param {Element} chip */
  chipAddress(chip) {
    return chip.getAttribute(this.selectors.chipAddress)?.trim() ?? "";
  }

  /** @param {HTMLElement | null} field @returns {string[]} chips first, then what is typed and not yet a chip */
  recipients(field) {
    if (!field) return [];
    const chips = this.chips(field).map((chip) => joinMailbox(chip.getAttribute(this.selectors.chipName) ?? "", this.chipAddress(chip)));
    return [...chips, ...typedRecipients(this.recipientInput(field).value)];
  }

  /**
   * What does not add up in a compose; empty when it is understood.
   * @param {HTMLElement} compose
   * @returns {string[]}
   */
  problems(compose) {
    const found = [];
    try {
      this.#checkControls(compose);
      this.#checkRecipients(compose);
      this.#checkFiles(compose);
      this.body(compose);
      this.subject(compose);
      if (!this.sender(compose)) found.push("no sender");
    } catch (error) {
      found.push(error instanceof Error ? error.message : String(error));
    }
    return found;
  }

  /** @param {HTMLElement} compose */
  #checkControls(compose) {
    const send = this.sendButton(compose);
    // A table that says so would let Send through.
    if (send.closest(this.selectors.harmless) || send.closest(this.selectors.editor)) throw unknown("Send among what cannot send");
    // Whatever looks like Send by its key must be the Send we guard, or be it in another place, which is not understood.
    for (const hinted of all(compose, this.selectors.sendHint)) {
      if (hinted !== send && !send.contains(hinted) && !hinted.closest(this.selectors.harmless)) throw unknown("a second Send button");
    }
    if (!send.matches(this.selectors.sendHint)) throw unknown("the Send button does not say its key");
  }

  /** @param {HTMLElement} compose */
  #checkRecipients(compose) {
    const { chip, chipAddress, recipientArea, recipientSummary, summaryAddress } = this.selectors;
    const fields = FIELDS.map((name) => this.field(compose, name)).filter((field) => field !== null);
    if (fields.some((one) => fields.some((other) => one !== other && one.contains(other)))) throw unknown("fields inside each other");
    const known = new Set();
    let counted = 0;
    for (const field of fields) {
      const input = this.recipientInput(field);
      for (const one of this.chips(field)) {
        if (!this.chipAddress(one).includes("@")) throw unknown("a recipient without an address");
        known.add(this.chipAddress(one).toLowerCase());
        counted += 1;
      }
      // Text in the field that belongs to no chip, or a person who is marked otherwise, is a recipient we would not see.
      if (textOutside(field, chip) !== "") throw unknown("something among the recipients that is none");
      if (all(field, "input, textarea, [contenteditable]").some((box) => box !== input)) throw unknown("a second box for recipients");
    }
    const area = all(compose, recipientArea);
    if (area.length !== 1) throw unknown(`${area.length} places for recipients`);
    const marked = all(compose, `[${chipAddress}], ${chip}, [email][role=option]`).filter((one) => !one.closest(recipientSummary));
    const people = marked.filter((one) => !one.closest(this.selectors.body) && !one.parentElement?.closest(chip));
    if (people.length !== counted) throw unknown(`${people.length} people where ${counted} recipients are`);
    for (const twin of all(compose, `${recipientSummary} ${summaryAddress}`)) {
      if (!known.has((twin.getAttribute("email") ?? "").trim().toLowerCase())) throw unknown("a recipient in the summary only");
    }
  }

  /** @param {HTMLElement} compose */
  #checkFiles(compose) {
    for (const file of all(compose, this.selectors.file)) {
      if (!file.querySelector(this.selectors.fileName)?.textContent?.trim()) throw unknown("a file without a name");
    }
    for (const area of all(compose, this.selectors.fileArea)) {
      if (textOutside(area, this.selectors.file) !== "") throw unknown("something among the files that is none");
    }
  }

  /** @param {HTMLElement} compose @returns {string} the address it is sent from, "" when that is not to be seen */
  sender(compose) {
    const chosen = /** @type {HTMLInputElement | null} */ (compose.querySelector(this.selectors.from))?.value.trim();
    return chosen || this.account();
  }

  /** The signed-in account's address. */
  account() {
    return [...` ${document.title} `.matchAll(ADDRESS_IN_TITLE)].at(-1)?.[1] ?? "";
  }

  /** Which of the accounts signed in at once: the N of /u/N. */
  accountNumber() {
    return /\/u\/(\d+)(?:\/|$)/.exec(location.pathname)?.[1] ?? "0";
  }

  /**
   * @param {HTMLElement} compose
   * @returns {NeutralDraft} as it stands in the page at this moment
   */
  read(compose) {
    const [problem] = this.problems(compose);
    if (problem) throw unknown(problem);
    const body = this.body(compose);
    const [to = [], cc = [], bcc = []] = FIELDS.map((name) => this.recipients(this.field(compose, name)));
    return {
      from: this.sender(compose),
      to,
      cc,
      bcc,
      replyTo: [],
      newsgroups: [],
      subject: this.subject(compose).value,
      isPlainText: false,
      html: body.getHTML(),
      text: body.innerText,
      attachments: this.#files(compose),
      headers: [],
    };
  }

  /** @param {HTMLElement} compose @returns {NeutralDraft["attachments"]} */
  #files(compose) {
    const { file, fileName, fileSize, fileUploading } = this.selectors;
    const files = all(compose, file).map((chip, index) => {
      if (chip.querySelector(fileUploading)) throw new Failure("parts_pending", "An attachment is still being uploaded.");
      const size = sizeOf(chip.querySelector(fileSize)?.textContent ?? "");
      return { id: String(index), name: chip.querySelector(fileName)?.textContent?.trim() ?? "", ...(size === undefined ? {} : { size }) };
    });
    return [...files, ...this.#driveFiles(compose)];
  }

  /**
   * Files that lie on Drive and go as links: the mail holds a link, and whoever gets it may read the file.
   * @param {HTMLElement} compose
   */
  #driveFiles(compose) {
    const { driveLink, driveChip, quoted } = this.selectors;
    /** @type {Map<string, string>} */
    const found = new Map();
    for (const link of all(this.body(compose), driveLink)) {
      const chip = link.closest(driveChip);
      // What stands in the text that is answered was there before.
      if (!chip && link.closest(quoted)) continue;
      const href = link.getAttribute("href") ?? "";
      const name = link.getAttribute("aria-label")?.trim() || link.textContent?.trim() || href;
      if (!found.has(href)) found.set(href, name);
    }
    return [...found.values()].map((name, index) => ({ id: `drive-${index}`, name, linked: true }));
  }

  /**
   * What a compose that has just opened shows, for origin().
   * @param {HTMLElement} compose
   * @returns {Opened}
   */
  opened(compose) {
    const { to, cc, bcc, subject } = this.read(compose);
    const body = /** @type {HTMLElement} */ (this.body(compose).cloneNode(true));
    for (const part of all(body, this.selectors.quoted)) part.remove();
    return {
      recipients: [...to, ...cc, ...bcc],
      written: subject.trim() !== "" || (body.textContent ?? "").trim() !== "",
      answers: all(compose, this.selectors.answers).some((input) => /** @type {HTMLInputElement} */ (input).value !== ""),
      ...placeIn(location),
    };
  }

  /**
   * How the mail began, and whom the mail that it answers was between.
   * @param {HTMLElement} compose
   * @param {Opened} opened
   * @returns {Pick<NeutralDraft, "kind" | "original">}
   */
  origin(compose, opened) {
    const { forward, thread, message, messageFrom, messageTo, popOut } = this.selectors;
    const initial = opened.recipients;
    const view = compose.parentElement?.closest(thread);
    const last = view && all(view, message).filter((one) => follows(compose, one)).at(-1);
    if (!view || !last) return document.querySelector(popOut) && initial.length > 0 ? {} : kindAlone(opened);
    const from = all(last, messageFrom).map(addressOf);
    const others = all(last, messageTo).map(addressOf);
    // Gmail tells To and Cc apart only in words. A message whose recipients are not shown is not known, which is not "nobody".
    const original = others.length > 0 ? { original: { from, reply_to: [], to: others, cc: [] } } : {};
    if (view.querySelector(forward)) return { kind: "forward", ...original };
    const mine = this.account().toLowerCase();
    const beyond = others.filter((address) => address !== mine && !from.includes(address));
    const kind = initial.some((text) => beyond.some((address) => text.toLowerCase().includes(address))) ? "reply_all" : "reply";
    return { kind, ...original };
  }
}

/**
 * Where Gmail says that a mail was opened: "#drafts?compose=…" is a draft by its id, "?view=cm" the address of a link.
 * @param {{search: string, hash: string}} address
 * @returns {Pick<Opened, "saved" | "byLink">}
 */
export function placeIn({ search, hash }) {
  const ids = new URLSearchParams(hash.split("?")[1] ?? "").get("compose")?.split(",") ?? [];
  return { saved: ids.length > 0 && ids.at(-1) !== "new", byLink: new URLSearchParams(search).get("view") === "cm" };
}

/**
 * The kind of a mail that stands beside no other, as Thunderbird has it: a new one that came with people and with text was made
 * out of another, whatever that was.
 * @param {Opened} opened
 * @returns {Pick<NeutralDraft, "kind">}
 */
export function kindAlone({ recipients, written, answers, saved, byLink }) {
  if (recipients.length === 0) return { kind: "new" };
  // An answer that was moved into a window of its own, away from the mail it answers: of what kind it is cannot be seen there.
  if (answers) return {};
  if (byLink) return { kind: "new" };
  if (saved) return { kind: "draft" };
  return { kind: written ? "template" : "new" };
}

/** @param {Element} element */
function addressOf(element) {
  return (element.getAttribute("email") ?? "").trim().toLowerCase();
}

/** @param {Node} later @param {Node} earlier */
function follows(later, earlier) {
  return (earlier.compareDocumentPosition(later) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0;
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
export function all(root, selector) {
  return [.../** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector))];
}

/**
 * @param {ParentNode} root
 * @param {string} selector
 * @param {string} what
 * @returns {HTMLElement}
 */
function only(root, selector, what) {
  const found = all(root, selector);
  if (found.length !== 1 || !found[0]) throw unknown(`${found.length} elements for: ${what}`);
  return found[0];
}

/** @param {string} what */
export function unknown(what) {
  return new Failure("page_unknown", `Gmail's page is not as this version knows it: ${what}.`);
}

/**
 * The text below `root` that stands in no element of `selector`.
 * @param {Element} root
 * @param {string} selector
 */
function textOutside(root, selector) {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = "";
  while (walker.nextNode()) {
    if (!walker.currentNode.parentElement?.closest(selector)) text += walker.currentNode.textContent;
  }
  return text.trim();
}

/** @param {string} text what stands in the box @returns {string[]} */
export function typedRecipients(text) {
  // A comma inside a quoted name does not end an address.
  const parts = text.match(/(?:"(?:[^"\\]|\\.)*"|[^,;、，；\n])+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== "" && !BETWEEN_ADDRESSES.test(part.replace(/"(?:[^"\\]|\\.)*"/g, "")));
}

/** @param {string} text @returns {number | undefined} bytes; Gmail rounds them */
export function sizeOf(text) {
  const found = FILE_SIZE.exec(text);
  if (!found?.[1]) return undefined;
  const unit = (found[2] ?? "").toUpperCase();
  const grouped = /^\d{1,3}([.,]\d{3})+$/.test(found[1]);
  const number = Number(grouped ? found[1].replace(/[.,]/g, "") : found[1].replace(",", "."));
  return Number.isFinite(number) ? Math.round(number * (UNITS[unit] ?? 1)) : undefined;
}
