// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The window over a locked compose window in which the person decides.
// Its page holds a port to us for as long as it lives: when the port closes, the person has gone back.

import { Failure } from "../../core/failure.js";

/** @typedef {import("../../core/types").ConfirmationEvent} ConfirmationEvent */
/** @typedef {import("../../core/types").ConfirmationModel} ConfirmationModel */

/** A page that is not there by now will not come; the mail must not stay locked for it. */
const PAGE_WITHIN_MS = 15_000;

const WIDTH = 760;
const HEIGHT = 840;
const MARGIN_TO_SCREEN = 60;

/** @param {string} url */
export function popupData(url, height = HEIGHT) {
  return {
    type: /** @type {const} */ ("popup"),
    url: browser.runtime.getURL(url),
    width: Math.min(WIDTH, screen.availWidth || WIDTH),
    height: Math.min(height, (screen.availHeight || height) - MARGIN_TO_SCREEN),
    allowScriptsToClose: true,
  };
}

/** @typedef {import("../../core/types").ConfirmationView} ConfirmationView */

/** @implements {ConfirmationView} */
export class ConfirmationWindow {
  /** @type {number | null} */
  windowId = null;
  #composeWindowId;
  /** @type {browser.runtime.Port | null} */
  #port = null;
  /** @type {ConfirmationModel | null} */
  #model = null;
  /** @type {ConfirmationEvent[]} */
  #events = [];
  /** @type {((event: ConfirmationEvent) => void) | null} */
  #waiting = null;
  #hasLeft = false;
  #onClosed;
  /** @type {() => void} */
  #settleLeft = () => {};
  /** @type {() => void} */
  #settleReady = () => {};
  /** @type {(failure: Failure) => void} */
  #failReady = () => {};
  /** @type {any} */
  #timer;

  /**
   * @param {string} id
   * @param {number} composeWindowId
   * @param {() => void} onClosed
   */
  constructor(id, composeWindowId, onClosed) {
    this.#composeWindowId = composeWindowId;
    this.#onClosed = onClosed;
    /** @type {Promise<void>} */
    this.left = new Promise((resolve) => {
      this.#settleLeft = resolve;
    });
    /** @type {Promise<void>} */
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = resolve;
      this.#failReady = reject;
    });
    this.ready.catch(() => {});
    this.#timer = setTimeout(() => this.#fail("The confirmation page did not come up."), PAGE_WITHIN_MS);
    // Not awaited: it settles only when the new window gets the focus, and another program may hold that.
    browser.windows.create(popupData(`ui/confirm.html?decision=${encodeURIComponent(id)}`)).then(
      (created) => {
        this.windowId ??= created.id ?? null;
      },
      (error) => this.#fail(`The confirmation window could not be opened: ${String(error)}`),
    );
  }

  get composeWindowId() {
    return this.#composeWindowId;
  }

  /** @param {browser.runtime.Port} port the page is there */
  attach(port) {
    clearTimeout(this.#timer);
    this.#port = port;
    this.windowId ??= port.sender?.tab?.windowId ?? null;
    port.onMessage.addListener((message) => this.#receive(/** @type {any} */ (message)));
    port.onDisconnect.addListener(() => {
      this.#port = null;
      this.leave();
    });
    if (this.#model) port.postMessage({ type: "show", model: this.#model });
    this.#settleReady();
  }

  /** @param {ConfirmationModel} model */
  show(model) {
    this.#model = model;
    this.#port?.postMessage({ type: "show", model });
  }

  /** @returns {Promise<ConfirmationEvent>} */
  next() {
    const event = this.#events.shift();
    if (event) return Promise.resolve(event);
    if (this.#hasLeft) return Promise.resolve({ type: "back" });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  /** The person went back: by the button, by closing the window, or by closing the mail below it. */
  leave() {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#settleLeft();
    this.#fail("The confirmation window was closed.");
    this.#deliver({ type: "back" });
  }

  async close() {
    clearTimeout(this.#timer);
    this.#onClosed();
    try {
      this.#port?.postMessage({ type: "close" });
      if (this.windowId !== null) await browser.windows.remove(this.windowId);
    } catch {
      // The person was faster.
    }
    await browser.windows.update(this.#composeWindowId, { focused: true }).catch(() => {});
  }

  /** @param {any} message */
  #receive(message) {
    switch (message?.type) {
      case "back":
        this.leave();
        break;
      case "send":
        this.#deliver({
          type: "send",
          acknowledged: strings(message.acknowledged),
          reason: String(message.reason ?? ""),
          typedCount: Number.isSafeInteger(message.typedCount) ? message.typedCount : null,
          typedNames: strings(message.typedNames),
        });
        break;
      case "fix":
        this.#deliver({ type: "fix", rule: String(message.rule), fix: String(message.fix) });
        break;
      case "shown":
        this.#deliver({ type: "shown", digest: String(message.digest) });
        break;
      case "silence":
        this.#deliver({ type: "silence", condition: String(message.condition), recipient: String(message.recipient) });
        break;
    }
  }

  /** @param {ConfirmationEvent} event */
  #deliver(event) {
    const waiting = this.#waiting;
    this.#waiting = null;
    if (waiting) waiting(event);
    // Nobody waits: the flow is at work on the former click. A second click on Send means nothing then; Back does.
    else if (event.type === "back") this.#events.push(event);
  }

  /** @param {string} message */
  #fail(message) {
    clearTimeout(this.#timer);
    this.#failReady(new Failure("window_failed", message));
  }
}

/**
 * @param {unknown} value
 * @returns {string[]}
 */
function strings(value) {
  return Array.isArray(value) ? value.map(String) : [];
}
