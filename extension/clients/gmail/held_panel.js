// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The held mails, in a corner over Gmail: the list of ui/held.html in a closed shadow root. It asks for nothing by itself and
// takes no focus; it is there as long as a mail waits, or something is to be said.

import { HeldPage } from "../../ui/held_page.js";
import { t } from "../../ui/i18n.js";
import { element } from "../../ui/dom.js";
import { serveHolds } from "../../core/holds_port.js";
import { keepKeysIn } from "./shadow_dialog.js";

const TICK_MS = 250;

export class HeldPanel {
  #parts;
  #holds;
  /** @type {HTMLElement | null} */
  #host = null;
  #said = document.createElement("p");
  #waiting = 0;

  /**
   * @param {import("./shadow_dialog.js").DialogParts} parts
   * @param {() => import("../../core/holds.js").Holds} holds
   */
  constructor(parts, holds) {
    this.#parts = parts;
    this.#holds = holds;
  }

  show() {
    if (!this.#host) this.#make();
    else if (!this.#host.isConnected) document.documentElement.append(this.#host);
  }

  /** @param {string} text stays until it is put away */
  say(text) {
    this.show();
    this.#said.textContent = text;
    this.#toggle();
  }

  #make() {
    const host = document.createElement("div");
    this.#host = host;
    host.dataset["lastlook"] = "held";
    const root = host.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [this.#parts.sheets.held];
    const frame = element("div", { class: "page window", "data-state": "loading" });
    const parsed = new DOMParser().parseFromString(this.#parts.pages.held, "text/html");
    frame.append(...[...parsed.body.childNodes].map((node) => document.importNode(node, true)));
    const done = element("button", { type: "button", class: "done" }, t("gmailPanelClose"));
    done.addEventListener("click", () => {
      this.#said.textContent = "";
      this.#toggle();
    });
    this.#said.setAttribute("role", "status");
    const panel = element("aside", { "aria-labelledby": "heading" }, frame, element("div", { class: "said" }, this.#said, done));
    root.append(panel);
    document.documentElement.append(host);
    keepKeysIn(host);
    /** @type {((message: object) => void)[]} */
    const listeners = [];
    const page = new HeldPage({
      root,
      frame,
      countdown: null,
      inWindow: false,
      takesFocus: false,
      reasons: { not_found: "gmailHeldClosed", interrupted: "gmailHeldInterrupted", refused: "gmailHeldRefused" },
      post: (message) => listeners.forEach((listener) => listener(message)),
      close: () => {},
    });
    serveHolds(
      {
        postMessage: (/** @type {any} */ message) => {
          if (message.type === "held") this.#waiting = message.holds.length;
          page.receive(message);
          this.#toggle();
        },
        disconnect: () => {},
        onMessage: { addListener: (listener) => listeners.push(listener) },
        onDisconnect: { addListener: () => {} },
      },
      this.#holds(),
    );
    setInterval(() => page.tick(), TICK_MS);
    // What waits must not be out of sight.
    new MutationObserver(() => {
      if (!host.isConnected) document.documentElement.append(host);
    }).observe(document.documentElement, { childList: true });
    this.#toggle();
  }

  #toggle() {
    const speaks = this.#said.textContent !== "";
    if (!this.#host) return;
    this.#host.hidden = this.#waiting === 0 && !speaks;
    this.#said.parentElement?.toggleAttribute("hidden", !speaks);
    this.#host.toggleAttribute("data-waiting", this.#waiting > 0);
    const page = this.#said.parentElement?.previousElementSibling;
    page?.toggleAttribute("hidden", this.#waiting === 0);
  }
}
