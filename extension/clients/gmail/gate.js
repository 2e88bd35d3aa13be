// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What a gesture at the window means: a send that has to be asked about, a gesture in a compose that is not understood, or
// nothing of ours. Called for every trusted and untrusted event before Gmail sees it; `true` means that Gmail never does.

import { all } from "./compose_dom.js";

/** @typedef {import("./compose_dom.js").ComposeDom} ComposeDom */
/** @typedef {"send" | "sendAndArchive" | "scheduledSend" | "scheduleChoice" | "timed"} Control "timed": by us, for a mail that is held */
/** @typedef {{control: Control, compose: HTMLElement | null, element: HTMLElement | null, at?: Date}} Press what was pressed; `compose` null: not to be told */

/** So many different hints make an editor a compose that the table does not know. */
const HINTS_OF_A_COMPOSE = 3;

/** Events that Gmail makes of our own press come within this time, and may pass. */
const ECHO_MS = 1_000;

const CONTROLS = /** @type {const} */ (["send", "sendAndArchive", "scheduledSend", "scheduleChoice"]);

export class Gate {
  #dom;
  #pressed;
  #shield;
  /** Our own press of Send is under way: what it makes happen is meant to. */
  #letting = false;
  /** @type {{element: Element, until: number} | null} */
  #echo = null;
  /** @type {string | null} the key whose press was held, until it is up */
  #heldKey = null;
  /** @type {HTMLElement | null} the compose whose list of ways to send was opened last */
  #menuOf = null;
  /** @type {HTMLElement | null} */
  #lastUsed = null;

  /**
   * @param {ComposeDom} dom
   * @param {(press: Press) => void} pressed
   * @param {(event: Event) => boolean | null} shield what the open question of ours makes of an event; null: nothing
   */
  constructor(dom, pressed, shield) {
    this.#dom = dom;
    this.#pressed = pressed;
    this.#shield = shield;
  }

  /**
   * Runs `press`, whose events pass.
   * @param {Element} element
   * @param {() => void} press
   */
  let(element, press) {
    this.#letting = true;
    this.#echo = { element, until: performance.now() + ECHO_MS };
    try {
      press();
    } finally {
      this.#letting = false;
    }
  }

  /**
   * @param {Event} event
   * @returns {boolean} whether Gmail must not see it
   */
  onEvent(event) {
    const shielded = this.#shield(event);
    if (shielded !== null) return shielded;
    if (this.#letting && !event.isTrusted) return false;
    const target = event.composedPath()[0];
    if (!(target instanceof Element)) return event instanceof KeyboardEvent && this.#onKey(event, document.documentElement);
    if (!event.isTrusted && this.#echo && performance.now() < this.#echo.until && this.#echo.element.contains(target)) return false;
    return event instanceof KeyboardEvent ? this.#onKey(event, target) : this.#onPointer(event, target);
  }

  /**
   * @param {Event} event
   * @param {Element} target
   */
  #onPointer(event, target) {
    const compose = this.#dom.composeOf(target);
    if (compose) {
      this.#lastUsed = compose;
      if (target.closest(this.#dom.selectors.moreSendOptions)) this.#menuOf = compose;
    }
    const press = this.#pressAt(target);
    if (press && event.type === "click") this.#pressed(press);
    return press !== null;
  }

  /**
   * @param {KeyboardEvent} event
   * @param {Element} target
   */
  #onKey(event, target) {
    if (event.type !== "keydown") {
      const held = this.#heldKey === event.key;
      if (event.type === "keyup") this.#heldKey = null;
      return held;
    }
    this.#heldKey = null;
    const enter = event.key === "Enter" || event.code === "NumpadEnter" || event.code === "Enter";
    if (!enter && event.key !== " ") return false;
    const press = enter && (event.ctrlKey || event.metaKey) ? this.#shortcut(target) : this.#keyOn(target);
    if (!press) return false;
    this.#heldKey = event.key;
    if (!event.repeat) this.#pressed(press);
    return true;
  }

  /** Ctrl+Enter: wherever the focus is, some listener of the page may know which mail is meant. @param {Element} target @returns {Press | null} */
  #shortcut(target) {
    const own = this.#dom.composeOf(target);
    if (own) return { control: "send", compose: own, element: null };
    if (this.#suspectAround(target)) return { control: "send", compose: null, element: null };
    const open = this.#dom.composes();
    if (open.length === 0) return this.#suspects().length > 0 ? { control: "send", compose: null, element: null } : null;
    const meant = open.length === 1 ? open[0] : open.find((one) => one === this.#lastUsed);
    return { control: "send", compose: meant ?? null, element: null };
  }

  /** @param {Element} target @returns {Press | null} */
  #keyOn(target) {
    if (target.matches(`input, textarea, ${this.#dom.selectors.editor}`) || target.closest(this.#dom.selectors.editor)) return null;
    // In a list the focus stays at the list, and the chosen line is only marked.
    const line = document.getElementById(target.getAttribute("aria-activedescendant") ?? "");
    if (line) return this.#pressAt(line);
    const inList = target.closest("[role=menu]")?.querySelector(this.#dom.selectors.scheduledSend);
    return this.#pressAt(inList && !target.closest("[role=menuitem]") ? inList : target);
  }

  /** @param {Element} target @returns {Press | null} */
  #pressAt(target) {
    for (const control of CONTROLS) {
      const element = /** @type {HTMLElement | null} */ (target.closest(this.#dom.selectors[control]));
      if (element) return { control, element, compose: this.#composeMeantBy(element) };
    }
    const hinted = target.closest(this.#dom.selectors.sendHint);
    const compose = this.#dom.composeOf(target);
    if (hinted) return { control: "send", element: null, compose };
    if (!compose) return this.#suspectAround(target) ? { control: "send", element: null, compose: null } : null;
    if (target.closest(this.#dom.selectors.harmless) || target.closest(this.#dom.selectors.editor)) return null;
    return this.#dom.problems(compose).length > 0 ? { control: "send", element: null, compose } : null;
  }

  /** @param {HTMLElement} element @returns {HTMLElement | null} */
  #composeMeantBy(element) {
    const own = this.#dom.composeOf(element);
    if (own) return own;
    if (this.#menuOf?.isConnected) return this.#menuOf;
    const open = this.#dom.composes();
    return open.length === 1 ? (open[0] ?? null) : null;
  }

  /**
   * Places that look like a compose and are none the table knows. Within them everything is held but writing.
   * @returns {Element[]}
   */
  #suspects() {
    const { editor, composeHints } = this.#dom.selectors;
    /** @type {Element[]} */
    const found = [];
    for (const one of all(document, editor)) {
      if (this.#dom.composeOf(one) || found.some((place) => place.contains(one))) continue;
      let place = one.parentElement;
      const hints = () => composeHints.filter((hint) => place?.querySelector(hint)).length;
      while (place && place !== document.body && hints() < HINTS_OF_A_COMPOSE) place = place.parentElement;
      if (!place || place === document.body) continue;
      // Send may stand further out than the hints do.
      const dialog = place.closest("[role=dialog]");
      while (!dialog && place.parentElement && place.parentElement !== document.body && !place.parentElement.matches("[role=main]")) {
        place = place.parentElement;
      }
      found.push(dialog ?? place);
    }
    return found;
  }

  /** @param {Element} target @returns {boolean} whether writing there is not all it can do */
  #suspectAround(target) {
    const { editor, harmless } = this.#dom.selectors;
    if (target.closest(editor) || target.closest(harmless) || target.matches("input, textarea")) {
      return false;
    }
    return this.#suspects().some((place) => place.contains(target));
  }
}
