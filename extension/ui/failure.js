// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The page that says why a mail was not checked, and so not sent.

import { byId } from "./dom.js";
import { FAILURE_TEXTS } from "./failure_texts.js";
import { t, translate } from "./i18n.js";
import { KeyGuard } from "./key_guard.js";

const id = new URLSearchParams(location.search).get("failure") ?? "";
const guard = new KeyGuard(performance.now());
const confirmed = /** @type {HTMLInputElement} */ (byId("unchecked-confirm"));
const sendUnchecked = /** @type {HTMLButtonElement} */ (byId("send-unchecked"));
let sending = false;

translate(document);
byId("heading").focus();

byId("back").addEventListener("click", () => window.close());
confirmed.addEventListener("change", () => {
  sendUnchecked.disabled = sending || !confirmed.checked;
});
sendUnchecked.addEventListener("click", send);
for (const type of /** @type {const} */ (["keydown", "keyup"])) {
  document.addEventListener(type, onKey, { capture: true });
}

const report = /** @type {import("../core/types").FailureReport | null} */ (
  await browser.runtime.sendMessage({ type: "failure", id })
);
const kind = report?.kind ?? "internal";
const texts = FAILURE_TEXTS[kind] ?? FAILURE_TEXTS.internal;
byId("what-happened").textContent = t(texts.what);
byId("what-to-do").textContent = t(texts.todo);
if (report) {
  const lines = [report.code ? t("detailsCode", report.code) : "", report.message, report.remedy, `${kind} ${report.composeId}`];
  byId("details-text").textContent = lines.filter(Boolean).join("\n");
  byId("details").hidden = false;
  byId("unchecked").hidden = !report.mayGoUnchecked;
}
document.body.dataset["failure"] = kind;
document.body.dataset["state"] = "failure";

/** @param {KeyboardEvent} event */
function onKey(event) {
  if (guard.ignores(event, performance.now(), false)) {
    event.preventDefault();
    event.stopPropagation();
  } else if (event.type === "keydown" && event.key === "Escape") {
    window.close();
  }
}

async function send() {
  if (sending || !confirmed.checked) return;
  sending = true;
  sendUnchecked.disabled = true;
  byId("unchecked-status").textContent = t("uncheckedSending");
  const answer = /** @type {any} */ (await browser.runtime.sendMessage({ type: "send_unchecked", id }));
  if (answer?.sent) window.close();
  else byId("unchecked-status").textContent = t("uncheckedNotSent");
}
