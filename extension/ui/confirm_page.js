// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The confirmation: shows what it is given and says what the person chose. It decides nothing. The elements are those of
// confirm.html, in a page of their own or in a shadow root over a mail program that is itself a page.

import { Countdown } from "./countdown.js";
import { byId } from "./dom.js";
import { KeyGuard } from "./key_guard.js";
import { plural, t, translate } from "./i18n.js";
import { pageModel, stillOpen } from "./view_model.js";
import { renderPage } from "./confirm_render.js";

/** @typedef {import("../core/types").ConfirmationModel} ConfirmationModel */
/** @typedef {import("./dom.js").PageRoot} PageRoot */

/** Often enough that no second of a countdown is seen to be longer than another. */
const TICK_MS = 200;

export class ConfirmPage {
  #root;
  #frame;
  #post;
  #close;
  #guard = new KeyGuard(performance.now());
  #countdown = new Countdown();
  /** @type {any} */
  #tick;
  /** @type {ConfirmationModel | null} */
  #model = null;
  /** @type {ReturnType<typeof pageModel> | null} */
  #page = null;
  /** The person has answered, and the other side is at work. */
  #answered = false;
  /** The other side is gone, or will close this. */
  #over = false;

  /**
   * @param {object} place
   * @param {PageRoot} place.root where the elements stand
   * @param {HTMLElement} place.frame the element around them: `body`, or what stands for it
   * @param {(message: object) => void} place.post says what the person chose
   * @param {() => void} place.close takes the page away
   */
  constructor({ root, frame, post, close }) {
    this.#root = root;
    this.#frame = frame;
    this.#post = post;
    this.#close = close;
    translate(root, frame);
    this.#heading().focus();
    this.#showLoading();
    // A click that a script made answers nothing.
    const byPerson = (/** @type {() => void} */ act) => (/** @type {Event} */ event) => event.isTrusted && act();
    this.#button("back").addEventListener("click", byPerson(() => this.#goBack()));
    this.#button("send").addEventListener("click", byPerson(() => this.#sendAsShown()));
    this.#button("tick-all").addEventListener("click", byPerson(() => this.#tickAll()));
    root.addEventListener("change", () => this.#refresh());
    root.addEventListener("input", () => this.#refresh());
    root.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("button[data-fix]");
      if (button && event.isTrusted) this.#applyFix(/** @type {HTMLButtonElement} */ (button));
      const right = /** @type {Element} */ (event.target).closest("button[data-silence]");
      if (right && event.isTrusted) this.#silence(/** @type {HTMLButtonElement} */ (right));
    });
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element} target where it strikes
   */
  onKey(event, target) {
    const inTextField = target.matches("textarea, input:not([type=checkbox])");
    if (this.#guard.ignores(event, performance.now(), inTextField)) {
      event.preventDefault();
      event.stopPropagation();
    } else if (event.type === "keydown" && event.key === "Escape" && !event.isComposing) {
      event.preventDefault();
      this.#goBack();
    }
  }

