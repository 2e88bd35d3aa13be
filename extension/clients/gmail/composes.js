// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The composes of this tab, each under a key of its own, and the recipients each opened with.

/** @typedef {import("./compose_dom.js").ComposeDom} ComposeDom */
/** @typedef {import("../../core/types").ComposeKey} ComposeKey */

/** Gmail fills in the recipients of a fresh reply within this time. */
const SETTLED_AFTER_MS = 1_000;

/**
 * @typedef {object} Known
 * @property {HTMLElement | null} element null for a place that is no compose we know
 * @property {string[] | null} initial null while it is not known, or when nobody saw it open
 * @property {boolean} touched the person has worked on it: what is there now is not what it opened with
 */

export class Composes {
  #dom;
  #closed;
  /** @type {Map<ComposeKey, Known>} */
  #known = new Map();
  #lastKey = 0;
  #looking = false;

  /**
   * @param {ComposeDom} dom
   * @param {(compose: ComposeKey) => void} closed
   */
  constructor(dom, closed) {
    this.#dom = dom;
    this.#closed = closed;
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
    this.#known.set(this.#lastKey, { element, initial: null, touched: false });
    return this.#lastKey;
  }

  /** @param {ComposeKey} key @returns {Known} */
  get(key) {
    return this.#known.get(key) ?? { element: null, initial: null, touched: false };
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
      this.#readInitial(key);
      setTimeout(() => this.#readInitial(key), SETTLED_AFTER_MS);
    }
    for (const [key, { element }] of this.#known) {
      if (!element || element.isConnected) continue;
      this.#known.delete(key);
      this.#closed(key);
    }
  }

  /** @param {ComposeKey} key */
  #readInitial(key) {
    const known = this.#known.get(key);
    if (!known?.element?.isConnected || known.touched) return;
    try {
      const { to, cc, bcc } = this.#dom.read(known.element);
      known.initial = [...to, ...cc, ...bcc];
    } catch {
      // Not built yet, or not understood: absent, which claims nothing.
    }
  }

  /** @param {Event} event */
  #touched(event) {
    if (!event.isTrusted || !(event.target instanceof Element)) return;
    const compose = this.#dom.composeOf(event.target);
    if (!compose) return;
    for (const known of this.#known.values()) if (known.element === compose) known.touched = true;
  }
}
