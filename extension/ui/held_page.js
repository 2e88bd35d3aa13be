// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The list of held mails, each with its time and its buttons. Rows stay where they are while the time runs, so that neither the
// mouse nor the keyboard loses its place.

import { byId, element } from "./dom.js";
import { language, plural, t, translate } from "./i18n.js";

/** @typedef {import("../core/types").Hold} Hold */

/** A sent mail says so for a moment before its window goes. */
const GOODBYE_MS = 1_200;

/** A screen reader hears the seconds at these only. */
const SPOKEN_SECONDS = [60, 30, 10];

/** @type {Record<string, string>} */
const REASONS = {
  overdue: "heldWhyOverdue",
  interrupted: "heldWhyInterrupted",
  refused: "heldWhyRefused",
  not_found: "heldWhyNotFound",
  blocked: "heldWhyBlocked",
  changed: "heldWhyChanged",
};

export class HeldPage {
  #root;
  #frame;
  #countdown;
  #inWindow;
  #post;
  #close;
  #reasons;
  /** @type {Map<string, {hold: Hold, endsAt: number, row: HTMLElement}>} */
  #rows = new Map();
  #ended = false;
  #seen = false;
  /** @type {number | null} */
  #spoken = null;

  /**
   * @param {object} place
   * @param {import("./dom.js").PageRoot} place.root
   * @param {HTMLElement} place.frame
   * @param {string | null} place.countdown the one mail that is counted down
   * @param {boolean} place.inWindow
   * @param {(message: object) => void} place.post
   * @param {() => void} place.close
   * @param {boolean} [place.takesFocus] not where the page comes up beside what the person is doing
   * @param {Record<string, string>} [place.reasons] texts of a client whose drafts lie elsewhere
   */
  constructor({ root, frame, countdown, inWindow, post, close, takesFocus = true, reasons = {} }) {
    this.#root = root;
    this.#frame = frame;
    this.#countdown = countdown;
    this.#inWindow = inWindow;
    this.#post = post;
    this.#close = close;
    this.#reasons = { ...REASONS, ...reasons };
    translate(root, root === document ? undefined : frame);
    frame.classList.toggle("countdown", countdown !== null);
    frame.classList.toggle("window", inWindow);
    byId("held-list", root).addEventListener("click", (event) => {
      const button = /** @type {HTMLButtonElement | null} */ (/** @type {Element} */ (event.target).closest("button[data-do]"));
      if (button) this.#press(button);
    });
    if (takesFocus) byId("heading", root).focus();
  }