  /** @param {ConfirmationModel} next */
  show(next) {
    const keep = new Set([...this.#ticked()].map((id) => this.#tickKey(id)));
    // A window that fills in while the person reads and ticks leaves them where they are.
    const place = this.#model?.verdict && (this.#page?.pending ?? 0) > 0 ? this.#focused() : null;
    this.#model = next;
    this.#frame.dataset["state"] = next.state;
    if (!next.verdict) {
      this.#showLoading();
      return;
    }
    this.#page = pageModel(next.verdict);
    renderPage(next, this.#page, this.#root);
    // What was ticked and is still asked for the same person stays ticked.
    for (const box of this.#boxes()) box.checked = keep.has(this.#tickKey(box.dataset["acknowledge"] ?? ""));
    this.#button("send").hidden = next.state === "block";
    this.#button("tick-all").hidden = !this.#page.tickAll || next.state !== "ready";
    this.#countdown.show(next.verdict.digest, this.#page.countdownSeconds, performance.now());
    this.#setBusy(false);
    (this.#atPlace(place) ?? this.#heading()).focus();
    const { digest } = next.verdict;
    // The second frame begins when the first one is on the screen. A window that nobody sees paints none, and says nothing.
    requestAnimationFrame(() => requestAnimationFrame(() => !this.#over && this.#post({ type: "shown", digest })));
  }

  /** The other side has ended on its own: the question is no longer open, and the person is told. */
  lost() {
    if (this.#over) return;
    this.#over = true;
    this.#frame.dataset["state"] = "failure";
    this.#frame.dataset["failure"] = "window_failed";
    this.#heading().textContent = t("headingLost");
    byId("lead", this.#root).textContent = t("leadLost");
    byId("send-status", this.#root).textContent = "";
    this.#button("send").hidden = true;
    this.#button("tick-all").hidden = true;
    for (const section of this.#root.querySelectorAll("main > section")) /** @type {HTMLElement} */ (section).hidden = true;
    this.#heading().focus();
  }

  /** Answers nothing any more; the other side says so. */
  end() {
    this.#over = true;
    this.#close();
  }

  #goBack() {
    if (!this.#over) this.#post({ type: "back" });
    this.end();
  }

  #sendAsShown() {
    if (this.#answered || this.#over || this.#button("send").disabled) return;
    this.#setBusy(true);
    this.#post({
      type: "send",
      acknowledged: [...this.#ticked()],
      reason: this.#field("reason").value.trim(),
      typedCount: this.#page?.asks.count ? Number(this.#field("typed-count").value) : null,
      typedNames: this.#typedNames(),
    });
  }

  /** Only where the policy gives the button: nothing else here ticks more than one item. */
  #tickAll() {
    if (!this.#page?.tickAll || this.#answered || this.#over) return;
    for (const box of this.#boxes()) box.checked = true;
    this.#refresh();
  }

  /** @param {HTMLButtonElement} button */
  #applyFix(button) {
    if (this.#answered || this.#over) return;
    this.#setBusy(true);
    this.#post({ type: "fix", rule: button.dataset["rule"], fix: button.dataset["fix"] });
  }

  /** @param {HTMLButtonElement} button */
  #silence(button) {
    if (this.#answered || this.#over) return;
    this.#setBusy(true);
    this.#post({ type: "silence", condition: button.dataset["silence"], recipient: button.dataset["recipient"] });
  }

  #showLoading() {
    this.#heading().textContent = t("headingLoading");
    byId("lead", this.#root).textContent = t("leadLoading");
    this.#button("send").hidden = true;
    this.#button("tick-all").hidden = true;
  }

  /** @param {boolean} busy */
  #setBusy(busy) {
    this.#answered = busy;
    for (const control of this.#root.querySelectorAll("main button, main input, main textarea")) {
      /** @type {HTMLButtonElement} */ (control).disabled = busy;
    }
    this.#frame.setAttribute("aria-busy", String(busy));
    this.#refresh();
  }

  /** Says what is still missing, and opens Send when nothing is. */
  #refresh() {
    const line = byId("send-status", this.#root);
    if (!this.#page || !this.#model?.verdict || !["ready", "checking"].includes(this.#model.state)) {
      if (this.#model?.state === "block") line.textContent = t("statusBlocked");
      return;
    }
    const open = stillOpen({
      ticks: this.#boxes().map((box) => box.dataset["acknowledge"] ?? ""),
      ticked: this.#ticked(),
      asks: this.#page.asks,
      reason: this.#field("reason").value,
      typedCount: this.#field("typed-count").value,
      typedNames: this.#typedNames(),
    });
    const missing = [
      this.#page.pending > 0 && plural("statusFiles", this.#page.pending),
      open.ticks > 0 && plural("statusTicks", open.ticks),
      open.reason && t("statusReason"),
      open.count && t("statusCount"),
      open.names && t("statusNames"),
    ].filter((text) => typeof text === "string");
    const seconds = this.#waitForCountdown();
    this.#button("send").disabled = this.#answered || missing.length > 0 || seconds > 0;
    this.#button("tick-all").disabled = this.#answered || open.ticks === 0;
    const ready = seconds > 0 ? t("statusWaiting") : t("statusReady");
    const status = this.#answered ? t("statusWorking") : missing.length > 0 ? missing.join(t("listSeparator")) : ready;
    // Set only when it changes: a screen reader would say it again on every keystroke.
    if (line.textContent !== status) line.textContent = status;
  }

  /**
   * Shows on Send how long it still waits, and comes back when that changes.
   * @returns {number} seconds
   */
  #waitForCountdown() {
    const seconds = this.#countdown.secondsLeft(performance.now());
    const words = seconds > 0 ? t("sendButtonWaiting", seconds) : t("sendButton");
    const send = this.#button("send");
    if (send.textContent !== words) send.textContent = words;
    clearTimeout(this.#tick);
    if (seconds > 0 && !this.#over) this.#tick = setTimeout(() => this.#refresh(), TICK_MS);
    return seconds;
  }

  /** @returns {HTMLInputElement[]} */
  #boxes() {
    return [...this.#root.querySelectorAll("input[type=checkbox][data-acknowledge]")].map(
      (box) => /** @type {HTMLInputElement} */ (box),
    );
  }

  /** @returns {Set<string>} */
  #ticked() {
    return new Set(this.#boxes().flatMap((box) => (box.checked ? [box.dataset["acknowledge"] ?? ""] : [])));
  }

  /** @returns {string[]} */
  #typedNames() {
    if (!this.#page?.asks.names) return [];
    return [...this.#root.querySelectorAll("#typed-names input")].map((box) => /** @type {HTMLInputElement} */ (box).value);
  }

  /**
   * After a fix the numbers in "to[0]" may mean other people; the address does not.
   * @param {string} id
   */
  #tickKey(id) {
    const recipient = this.#model?.verdict?.recipients.find((one) => one.id === id);
    return recipient ? recipient.address : id;
  }

  /** @returns {string | null} a selector that finds what has the focus when the page has been filled anew */
  #focused() {
    const active = /** @type {HTMLElement | null} */ (/** @type {any} */ (this.#root).activeElement);
    if (active?.dataset?.["acknowledge"]) return `[data-acknowledge="${CSS.escape(active.dataset["acknowledge"])}"]`;
    return active?.id ? `#${CSS.escape(active.id)}` : null;
  }

  /**
   * @param {string | null} selector
   * @returns {HTMLElement | null}
   */
  #atPlace(selector) {
    return selector === null ? null : this.#root.querySelector(selector);
  }

  #heading() {
    return byId("heading", this.#root);
  }

  /** @param {string} id */
  #button(id) {
    return /** @type {HTMLButtonElement} */ (byId(id, this.#root));
  }

  /** @param {string} id @returns {HTMLInputElement | HTMLTextAreaElement} */
  #field(id) {
    return /** @type {HTMLInputElement} */ (byId(id, this.#root));
  }
}
