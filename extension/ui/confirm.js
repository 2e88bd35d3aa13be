// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The confirmation page: shows what the background sends and says what the person chose. It decides nothing.

import { byId } from "./dom.js";
import { KeyGuard } from "./key_guard.js";
import { plural, t, translate } from "./i18n.js";
import { pageModel, stillOpen } from "./view_model.js";
import { renderPage } from "./confirm_render.js";

/** @typedef {import("../core/types").ConfirmationModel} ConfirmationModel */

const decision = new URLSearchParams(location.search).get("decision") ?? "";
const guard = new KeyGuard(performance.now());
const back = /** @type {HTMLButtonElement} */ (byId("back"));
const send = /** @type {HTMLButtonElement} */ (byId("send"));
const reason = /** @type {HTMLTextAreaElement} */ (byId("reason"));
const typedCount = /** @type {HTMLInputElement} */ (byId("typed-count"));

/** @type {ConfirmationModel | null} */
let model = null;
/** @type {ReturnType<typeof pageModel> | null} */
let page = null;
/** The person has answered, and the background is at work. */
let answered = false;
/** The background is gone, or will close this window. */
let over = false;

translate(document);
heading().focus();
showLoading();

const port = browser.runtime.connect({ name: decision });
port.onMessage.addListener((message) => {
  const { type, model: next } = /** @type {any} */ (message);
  if (type === "close") {
    over = true;
    window.close();
  } else if (type === "show") {
    show(next);
  }
});
port.onDisconnect.addListener(() => {
  if (!over) showLost();
});

back.addEventListener("click", goBack);
send.addEventListener("click", sendAsShown);
document.addEventListener("change", refresh);
document.addEventListener("input", refresh);
document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("button[data-fix]");
  if (button) applyFix(/** @type {HTMLButtonElement} */ (button));
});
for (const type of /** @type {const} */ (["keydown", "keyup"])) {
  document.addEventListener(type, onKey, { capture: true });
}

/** @param {KeyboardEvent} event */
function onKey(event) {
  const inTextField = /** @type {Element} */ (event.target).matches("textarea, input:not([type=checkbox])");
  if (guard.ignores(event, performance.now(), inTextField)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.type === "keydown" && event.key === "Escape" && !event.isComposing) {
    event.preventDefault();
    goBack();
  }
}

function goBack() {
  if (!over) post({ type: "back" });
  over = true;
  window.close();
}

function sendAsShown() {
  if (answered || over || send.disabled) return;
  setBusy(true);
  post({
    type: "send",
    acknowledged: [...ticked()],
    reason: reason.value.trim(),
    typedCount: page?.asks.count ? Number(typedCount.value) : null,
    typedNames: typedNames(),
  });
}

/** @param {HTMLButtonElement} button */
function applyFix(button) {
  if (answered || over) return;
  setBusy(true);
  post({ type: "fix", rule: button.dataset["rule"], fix: button.dataset["fix"] });
}

/** @param {object} message */
function post(message) {
  port.postMessage(message);
}

/** @param {ConfirmationModel} next */
function show(next) {
  const keep = new Set([...ticked()].map(tickKey));
  model = next;
  document.body.dataset["state"] = next.state;
  if (!next.verdict) {
    showLoading();
    return;
  }
  page = pageModel(next.verdict);
  renderPage(next, page);
  // What was ticked and is still asked for the same person stays ticked.
  for (const box of boxes()) box.checked = keep.has(tickKey(box.dataset["acknowledge"] ?? ""));
  send.hidden = next.state === "block";
  setBusy(false);
  heading().focus();
}

function showLoading() {
  heading().textContent = t("headingLoading");
  byId("lead").textContent = t("leadLoading");
  send.hidden = true;
}

function showLost() {
  over = true;
  document.body.dataset["state"] = "failure";
  document.body.dataset["failure"] = "window_failed";
  heading().textContent = t("headingLost");
  byId("lead").textContent = t("leadLost");
  byId("send-status").textContent = "";
  send.hidden = true;
  for (const section of document.querySelectorAll("main > section")) /** @type {HTMLElement} */ (section).hidden = true;
  heading().focus();
}

/** @param {boolean} busy */
function setBusy(busy) {
  answered = busy;
  for (const control of document.querySelectorAll("main button, main input, main textarea")) {
    /** @type {HTMLButtonElement} */ (control).disabled = busy;
  }
  document.body.setAttribute("aria-busy", String(busy));
  refresh();
}

/** Says what is still missing, and opens Send when nothing is. */
function refresh() {
  if (!page || !model?.verdict || model.state !== "ready") {
    if (model?.state === "block") byId("send-status").textContent = t("statusBlocked");
    return;
  }
  const open = stillOpen({
    ticks: boxes().map((box) => box.dataset["acknowledge"] ?? ""),
    ticked: ticked(),
    asks: page.asks,
    reason: reason.value,
    typedCount: typedCount.value,
    typedNames: typedNames(),
  });
  const missing = [
    open.ticks > 0 && plural("statusTicks", open.ticks),
    open.reason && t("statusReason"),
    open.count && t("statusCount"),
    open.names && t("statusNames"),
  ].filter((text) => typeof text === "string");
  send.disabled = answered || missing.length > 0;
  const status = answered ? t("statusWorking") : missing.length > 0 ? missing.join(t("listSeparator")) : t("statusReady");
  // Set only when it changes: a screen reader would say it again on every keystroke.
  const line = byId("send-status");
  if (line.textContent !== status) line.textContent = status;
}

/** @returns {HTMLInputElement[]} */
function boxes() {
  return [...document.querySelectorAll("input[type=checkbox][data-acknowledge]")].map(
    (box) => /** @type {HTMLInputElement} */ (box),
  );
}

/** @returns {Set<string>} */
function ticked() {
  return new Set(boxes().flatMap((box) => (box.checked ? [box.dataset["acknowledge"] ?? ""] : [])));
}

/** @returns {string[]} */
function typedNames() {
  if (!page?.asks.names) return [];
  return [...document.querySelectorAll("#typed-names input")].map((box) => /** @type {HTMLInputElement} */ (box).value);
}

/**
 * After a fix the numbers in "to[0]" may mean other people; the address does not.
 * @param {string} id
 */
function tickKey(id) {
  const recipient = model?.verdict?.recipients.find((one) => one.id === id);
  return recipient ? recipient.address : id;
}

function heading() {
  return byId("heading");
}
