// SPDX-License-Identifier: MPL-2.0
// @ts-check
// From a press that was held to Gmail's own Send: asks, and presses the same button itself, once, for the very mail that was
// checked. Everything that is not a deliberate yes ends without a press.

import { Failure } from "../../core/failure.js";
import { pressLikeAPerson } from "./press.js";

/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("./gate.js").Press} Press */
/** @typedef {import("./gate.js").Control} Control */

/** A mail that changes in every check is not finished. */
const MOST_CHECKS = 3;

/** Gmail takes a mail it sends off the screen within this time. */
const LEAVES_WITHIN_MS = 15_000;
/** And this long a person may look for the day on which it shall be sent. */
const SCHEDULED_WITHIN_MS = 600_000;
/** Gmail hands over what it was told to send within this time, also after a while without a network. */
const HANDED_OVER_WITHIN_MS = 600_000;
const MENU_OPENS_WITHIN_MS = 1_500;
const LOOK_EVERY_MS = 50;

export class Guard {
  #dom;
  #gate;
  #composes;
  #client;
  #flow;
  /** @type {Set<ComposeKey>} */
  #busy = new Set();
  /** @type {Map<ComposeKey, Press>} what the person pressed last, for "send this one unchecked" */
  #lastPress = new Map();
  /** @type {Set<ComposeKey>} checked and on the way to a day for sending */
  #scheduling = new Set();
  /** @type {number[]} when each press was made that Gmail has not handed over yet */
  #due = [];

  /**
   * @param {object} parts
   * @param {import("./compose_dom.js").ComposeDom} parts.dom
   * @param {() => import("./gate.js").Gate} parts.gate
   * @param {import("./composes.js").Composes} parts.composes
   * @param {() => import("./adapter.js").GmailAdapter} parts.client
   * @param {() => import("../../core/send_flow.js").SendFlow} parts.flow
   */
  constructor({ dom, gate, composes, client, flow }) {
    this.#dom = dom;
    this.#gate = gate;
    this.#composes = composes;
    this.#client = client;
    this.#flow = flow;
  }

  /**
   * @param {Press} press
   * @returns {Promise<boolean>} whether Gmail's own button was pressed
   */
  async onPress(press) {
    const key = this.#composes.keyOf(press.compose);
    // A second press while the first is being looked at says nothing new.
    if (this.#busy.has(key)) return false;
    this.#busy.add(key);
    this.#lastPress.set(key, press);
    try {
      // Chosen the day for a mail that was checked for this, and has not changed since.
      if (press.control === "scheduleChoice" && this.#scheduling.has(key) && this.#client().isAsRead(key)) return this.#pressFor(key, press);
      return await this.#checkAndPress(key, press);
    } finally {
      this.#busy.delete(key);
    }
  }

  /**
   * @param {ComposeKey} key
   * @param {import("../../core/types").FailureKind} kind
   */
  async sendUnchecked(key, kind) {
    const press = this.#lastPress.get(key);
    if (!press || !(await this.#flow().allowOnce(key, kind))) return false;
    try {
      return await this.onPress(press);
    } finally {
      this.#flow().forgetAllowOnce(key);
    }
  }

  /**
   * Gmail has handed a mail over.
   * @returns {boolean} whether it is one that the guard has let go
   */
  expectsSend() {
    const since = performance.now() - HANDED_OVER_WITHIN_MS;
    this.#due = this.#due.filter((at) => at > since);
    return this.#due.shift() !== undefined;
  }

  /** @param {ComposeKey} key */
  forget(key) {
    this.#lastPress.delete(key);
    this.#scheduling.delete(key);
  }

  /**
   * @param {ComposeKey} key
   * @param {Press} press
   */
  async #checkAndPress(key, press) {
    for (let check = 0; check < MOST_CHECKS; check += 1) {
      const { allow } = await this.#flow().decide(key);
      if (!allow) return false;
      try {
        await this.#makeVisible(key, press);
        // Read and pressed in one turn: nothing can come between.
        if (this.#client().isAsRead(key)) return this.#pressFor(key, press);
      } catch (error) {
        await this.#say(key, error);
        return false;
      }
    }
    await this.#say(key, new Failure("page_changed", "The mail was changed while it was being checked."));
    return false;
  }

  /**
   * @param {ComposeKey} key
   * @param {Press} press
   */
  #pressFor(key, press) {
    const element = this.#elementFor(key, press);
    if (!element) throw new Failure("page_changed", "What was pressed is no longer there.");
    const pressedAt = performance.now();
    this.#due.push(pressedAt);
    this.#gate().let(element, () => pressLikeAPerson(element));
    if (press.control === "scheduledSend") this.#scheduling.add(key);
    else this.#scheduling.delete(key);
    this.#report(key, pressedAt, press.control === "scheduledSend" ? SCHEDULED_WITHIN_MS : LEAVES_WITHIN_MS);
    return true;
  }

  /**
   * The button as it stands now: Gmail may have made it anew while the person was asked.
   * @param {ComposeKey} key
   * @param {Press} press
   * @returns {HTMLElement | null}
   */
  #elementFor(key, { control, element }) {
    const compose = this.#composes.get(key).element;
    if (!compose) return null;
    if (control === "send") return this.#dom.sendButton(compose);
    if (control === "sendAndArchive") return compose.querySelector(this.#dom.selectors.sendAndArchive);
    if (element?.isConnected) return element;
    return control === "scheduledSend" ? document.querySelector(this.#dom.selectors.scheduledSend) : null;
  }

  /**
   * The list of ways to send closes when something else is asked.
   * @param {ComposeKey} key
   * @param {Press} press
   */
  async #makeVisible(key, press) {
    if (press.control !== "scheduledSend") return;
    const shown = () => (this.#elementFor(key, press)?.getClientRects().length ?? 0) > 0;
    if (shown()) return;
    const more = /** @type {HTMLElement | null} */ (this.#composes.get(key).element?.querySelector(this.#dom.selectors.moreSendOptions));
    if (more) pressLikeAPerson(more);
    const until = performance.now() + MENU_OPENS_WITHIN_MS;
    while (!shown()) {
      if (performance.now() > until) throw new Failure("page_changed", "The list of ways to send is closed.");
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  }

  /**
   * Tells core what became of the mail: one that Gmail sends leaves the screen.
   * @param {ComposeKey} key
   * @param {number} pressedAt
   * @param {number} within
   */
  async #report(key, pressedAt, within) {
    const { element } = this.#composes.get(key);
    const until = performance.now() + within;
    while (element?.isConnected && element.getClientRects().length > 0) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      // Pressed again: that is a check of its own, which puts back what this one changed.
      if (this.#busy.has(key) && this.#lastPress.get(key)?.control !== "scheduleChoice") return;
      if (performance.now() < until) continue;
      this.#due = this.#due.filter((at) => at !== pressedAt);
      return this.#flow().report(key, { sent: false, messageId: "" }).catch((error) => this.#say(key, error));
    }
    await this.#flow().report(key, { sent: true, messageId: "" });
    this.#flow().forget(key);
  }

  /**
   * @param {ComposeKey} key
   * @param {unknown} error
   */
  async #say(key, error) {
    const failure = error instanceof Failure ? error : new Failure("internal", String(error));
    const { kind, code, message, remedy } = failure;
    await this.#client().showFailure(key, { kind, code, message, remedy, mayGoUnchecked: false, composeId: this.#flow().composeId(key) });
  }
}
