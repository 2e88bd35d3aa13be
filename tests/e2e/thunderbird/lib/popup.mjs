// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The extension's own windows: the confirmation (ui/confirm.html) and the failure page (ui/failure.html).
// Element ids are the contract with the extension. Buttons and boxes are pressed with mouse and keys.
import { sleep, waitFor } from "./marionette.mjs";

/** Nobody reads a new window faster; the page may ignore keys that come earlier. */
const SEEN_MS = 500;

/** @typedef {import("./thunderbird.mjs").Thunderbird} Thunderbird */

/** The popups that are open. @param {Thunderbird} thunderbird @returns {Promise<{id: number, page: string}[]>} */
export function openPopups(thunderbird) {
  return thunderbird.run((tools) =>
    tools
      .allWindows()
      .filter((/** @type {any} */ win) => win.location.href.includes("extensionPopup.xhtml") && !win.closed)
      .map((/** @type {any} */ win) => ({ id: tools.idOf(win), page: tools.popupBrowser(win)?.currentURI?.spec ?? "" })),
  );
}

export class Popup {
  /** @param {Thunderbird} thunderbird @param {number} id */
  constructor(thunderbird, id) {
    this.thunderbird = thunderbird;
    this.id = id;
    this.seenAt = Date.now();
  }

  /**
   * Waits for a popup that is none of `known`, loaded to one of the given states.
   * @param {Thunderbird} thunderbird
   * @param {{states?: string[], known?: number[], timeout?: number, having?: string}} [options] `having`: text the page must show
   */
  static async wait(thunderbird, { states = ["ready", "block", "failure"], known = [], timeout = 20_000, having = "" } = {}) {
    let seen = "";
    const found = waitFor(
      `a Lastlook window in state ${states.join(" or ")}${having && ` showing "${having}"`}`,
      async () => {
        for (const { id, page } of await openPopups(thunderbird)) {
          if (known.includes(id) || !page.startsWith("moz-extension:")) continue;
          const popup = new Popup(thunderbird, id);
          const state = await popup.state().catch(() => "");
          seen = state === "failure" ? `failure ${await popup.failure().catch(() => "")}` : state;
          if (states.includes(state) && (!having || (await popup.text()).includes(having))) return popup;
        }
        return undefined;
      },
      { timeout },
    );
    return found.catch((error) => {
      error.message += seen ? `; the last one seen was in state ${seen}` : "; there was none";
      throw error;
    });
  }

  /** @template {any[]} A @param {(...args: A) => any} script @param {A} args @returns {Promise<any>} */
  run(script, ...args) {
    return this.thunderbird.run((tools, id, source, values) => tools.inPopup(tools.byId(id), source, values), this.id, String(script), args);
  }

  /** @returns {Promise<string>} */
  state() {
    return this.run(() => document.body.dataset.state ?? "");
  }

  /** @returns {Promise<string>} */
  failure() {
    return this.run(() => document.body.dataset.failure ?? "");
  }

  /** @param {string} [selector] @returns {Promise<string>} */
  text(selector = "body") {
    return this.run((wanted) => /** @type {HTMLElement | null} */ (document.querySelector(wanted))?.innerText ?? "", selector);
  }

  /** @param {string} selector @returns {Promise<number>} */
  count(selector) {
    return this.run((wanted) => document.querySelectorAll(wanted).length, selector);
  }

  /** @param {string} selector @returns {Promise<boolean>} shown and not disabled */
  enabled(selector) {
    return this.run((wanted) => {
      const element = /** @type {any} */ (document.querySelector(wanted));
      return Boolean(element) && !element.disabled && element.getClientRects().length > 0;
    }, selector);
  }

  /** @param {string} selector @returns {Promise<boolean>} */
  visible(selector) {
    return this.run((wanted) => (document.querySelector(wanted)?.getClientRects().length ?? 0) > 0, selector);
  }

  async isOpen() {
    return (await openPopups(this.thunderbird)).some(({ id }) => id === this.id);
  }

  async closed() {
    await waitFor("the Lastlook window to close", async () => !(await this.isOpen()));
  }

  /** Presses an element with the mouse, in its middle, at the place where it is on the screen. @param {string} selector */
  async click(selector) {
    const at = await this.run((wanted) => {
      const element = document.querySelector(wanted);
      if (!element) throw new Error(`${wanted} is not on the page`);
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      if (box.width === 0) throw new Error(`${wanted} is not shown`);
      const point = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      const there = document.elementFromPoint(point.x, point.y);
      if (there !== element && !element.contains(there) && !there?.contains(element)) throw new Error(`${wanted} is covered by ${there?.tagName}`);
      return point;
    }, selector);
    await this.thunderbird.run(
      async (tools, id, x, y) => {
        const win = tools.byId(id);
        const box = tools.popupBrowser(win).getBoundingClientRect();
        win.focus();
        await tools.clickAt(win, box.left + x, box.top + y);
      },
      this.id,
      at.x,
      at.y,
    );
  }

  /**
   * A key, as from a person who has seen the window; `atOnce`: as from one who was still typing when it came.
   * @param {string} key @param {{hold?: boolean, ctrl?: boolean, atOnce?: boolean}} [options]
   */
  async press(key, { atOnce = false, ...modifiers } = {}) {
    if (!atOnce) await sleep(Math.max(0, this.seenAt + SEEN_MS - Date.now()));
    await this.thunderbird.run(
      (tools, id, name, held) => {
        const win = tools.byId(id);
        win.focus();
        tools.popupBrowser(win).focus();
        tools.pressKey(win, name, held);
      },
      this.id,
      key,
      modifiers,
    );
  }

  /** Writes into a field key by key. @param {string} selector @param {string} text */
  async type(selector, text) {
    await this.click(selector);
    for (const letter of text) await this.press(letter);
  }

  /** Ticks every box that stands for something to acknowledge; gives their names. @returns {Promise<string[]>} */
  async tickAll() {
    const names = await this.run(() => {
      const boxes = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[type=checkbox][data-acknowledge]")]);
      return boxes.filter((box) => !box.checked).map((box) => box.dataset.acknowledge);
    });
    for (const name of names) {
      const box = `input[type=checkbox][data-acknowledge=${JSON.stringify(name)}]`;
      await this.click(box);
      await waitFor(`the tick at ${name}`, () => this.run((wanted) => /** @type {any} */ (document.querySelector(wanted))?.checked, box), { timeout: 5_000 });
    }
    return names;
  }

  /** Closes with the window's own close button. */
  async closeWindow() {
    await this.thunderbird.run((tools, id) => tools.byId(id).close(), this.id);
  }
}
