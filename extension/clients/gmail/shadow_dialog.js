// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A page of ui/ over Gmail: a modal dialog in a closed shadow root, which the page's scripts cannot look into. Texts, styles and
// elements are those of the Thunderbird windows.

/** In a page of ours 1rem is 15 px (theme.css); Gmail's root element has a size of its own. */
const REM_PX = 15;

/** Everything the dialogs need, fetched while the extension is well: an orphaned page can fetch nothing. */
export class DialogParts {
  /** @param {Record<"confirm" | "failure" | "held", string>} pages @param {Record<"confirm" | "failure" | "held", string>} styles */
  constructor(pages, styles) {
    this.pages = pages;
    this.sheets = { confirm: sheetOf(styles.confirm), failure: sheetOf(styles.failure), held: sheetOf(styles.held) };
  }

  static async fetch() {
    const read = async (/** @type {string} */ path) => (await fetch(chrome.runtime.getURL(path))).text();
    const [confirm = "", failure = "", held = "", theme, confirmCss, failureCss, heldCss, dialog] = await Promise.all(
      ["ui/confirm.html", "ui/failure.html", "ui/held.html", "ui/theme.css", "ui/confirm.css", "ui/failure.css", "ui/held.css", "clients/gmail/dialog.css"].map(read),
    );
    const withOurs = (/** @type {string | undefined} */ css) => [theme, css, dialog].join("\n");
    return new DialogParts({ confirm, failure, held }, { confirm: withOurs(confirmCss), failure: withOurs(failureCss), held: withOurs(heldCss) });
  }
}

/**
 * A style sheet of a page, for a shadow root.
 * @param {string} css
 */
function sheetOf(css) {
  const text = css
    .replace(/:root((?::[a-z-]+(?:\([^)]*\))?)*)/g, (_, more) => (more ? `.page${more}` : ":host, .page"))
    .replace(/(^|[\s,}])body(?=[\s,{.:[])/g, "$1.page")
    .replace(/(\d*\.?\d+)rem\b/g, (_, number) => `${Number(number) * REM_PX}px`);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

/** The dialogs that are open, the topmost last. @type {ShadowDialog[]} */
const open = [];

/** What stands beside the page's own contents and has the keys that are pressed in it to itself. @type {Set<EventTarget>} */
const besides = new Set();

/** @param {HTMLElement} host of a closed shadow root that is no dialog */
export function keepKeysIn(host) {
  besides.add(host);
}

/** Keyboard events that Gmail would take for its own shortcuts. */
const KEYS = ["keydown", "keypress", "keyup"];

/**
 * What the open dialog makes of an event at the window.
 * @param {Event} event
 * @returns {boolean | null} null: nothing of ours
 */
export function shield(event) {
  const top = open.at(-1);
  if (!top && event.isTrusted && event.target && besides.has(event.target)) {
    if (KEYS.includes(event.type)) event.stopImmediatePropagation();
    return false;
  }
  // What a script makes is no gesture: changing a mail's recipients needs some of our own.
  if (!top || !event.isTrusted) return null;
  if (!KEYS.includes(event.type)) {
    // The page below is inert; a gesture that reaches it all the same was not made by a person who sees it.
    return event.target !== top.host;
  }
  event.stopImmediatePropagation();
  if (event.type !== "keypress") top.onKey(/** @type {KeyboardEvent} */ (event), top.root.activeElement ?? top.frame);
  // Not "held": Tab, Enter and letters still do in the dialog what they do by themselves.
  return false;
}

export class ShadowDialog {
  /** @type {(event: KeyboardEvent, target: Element) => void} */
  onKey = () => {};
  #closed = false;
  #watch;
  #removed;
  #focusBefore = document.activeElement;

  /**
   * @param {DialogParts} parts
   * @param {"confirm" | "failure"} page
   * @param {() => void} removed the dialog went away by no doing of ours
   */
  constructor(parts, page, removed) {
    this.#removed = removed;
    this.host = document.createElement("div");
    this.host.dataset["lastlook"] = page;
    this.root = this.host.attachShadow({ mode: "closed" });
    this.root.adoptedStyleSheets = [parts.sheets[page]];
    this.frame = document.createElement("div");
    this.frame.className = "page";
    this.frame.dataset["state"] = "loading";
    const parsed = new DOMParser().parseFromString(parts.pages[page], "text/html");
    this.frame.append(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
    this.dialog = document.createElement("dialog");
    this.dialog.setAttribute("aria-labelledby", "heading");
    this.dialog.append(this.frame);
    this.root.append(this.dialog);
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    this.dialog.addEventListener("close", () => this.#gone());
    this.#watch = new MutationObserver(() => {
      if (!this.host.isConnected) this.#gone();
    });
    this.#watch.observe(document, { childList: true, subtree: true });
    document.documentElement.append(this.host);
    this.dialog.showModal();
    open.push(this);
  }

  close() {
    if (this.#closed) return;
    this.#closed = true;
    this.#watch.disconnect();
    const at = open.indexOf(this);
    if (at >= 0) open.splice(at, 1);
    this.dialog.close();
    this.host.remove();
    if (this.#focusBefore instanceof HTMLElement && this.#focusBefore.isConnected) this.#focusBefore.focus();
  }

  #gone() {
    if (this.#closed) return;
    this.close();
    this.#removed();
  }
}