  /** @param {any} message */
  receive(message) {
    if (message?.type === "held") this.#show(message.holds);
    else if (message?.type === "failed") {
      this.#say(t(message.forbidden ? "heldMayNot" : "heldFailed"));
      for (const { row, hold } of this.#rows.values()) enable(row, hold);
    }
  }

  /** The background has ended. */
  lost() {
    if (!this.#ended) this.#say(t("heldFailed"));
  }

  /** @param {KeyboardEvent} event */
  onKey(event) {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    if (this.#countdown !== null) {
      const button = /** @type {HTMLButtonElement | null} */ (this.#root.querySelector('button[data-do="take_back"]'));
      if (button && !button.disabled) this.#press(button);
    } else this.#close();
  }

  tick() {
    for (const { hold, endsAt, row } of this.#rows.values()) {
      if (hold.state !== "waiting") continue;
      const seconds = Math.max(0, Math.ceil((endsAt - performance.now()) / 1000));
      const time = /** @type {HTMLElement} */ (row.querySelector(".time"));
      const text = seconds === 0 ? t("heldLeaving") : timeLeft(seconds);
      if (time.textContent !== text) time.textContent = text;
      if (this.#countdown !== null && seconds !== this.#spoken && SPOKEN_SECONDS.includes(seconds)) {
        this.#spoken = seconds;
        this.#say(timeLeft(seconds));
      }
    }
  }

  /** @param {Hold[]} all */
  #show(all) {
    const chosen = this.#countdown === null ? all : all.filter(({ hold_id }) => hold_id === this.#countdown);
    // What has to be answered stands on top.
    const holds = [...chosen.filter(({ state }) => state === "asked"), ...chosen.filter(({ state }) => state !== "asked")];
    const list = byId("held-list", this.#root);
    const focused = /** @type {HTMLElement | null} */ (this.#root.activeElement);
    const now = performance.now();
    /** @type {Map<string, {hold: Hold, endsAt: number, row: HTMLElement}>} */
    const rows = new Map();
    for (const hold of holds) {
      const known = this.#rows.get(hold.hold_id);
      const same = known && known.hold.state === hold.state && known.hold.why === hold.why;
      rows.set(hold.hold_id, { hold, endsAt: now + hold.remaining_ms, row: same ? known.row : heldRow(hold, this.#reasons) });
    }
    this.#rows = rows;
    const lost = focused !== null && list.contains(focused);
    const wanted = [...rows.values()].map(({ row }) => row);
    for (const row of [...list.children]) if (!wanted.includes(/** @type {HTMLElement} */ (row))) row.remove();
    wanted.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
    if (lost && !list.contains(this.#root.activeElement)) byId("heading", this.#root).focus();
    this.#head(holds);
    this.tick();
    if (holds.length > 0) this.#seen = true;
    else if (this.#seen && (this.#countdown !== null || this.#inWindow)) this.#goodbye();
  }

  /** @param {Hold[]} holds */
  #head(holds) {
    const asks = holds.some(({ state }) => state === "asked");
    this.#frame.dataset["state"] = holds.length === 0 ? "empty" : asks ? "asks" : "held";
    const heading = byId("heading", this.#root);
    if (holds.length === 0) heading.textContent = t("heldNone");
    else if (asks) heading.textContent = t("heldAsksHeading");
    else heading.textContent = this.#countdown !== null ? t("heldCountdownHeading") : plural("heldHeading", holds.length);
    byId("lead", this.#root).textContent = asks ? t("heldAsksLead") : holds.length === 0 ? t("heldNoneLead") : this.#countdown !== null ? t("heldCountdownLead") : t("heldLead");
  }

  /** @param {HTMLButtonElement} button */
  #press(button) {
    const row = /** @type {HTMLElement} */ (button.closest("li"));
    for (const one of row.querySelectorAll("button")) one.disabled = true;
    const what = button.dataset["do"] ?? "";
    this.#say(t(what === "send_now" ? "heldSending" : "heldTakingBack"));
    this.#post({ type: what, id: row.dataset["hold"] });
    byId("heading", this.#root).focus();
  }

  #goodbye() {
    if (this.#ended) return;
    this.#ended = true;
    setTimeout(() => this.#close(), GOODBYE_MS);
  }

  /** @param {string} text */
  #say(text) {
    byId("status", this.#root).textContent = text;
  }
}

/**
 * @param {number} seconds
 * @returns {string} "4 min 10 s"
 */
export function timeLeft(seconds) {
  const unit = (/** @type {number} */ value, /** @type {string} */ name) =>
    new Intl.NumberFormat(language(), { style: "unit", unit: name, unitDisplay: "short" }).format(value);
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (hours > 0) return t("heldTimeLeft", `${unit(hours, "hour")} ${unit(minutes, "minute")}`);
  if (minutes > 0) return t("heldTimeLeft", `${unit(minutes, "minute")} ${unit(seconds % 60, "second")}`);
  return t("heldTimeLeft", unit(seconds, "second"));
}

/**
 * @param {HTMLElement} row
 * @param {Hold} hold
 */
function enable(row, hold) {
  for (const button of row.querySelectorAll("button")) button.disabled = !mayPress(button.dataset["do"] ?? "", hold);
}

/**
 * @param {string} what
 * @param {Hold} hold
 */
function mayPress(what, { state, may_cancel, why }) {
  if (state === "saving" || state === "releasing") return false;
  if (what === "send_now") return why !== "not_found";
  return may_cancel;
}

/**
 * @param {Hold} hold
 * @param {Record<string, string>} reasons
 */
function heldRow(hold, reasons) {
  const { hold_id, state, why, subject, recipients, recipients_total } = hold;
  const id = `hold-${hold_id}`;
  const others = recipients_total - recipients.length;
  const listed = recipients.join(t("heldRecipientSeparator"));
  const button = (/** @type {string} */ what, /** @type {string} */ key, primary = false) =>
    element("button", { type: "button", "data-do": what, "aria-describedby": id, class: primary ? "primary" : undefined, disabled: !mayPress(what, hold) }, t(key));
  const gone = why === "not_found";
  // Sending is the easy answer only where it is certain that the mail has not left.
  const mayHaveLeft = state === "asked" && why === "interrupted";
  return element(
    "li",
    { "data-hold": hold_id, "data-state": state },
    element("h2", { id }, element("bdi", {}, subject || t("heldNoSubject"))),
    element("p", { class: "recipients" }, t("heldTo", listed) + (others > 0 ? ` ${plural("heldOthers", others)}` : "")),
    state === "asked"
      ? element("p", { class: "why" }, t(reasons[why] ?? "heldWhyInterrupted"))
      : element("p", { class: "time" }, state === "saving" ? t("heldSaving") : state === "releasing" ? t("heldLeaving") : ""),
    element(
      "div",
      { class: "buttons" },
      gone || !hold.may_cancel ? null : button("take_back", "heldTakeBack", state !== "asked" || mayHaveLeft),
      hold.may_cancel ? button("keep", gone ? "heldForget" : "heldKeep") : null,
      gone ? null : button("send_now", mayHaveLeft ? "heldSendAgain" : "heldSendNow", state === "asked" && !mayHaveLeft),
    ),
    hold.may_cancel ? null : element("p", { class: "rule" }, t("heldMayNot")),
  );
}
