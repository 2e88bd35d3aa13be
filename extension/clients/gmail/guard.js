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
  /** @type {Set<ComposeKey>} Send was pressed, and what became of it is not to be seen yet */
  #leaving = new Set();
  /** @type {Map<ComposeKey, (sent: boolean) => void>} who waits for what becomes of a press */
  #waiting = new Map();
  #schedule;

  /**
   * @param {object} parts
   * @param {import("./compose_dom.js").ComposeDom} parts.dom
   * @param {() => import("./gate.js").Gate} parts.gate
   * @param {import("./composes.js").Composes} parts.composes
   * @param {() => import("./adapter.js").GmailAdapter} parts.client
   * @param {() => import("../../core/send_flow.js").SendFlow} parts.flow
   * @param {import("./scheduled_send.js").ScheduledSend} parts.schedule
   */
  constructor({ dom, gate, composes, client, flow, schedule }) {
    this.#dom = dom;
    this.#gate = gate;
    this.#composes = composes;
    this.#client = client;
    this.#flow = flow;
    this.#schedule = schedule;
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
   * A held mail leaves now. Settles when it has left; rejects when it stays.
   * @param {ComposeKey} key
   */
  async send(key) {
    const compose = this.#composes.get(key).element;
    if (!compose?.isConnected) throw new Failure("page_changed", "The mail is no longer open.");
    await this.#pressAndSee(key, { control: "send", compose, element: null });
  }

  /**
   * A held mail is handed to Gmail's scheduled send. Rejects when it stays; nothing was touched unless Gmail takes that time.
   * @param {ComposeKey} key
   * @param {Date} at
   */
  async schedule(key, at) {
    const compose = this.#composes.get(key).element;
    if (!compose?.isConnected || this.#busy.has(key)) throw new Failure("page_changed", "The mail is no longer as it was.");
    this.#busy.add(key);
    try {
      await this.#schedule.rehearse(compose, at);
    } finally {
      this.#busy.delete(key);
    }
    await this.#pressAndSee(key, { control: "timed", compose, element: null, at });
  }

  /** @param {ComposeKey} key @param {Press} press */
  async #pressAndSee(key, press) {
    /** @type {Promise<boolean>} */
    const outcome = new Promise((resolve) => this.#waiting.set(key, resolve));
    try {
      if (!(await this.onPress(press)) || !(await outcome)) throw new Failure("page_changed", "The mail stays here.");
    } finally {
      this.#waiting.delete(key);
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

  /** @param {ComposeKey} key @returns {boolean} whether it was closed without being on its way */
  forget(key) {
    this.#lastPress.delete(key);
    this.#scheduling.delete(key);
    return !this.#leaving.has(key) && !this.#busy.has(key);
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
        if (press.control === "timed" && press.compose && press.at) press.element = await this.#schedule.fill(press.compose, press.at);
        // Read and pressed in one turn: nothing can come between.
        if (this.#client().isAsRead(key)) return this.#pressFor(key, press);
        if (press.control === "timed") await this.#schedule.close();
      } catch (error) {
        if (press.control === "timed") await this.#schedule.close();
        return await this.#stays(key, error);
      }
    }
    return await this.#stays(key, new Failure("page_changed", "The mail was changed while it was being checked."));
  }

  /**
   * It was let out, and could not be sent: what was changed for it is put back.
   * @param {ComposeKey} key
   * @param {unknown} why
   */
  async #stays(key, why) {
    let problem = why;
    try {
      await this.#flow().report(key, { sent: false, messageId: "" });
    } catch (error) {
      problem = error;
    }
    await this.#say(key, problem);
    return false;
  }

  /**
   * @param {ComposeKey} key
   * @param {Press} press
   */
  #pressFor(key, press) {
    const element = this.#elementFor(key, press);
    if (!element) throw new Failure("page_changed", "What was pressed is no longer there.");
    // A window that holds nothing but one mail closes with it, and nobody is left to say so: the worker is told before.
    const letOut = document.querySelector(this.#dom.selectors.popOut) ? this.#flow().letOut(key) : null;
    if (letOut) this.#client().willLeave(letOut);
    const pressedAt = performance.now();
    this.#due.push(pressedAt);
    this.#gate().let(element, () => pressLikeAPerson(element));
    if (press.control === "scheduledSend") this.#scheduling.add(key);
    else {
      this.#scheduling.delete(key);
      this.#leaving.add(key);
    }
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
      this.#leaving.delete(key);
      this.#waiting.get(key)?.(false);
      return this.#flow().report(key, { sent: false, messageId: "" }).catch((error) => this.#say(key, error));
    }
    await this.#left(key);
  }

  /** @param {ComposeKey} key */
  async #left(key) {
    this.#waiting.get(key)?.(true);
    // A mail that was closed while its day was to be chosen was not sent.
    if (this.#leaving.delete(key)) await this.#flow().report(key, { sent: true, messageId: "" });
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
