// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A tab of the seat, driven by the browser's own input events, so that everything a case does is trusted as a person's is.
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { Dialog } from "./dialog.mjs";

/** @type {Record<string, {code: string, keyCode: number, text?: string}>} */
const KEYS = {
  Enter: { code: "Enter", keyCode: 13, text: "\r" },
  " ": { code: "Space", keyCode: 32, text: " " },
  Tab: { code: "Tab", keyCode: 9 },
  Escape: { code: "Escape", keyCode: 27 },
};
const MODIFIERS = /** @type {Record<string, number>} */ ({ ctrl: 2, meta: 4, shift: 8 });

export class Tab {
  /** @param {import("./seat.mjs").Seat} seat @param {string} targetId @param {string} sessionId */
  constructor(seat, targetId, sessionId) {
    this.seat = seat;
    this.targetId = targetId;
    this.sessionId = sessionId;
  }

  /** @param {import("./seat.mjs").Seat} seat @param {string} url */
  static async open(seat, url) {
    const cdp = /** @type {import("./cdp.mjs").Cdp} */ (seat.cdp);
    const { targetId } = await cdp.send("Target.createTarget", { url: "about:blank" });
    const tab = await Tab.#attached(seat, targetId);
    await tab.send("Page.bringToFront");
    await tab.send("Page.navigate", { url });
    await tab.ready();
    return tab;
  }

  /** One that is there. @param {import("./seat.mjs").Seat} seat @param {string} targetId */
  static async attach(seat, targetId) {
    const tab = await Tab.#attached(seat, targetId);
    await tab.ready();
    return tab;
  }

  /** @param {import("./seat.mjs").Seat} seat @param {string} targetId */
  static async #attached(seat, targetId) {
    const cdp = /** @type {import("./cdp.mjs").Cdp} */ (seat.cdp);
    const { sessionId } = await cdp.send("Target.attachToTarget", { targetId, flatten: true });
    const tab = new Tab(seat, targetId, sessionId);
    await tab.send("Page.enable");
    return tab;
  }

  /** @param {string} method @param {object} [params] @returns {Promise<any>} */
  send(method, params = {}) {
    return /** @type {import("./cdp.mjs").Cdp} */ (this.seat.cdp).send(method, params, this.sessionId);
  }

  async ready() {
    await waitFor("the page", () => this.run(() => /** @type {any} */ (window).composes !== undefined).catch(() => false), { timeout: 30_000 });
    if (this.seat.extensionLoaded) await waitFor("the guard", () => this.run(() => document.documentElement.dataset.lastlook === "ready"), { timeout: 30_000 });
  }

  async reload() {
    await this.send("Page.reload");
    await sleep(200);
    await this.ready();
  }

  /** Runs in the page's own world. @template {any[]} A @param {(...all: A) => any} script @param {A} all @returns {Promise<any>} */
  async run(script, ...all) {
    const { result, exceptionDetails } = await this.send("Runtime.evaluate", {
      expression: `(${script})(...${JSON.stringify(all)})`,
      returnByValue: true,
      awaitPromise: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** The middle of an element of the page. @param {string} selector @param {number} [nth] @returns {Promise<{x: number, y: number}>} */
  async place(selector, nth = 0) {
    return this.run(
      (wanted, at) => {
        const element = document.querySelectorAll(wanted)[at];
        if (!element) throw new Error(`${wanted} is not on the page`);
        element.scrollIntoView({ block: "center", behavior: "instant" });
        const box = element.getBoundingClientRect();
        if (box.width === 0 || box.height === 0) throw new Error(`${wanted} is not shown`);
        return { x: box.left + Math.min(box.width / 2, 400), y: box.top + box.height / 2 };
      },
      selector,
      nth,
    );
  }

  /** @param {{x: number, y: number}} at @param {number} [clickCount] */
  async clickAt({ x, y }, clickCount = 1) {
    await this.send("Input.dispatchMouseEvent", { type: "mouseMoved", x, y });
    await this.send("Input.dispatchMouseEvent", { type: "mousePressed", x, y, button: "left", buttons: 1, clickCount });
    await this.send("Input.dispatchMouseEvent", { type: "mouseReleased", x, y, button: "left", buttons: 0, clickCount });
  }

  /** @param {string} selector @param {number} [nth] */
  async click(selector, nth = 0) {
    await this.clickAt(await this.place(selector, nth));
  }

  /** @param {string} selector @param {number} [nth] */
  async tap(selector, nth = 0) {
    const { x, y } = await this.place(selector, nth);
    await this.send("Input.dispatchTouchEvent", { type: "touchStart", touchPoints: [{ x, y }] });
    await this.send("Input.dispatchTouchEvent", { type: "touchEnd", touchPoints: [] });
  }

  /** @param {string} key @param {{ctrl?: boolean, meta?: boolean, shift?: boolean, hold?: boolean, repeat?: boolean}} [held] `hold`: it is not let go; `repeat`: it has been down */
  async press(key, { hold = false, repeat = false, ...held } = {}) {
    const modifiers = Object.entries(held).reduce((sum, [name, on]) => sum + (on ? (MODIFIERS[name] ?? 0) : 0), 0);
    const { code, keyCode, text } = KEYS[key] ?? { code: "", keyCode: key.toUpperCase().charCodeAt(0), text: key };
    const event = { key, code, windowsVirtualKeyCode: keyCode, nativeVirtualKeyCode: keyCode, modifiers };
    await this.send("Input.dispatchKeyEvent", { type: "keyDown", autoRepeat: repeat, ...event, ...(text && !modifiers ? { text } : {}) });
    if (!hold) await this.send("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  }

  /** @param {string} selector @param {string} text @param {number} [nth] */
  async type(selector, text, nth = 0) {
    await this.click(selector, nth);
    await this.send("Input.insertText", { text });
  }

  /** @param {string} selector @param {number} [nth] */
  async focus(selector, nth = 0) {
    await this.run((wanted, at) => /** @type {HTMLElement} */ (document.querySelectorAll(wanted)[at]).focus(), selector, nth);
  }

  /** @param {"confirm" | "failure" | "late" | "held"} kind @param {{timeout?: number, states?: string[]}} [options] */
  dialog(kind, options) {
    return Dialog.wait(this, kind, options);
  }

  /** @returns {Promise<string[]>} the dialogs that are open */
  dialogs() {
    return this.run(() => [...document.querySelectorAll("[data-lastlook]")].filter((one) => one !== document.documentElement).map((one) => /** @type {any} */ (one).dataset.lastlook));
  }

  /** Gestures on Send that reached the page's own listeners. @returns {Promise<{type: string, trusted: boolean, key: string, on: string}[]>} */
  seen() {
    return this.run(() => /** @type {any} */ (window).seen);
  }

  async close() {
    const cdp = /** @type {import("./cdp.mjs").Cdp} */ (this.seat.cdp);
    // Without asking the page, which may want to stay.
    await cdp.send("Target.closeTarget", { targetId: this.targetId }).catch(() => {});
  }

  /** @param {string} file */
  async picture(file) {
    const { writeFileSync } = await import("node:fs");
    const { data } = await this.send("Page.captureScreenshot", { format: "png" });
    writeFileSync(file, Buffer.from(data, "base64"));
  }
}
