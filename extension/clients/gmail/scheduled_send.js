// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail's own "Schedule send": the mail lies on Google's servers until its time, also with the browser closed. Every step is
// looked at before the next, and what was filled in is read back; whatever does not fit is a Failure, and nothing was sent.

import { Failure } from "../../core/failure.js";
import { all } from "./compose_dom.js";
import { formOf, plain } from "./date_words.js";
import { pressLikeAPerson } from "./press.js";

const STEP_WITHIN_MS = 2_500;
const STEADY_MS = 200;
const LOOK_EVERY_MS = 40;

export class ScheduledSend {
  #dom;
  #gate;

  /**
   * @param {import("./compose_dom.js").ComposeDom} dom
   * @param {() => import("./gate.js").Gate} gate
   */
  constructor(dom, gate) {
    this.#dom = dom;
    this.#gate = gate;
  }

  /**
   * Whether Gmail would take that time; leaves everything as it was.
   * @param {HTMLElement} compose
   * @param {Date} at
   */
  async rehearse(compose, at) {
    try {
      await this.fill(compose, at);
    } finally {
      await this.close();
    }
  }

  /**
   * @param {HTMLElement} compose
   * @param {Date} at a whole minute
   * @returns {Promise<HTMLElement>} the button that schedules the mail for that time, which stands in the boxes beside it
   */
  async fill(compose, at) {
    const { moreSendOptions, scheduledSend, scheduleCustom, scheduleConfirm } = this.#dom.selectors;
    const item = await this.#shown(scheduledSend, compose.querySelector(moreSendOptions));
    this.#press(item);
    this.#press(await this.#shown(scheduleCustom));
    const confirm = await this.#shown(scheduleConfirm);
    const [day, time] = this.#boxes(confirm);
    const now = new Date();
    const languages = [document.documentElement.lang, ...navigator.languages].filter(Boolean);
    const dayForm = formOf(day.value, "day", languages, now);
    const timeForm = formOf(time.value, "time", languages, now);
    if (!dayForm || !timeForm) throw cannot(`the form of "${day.value}" and "${time.value}" is not known`);
    write(day, dayForm(at));
    write(time, timeForm(at));
    // Read back, and steadily so: Gmail puts a time that it does not take back to another.
    const stands = () => {
      const [dayNow, timeNow] = this.#boxes(confirm);
      return plain(dayNow.value) === dayForm(at) && plain(timeNow.value) === timeForm(at);
    };
    const until = performance.now() + STEADY_MS;
    while (performance.now() < until) {
      if (!stands()) throw cannot("Gmail does not keep the time that was filled in");
      await pause();
    }
    if (at.getTime() <= Date.now()) throw cannot("the time has passed");
    return confirm;
  }

  async close() {
    const { scheduleCancel, scheduleRows } = this.#dom.selectors;
    const cancel = /** @type {HTMLElement | null} */ (document.querySelector(scheduleCancel));
    const open = cancel ?? document.querySelector(scheduleRows);
    if (cancel) this.#press(cancel);
    else open?.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", code: "Escape", keyCode: 27, bubbles: true, cancelable: true, composed: true }));
    const until = performance.now() + STEP_WITHIN_MS;
    while (open?.isConnected && performance.now() < until) await pause();
  }

  /** @param {HTMLElement} confirm @returns {[HTMLInputElement, HTMLInputElement]} */
  #boxes(confirm) {
    const dialog = confirm.isConnected ? confirm.closest("[role=dialog]") : null;
    const found = dialog ? /** @type {HTMLInputElement[]} */ (all(dialog, this.#dom.selectors.scheduleInput)) : [];
    const [day, time] = found;
    if (found.length !== 2 || !day || !time) throw cannot(`${found.length} boxes for day and time`);
    return [day, time];
  }

  /**
   * @param {string} selector
   * @param {Element | null} [opener] pressed when it is not to be seen yet
   * @returns {Promise<HTMLElement>} the one element, once it is shown
   */
  async #shown(selector, opener) {
    const look = () => all(document, selector).filter((one) => one.getClientRects().length > 0);
    if (look().length === 0 && opener) this.#press(/** @type {HTMLElement} */ (opener));
    const until = performance.now() + STEP_WITHIN_MS;
    for (;;) {
      const found = look();
      if (found.length === 1 && found[0]) return found[0];
      if (performance.now() > until) throw cannot(`${found.length} elements for ${selector}`);
      await pause();
    }
  }

  /** @param {HTMLElement} element */
  #press(element) {
    this.#gate().let(element, () => pressLikeAPerson(element));
  }
}

/** @param {HTMLInputElement} box @param {string} text */
function write(box, text) {
  box.focus();
  box.value = text;
  box.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
  box.dispatchEvent(new Event("change", { bubbles: true }));
  box.blur();
}

/** @param {string} what */
function cannot(what) {
  return new Failure("hold_failed", `Gmail's scheduled send could not be used: ${what}.`);
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
