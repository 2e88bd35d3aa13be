// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The confirmation over Gmail, as core sees it (types.d.ts, ConfirmationView).

import { ConfirmPage } from "../../ui/confirm_page.js";
import { ShadowDialog } from "./shadow_dialog.js";

/** @typedef {import("../../core/types").ConfirmationEvent} ConfirmationEvent */
/** @typedef {import("../../core/types").ConfirmationModel} ConfirmationModel */
/** @typedef {import("../../core/types").ConfirmationView} ConfirmationView */

/** @implements {ConfirmationView} */
export class ConfirmationDialog {
  ready = Promise.resolve();
  #dialog;
  #page;
  #hasLeft = false;
  /** @type {((event: ConfirmationEvent) => void) | null} */
  #waiting = null;
  /** @type {() => void} */
  #settleLeft = () => {};

  /** @param {import("./shadow_dialog.js").DialogParts} parts */
  constructor(parts) {
    /** @type {Promise<void>} */
    this.left = new Promise((resolve) => {
      this.#settleLeft = resolve;
    });
    // Whoever takes the question away has not answered it.
    this.#dialog = new ShadowDialog(parts, "confirm", () => this.#leave());
    this.#page = new ConfirmPage({
      root: this.#dialog.root,
      frame: this.#dialog.frame,
      post: (event) => this.#receive(/** @type {ConfirmationEvent} */ (event)),
      close: () => this.#dialog.close(),
    });
    this.#dialog.onKey = (event, target) => this.#page.onKey(event, target);
  }

  /** @param {ConfirmationModel} model */
  show(model) {
    if (!this.#hasLeft) this.#page.show(model);
  }

  /** @returns {Promise<ConfirmationEvent>} */
  next() {
    if (this.#hasLeft) return Promise.resolve({ type: "back" });
    return new Promise((resolve) => {
      this.#waiting = resolve;
    });
  }

  async close() {
    this.#page.end();
  }

  /** @param {ConfirmationEvent} event */
  #receive(event) {
    if (event.type === "back") this.#leave();
    else this.#deliver(event);
  }

  #leave() {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#settleLeft();
    this.#deliver({ type: "back" });
  }

  /** @param {ConfirmationEvent} event */
  #deliver(event) {
    const waiting = this.#waiting;
    this.#waiting = null;
    waiting?.(event);
  }
}
