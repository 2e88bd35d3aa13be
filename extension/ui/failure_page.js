// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Says why a mail was not checked, and so not sent. The elements are those of failure.html, in a page of their own or in a
// shadow root over a mail program that is itself a page.

import { byId } from "./dom.js";
import { FAILURE_TEXTS } from "./failure_texts.js";
import { t, translate } from "./i18n.js";
import { KeyGuard } from "./key_guard.js";

/** @typedef {import("../core/types").FailureReport} FailureReport */

export class FailurePage {
  #root;
  #frame;
  #close;
  #guard = new KeyGuard(performance.now());
  #sending = false;

  /**
   * @param {object} place
   * @param {import("./dom.js").PageRoot} place.root where the elements stand
   * @param {HTMLElement} place.frame the element around them: `body`, or what stands for it
   * @param {() => Promise<boolean>} place.sendUnchecked resolves to whether the mail is on its way
   * @param {() => void} place.close takes the page away
   */
  constructor({ root, frame, sendUnchecked, close }) {
    this.#root = root;
    this.#frame = frame;
    this.#close = close;
    translate(root, frame);
    byId("heading", root).focus();
    byId("back", root).addEventListener("click", close);
    this.#confirmed().addEventListener("change", () => {
      this.#button().disabled = this.#sending || !this.#confirmed().checked;
    });
    this.#button().addEventListener("click", (event) => {
      // A click that a script made lets nothing out.
      if (event.isTrusted) this.#send(sendUnchecked);
    });
  }

  /** @param {FailureReport | null} report null when it is no longer known */
  show(report) {
    const kind = report?.kind ?? "internal";
    const texts = FAILURE_TEXTS[kind] ?? FAILURE_TEXTS.internal;
    byId("what-happened", this.#root).textContent = t(texts.what);
    byId("what-to-do", this.#root).textContent = t(texts.todo);
    if (report) {
      const lines = [report.code ? t("detailsCode", report.code) : "", report.message, report.remedy, `${kind} ${report.composeId}`];
      byId("details-text", this.#root).textContent = lines.filter(Boolean).join("\n");
      byId("details", this.#root).hidden = false;
      byId("unchecked", this.#root).hidden = !report.mayGoUnchecked;
    }
    this.#frame.dataset["failure"] = kind;
    this.#frame.dataset["state"] = "failure";
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (this.#guard.ignores(event, performance.now(), false)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.type === "keydown" && event.key === "Escape") {
      event.preventDefault();
      this.#close();
    }
  }

  /** @param {() => Promise<boolean>} sendUnchecked */
  async #send(sendUnchecked) {
    if (this.#sending || !this.#confirmed().checked) return;
    this.#sending = true;
    this.#button().disabled = true;
    byId("unchecked-status", this.#root).textContent = t("uncheckedSending");
    if (await sendUnchecked()) this.#close();
    else byId("unchecked-status", this.#root).textContent = t("uncheckedNotSent");
  }

  #confirmed() {
    return /** @type {HTMLInputElement} */ (byId("unchecked-confirm", this.#root));
  }

  #button() {
    return /** @type {HTMLButtonElement} */ (byId("send-unchecked", this.#root));
  }
}
