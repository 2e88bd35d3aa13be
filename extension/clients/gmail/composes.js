// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The composes of this tab, each under a key of its own, and what each opened with.

/** @typedef {import("./compose_dom.js").ComposeDom} ComposeDom */
/** @typedef {import("../../core/types").ComposeKey} ComposeKey */

/** Gmail fills in the recipients of a fresh reply within this time. */
const SETTLED_AFTER_MS = 1_000;
/** A compose that is not understood by then stays so. */
const BUILT_AFTER_MS = 3_000;

/**
 * @typedef {object} Known
 * @property {HTMLElement | null} element null for a place that is no compose we know
 * @property {import("./compose_dom.js").Opened | null} opened null while it is not known, or when nobody saw it open
 * @property {boolean} touched the person has worked on it: what is there now is not what it opened with
 */

export class Composes {
  #dom;
  #closed;
  /** @type {Map<ComposeKey, Known>} */
  #known = new Map();
  #lastKey = 0;
  #notUnderstood;
  #looking = false;
  /** @type {HTMLElement | null} */
  #lastUsed = null;

  /**
   * @param {ComposeDom} dom
   * @param {(compose: ComposeKey) => void} closed
   * @param {(problem: string) => void} notUnderstood told of a compose that is open and does not add up
   */
  constructor(dom, closed, notUnderstood) {
    this.#dom = dom;
    this.#closed = closed;
    this.#notUnderstood = notUnderstood;
  }

  watch() {
    new MutationObserver(() => this.#lookSoon()).observe(document, { childList: true, subtree: true });
    for (const type of ["keydown", "pointerdown", "paste", "drop"]) {
      window.addEventListener(type, (event) => this.#touched(event), { capture: true, passive: true });
    }
    this.#look();
  }

  /**
   * @param {HTMLElement | null} element
   * @returns {ComposeKey}
   */
  keyOf(element) {
    for (const [key, known] of this.#known) if (known.element === element) return key;
    this.#lastKey += 1;
    this.#known.set(this.#lastKey, { element, opened: null, touched: false });
    return this.#lastKey;
  }

  /** @returns {HTMLElement | null} the one the person worked on last, or the only one */
  lastUsed() {
    if (this.#lastUsed?.isConnected) return this.#lastUsed;
    const open = this.#dom.composes();
    return open.length === 1 ? (open[0] ?? null) : null;
  }

  /** @returns {ComposeKey[]} */
  keys() {
    return [...this.#known.keys()];
  }

  /** @param {ComposeKey} key @returns {Known} */
  get(key) {
    return this.#known.get(key) ?? { element: null, opened: null, touched: false };
  }

  #lookSoon() {
    if (this.#looking) return;
    this.#looking = true;
    setTimeout(() => {
      this.#looking = false;
      this.#look();
    }, 50);
  }

  #look() {
    const there = new Set([...this.#known.values()].map(({ element }) => element));
    for (const element of this.#dom.composes()) {
      if (there.has(element)) continue;
      const key = this.keyOf(element);
      this.#readOpened(key);
      setTimeout(() => this.#readOpened(key), SETTLED_AFTER_MS);
      setTimeout(() => this.#examine(element), BUILT_AFTER_MS);
    }
    for (const [key, { element }] of this.#known) {
      if (!element || element.isConnected) continue;
      this.#known.delete(key);
      this.#closed(key);
    }
  }

  /** @param {ComposeKey} key */
  #readOpened(key) {
    const known = this.#known.get(key);
    if (!known?.element?.isConnected || known.touched) return;
    try {
      const opened = this.#dom.opened(known.element);
      // The address says how the mail was opened only while that is new: Gmail puts the draft's id there when it has saved it.
      if (known.opened) Object.assign(opened, { saved: known.opened.saved, byLink: known.opened.byLink });
      known.opened = opened;
    } catch {
      // Not built yet, or not understood: absent, which claims nothing.
    }
  }

  /** @param {HTMLElement} element */
  #examine(element) {
    const [problem] = element.isConnected ? this.#dom.problems(element) : [];
    if (problem) this.#notUnderstood(problem);
  }

  /** @param {Event} event */
  #touched(event) {
    if (!event.isTrusted || !(event.target instanceof Element)) return;
    const compose = this.#dom.composeOf(event.target);
    if (!compose) return;
    this.#lastUsed = compose;
    for (const known of this.#known.values()) if (known.element === compose) known.touched = true;
  }
}
