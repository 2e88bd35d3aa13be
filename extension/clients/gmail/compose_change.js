// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Writes into a compose what the host asked for, the way a person would, and waits until Gmail shows it: on a fresh compose
// Gmail sets the recipients once more after a moment.

import { Failure } from "../../core/failure.js";
import { splitMailbox } from "../../core/mailbox.js";
import { FIELDS } from "./compose_dom.js";
import { pressLikeAPerson } from "./press.js";

/** @typedef {import("./compose_dom.js").ComposeDom} ComposeDom */
/** @typedef {import("./compose_dom.js").Field} Field */
/** @typedef {import("../../core/types").DraftChange} DraftChange */

const LOOK_EVERY_MS = 40;
/** A field counts as changed when it has read so for this long. */
const STEADY_MS = 200;
const CHANGED_WITHIN_MS = 4_000;

/**
 * @param {ComposeDom} dom
 * @param {HTMLElement} compose
 * @param {DraftChange} change
 */
export async function changeCompose(dom, compose, { recipients, subject, html }) {
  if (recipients) {
    for (const field of FIELDS) await setField(dom, compose, field, recipients[field]);
    await until("the recipients", () => FIELDS.every((field) => same(addressesIn(dom, compose, field), recipients[field].map(addressOf))), STEADY_MS);
  }
  if (subject !== undefined) {
    const box = dom.subject(compose);
    box.value = subject;
    tell(box);
    await until("the subject", () => dom.subject(compose).value === subject, STEADY_MS);
  }
  if (html !== undefined) setBody(dom.body(compose), html);
}

/**
 * @param {ComposeDom} dom
 * @param {HTMLElement} compose
 * @param {Field} name
 * @param {string[]} wanted
 */
async function setField(dom, compose, name, wanted) {
  const addresses = wanted.map(addressOf);
  if (same(addressesIn(dom, compose, name), addresses)) return;
  if (!dom.field(compose, name) && name !== "to") {
    compose.querySelector(dom.selectors.openField[name])?.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
    await until(`the field ${name}`, () => dom.field(compose, name) !== null);
  }
  const field = () => /** @type {HTMLElement} */ (dom.field(compose, name));
  const box = dom.recipientInput(field());
  if (box.value !== "") {
    box.value = "";
    tell(box);
  }
  // One at a time, and looked for anew each time: Gmail may make all of them again.
  for (;;) {
    const chip = dom.chips(field()).find((one) => !addresses.includes(addressOf(dom.chipAddress(one))));
    if (!chip) break;
    const gone = addressOf(dom.chipAddress(chip));
    const remove = /** @type {HTMLElement | null} */ (chip.querySelector(dom.selectors.chipRemove));
    if (!remove) throw new Failure("patch_failed", "A recipient cannot be taken out.");
    const before = addressesIn(dom, compose, name).filter((address) => address === gone).length;
    pressLikeAPerson(remove);
    await until(`${name} without a recipient`, () => addressesIn(dom, compose, name).filter((address) => address === gone).length < before);
  }
  const there = addressesIn(dom, compose, name);
  const missing = wanted.filter((text) => !there.includes(addressOf(text)));
  if (missing.length === 0) return;
  const input = dom.recipientInput(field());
  input.focus();
  const clipboardData = new DataTransfer();
  clipboardData.setData("text/plain", missing.join(", "));
  input.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
  await until(`${name} with ${missing.length} more`, () => missing.every((text) => addressesIn(dom, compose, name).includes(addressOf(text))));
}

/**
 * Text that was only added goes in beside what is there, so that links, chips and the cursor of the rest stay what they are.
 * @param {HTMLElement} body
 * @param {string} html
 */
function setBody(body, html) {
  const now = body.getHTML();
  if (html === now) return;
  if (now !== "" && html.startsWith(now)) body.append(...nodesOf(html.slice(now.length)));
  else if (now !== "" && html.endsWith(now)) body.prepend(...nodesOf(html.slice(0, -now.length)));
  else body.replaceChildren(...nodesOf(html));
  tell(body);
}

/** Parsed in a document that runs nothing; the text is the mail's own, and the host's. @param {string} html */
function nodesOf(html) {
  const parsed = new DOMParser().parseFromString(html, "text/html");
  return [...parsed.body.childNodes].map((node) => document.importNode(node, true));
}

/** @param {Element} element */
function tell(element) {
  element.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  element.dispatchEvent(new Event("change", { bubbles: true }));
}

/**
 * @param {ComposeDom} dom
 * @param {HTMLElement} compose
 * @param {Field} name
 */
function addressesIn(dom, compose, name) {
  return dom.recipients(dom.field(compose, name)).map(addressOf);
}

/** @param {string} text */
function addressOf(text) {
  return splitMailbox(text).address.toLowerCase();
}

/** @param {string[]} one @param {string[]} other */
function same(one, other) {
  return JSON.stringify([...one].sort()) === JSON.stringify([...other].sort());
}

/**
 * @param {string} what
 * @param {() => boolean} holds
 * @param {number} [steady] how long it must have been so
 */
async function until(what, holds, steady = 0) {
  const began = performance.now();
  let since = Infinity;
  for (;;) {
    const now = performance.now();
    since = holds() ? Math.min(since, now) : Infinity;
    if (now - since >= steady) return;
    if (now - began > CHANGED_WITHIN_MS) throw new Failure("patch_failed", `Gmail did not show ${what} as it was changed.`);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}
