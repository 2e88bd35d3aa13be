// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Two sections (the elements of status.html): how far the learning of sent mails is, with stop and go on, and what the person
// answered for good, each with a way back. A page that shows more can take them over as they are.

import { byId, element } from "./dom.js";
import { language, plural, t } from "./i18n.js";

/** @typedef {import("../core/types").LearningProgress} LearningProgress */
/** @typedef {import("../core/types").Silenced} Silenced */
/** @typedef {import("./dom.js").PageRoot} PageRoot */

/** A screen reader is told so often, not at every batch. */
const SAY_EVERY_MS = 5_000;

export class LearningPart {
  #root;
  #frame;
  #post;
  #saidAt = 0;
  /** @type {LearningProgress["phase"] | null} */
  #phase = null;

  /**
   * @param {object} place
   * @param {PageRoot} place.root where the elements stand
   * @param {HTMLElement} place.frame is told the phase
   * @param {(message: object) => void} place.post
   */
  constructor({ root, frame, post }) {
    this.#root = root;
    this.#frame = frame;
    this.#post = post;
    byId("learning-stop", root).addEventListener("click", () => post({ type: "stop" }));
    byId("learning-resume", root).addEventListener("click", () => post({ type: "resume" }));
    byId("silenced-list", root).addEventListener("click", (event) => {
      const button = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("button[data-condition]"));
      if (button) this.#askAgain(/** @type {HTMLButtonElement} */ (button));
    });
  }

  /** @param {any} message */
  receive(message) {
    if (message?.type === "progress") this.#showProgress(message.progress);
    else if (message?.type === "silenced") this.#showSilenced(message.silenced);
    else if (message?.type === "failed") byId("silenced-status", this.#root).textContent = t("learningFailed");
  }

  /** The background has ended. */
  lost() {
    this.#showProgress({ phase: "waiting", done: 0, total: 0 });
  }

  /** @param {LearningProgress} progress */
  #showProgress({ phase, done, total }) {
    const changed = phase !== this.#phase;
    this.#phase = phase;
    this.#frame.dataset["phase"] = phase;
    const bar = /** @type {HTMLProgressElement} */ (byId("learning-bar", this.#root));
    bar.hidden = phase !== "running" && phase !== "stopped" && phase !== "done";
    bar.max = Math.max(1, total);
    bar.value = phase === "done" ? bar.max : done;
    const stop = byId("learning-stop", this.#root);
    const resume = byId("learning-resume", this.#root);
    const focused = this.#root.activeElement;
    stop.hidden = phase !== "running";
    resume.hidden = phase !== "stopped" && phase !== "waiting";
    // The button that was pressed gives way to the other one; the keyboard stays where it was.
    if (focused === stop && stop.hidden) (resume.hidden ? byId("learning-title", this.#root) : resume).focus();
    if (focused === resume && resume.hidden) (stop.hidden ? byId("learning-title", this.#root) : stop).focus();
    const now = performance.now();
    if (!changed && now - this.#saidAt < SAY_EVERY_MS) return;
    this.#saidAt = now;
    byId("learning-status", this.#root).textContent = progressText({ phase, done, total });
  }

  /** @param {Silenced[]} silenced */
  #showSilenced(silenced) {
    byId("silenced-none", this.#root).hidden = silenced.length > 0;
    byId("silenced-list", this.#root).replaceChildren(...silenced.map(silencedItem));
  }

  /** @param {HTMLButtonElement} button */
  #askAgain(button) {
    button.disabled = true;
    const { condition, address } = button.dataset;
    this.#post({ type: "ask_again", condition, address });
    byId("silenced-status", this.#root).textContent = t("silencedTakenBack", address ?? "");
    byId("silenced-title", this.#root).focus();
  }
}

/**
 * @param {LearningProgress} progress
 * @returns {string}
 */
export function progressText({ phase, done, total }) {
  const number = new Intl.NumberFormat(language());
  switch (phase) {
    case "running":
      return t("learningRunning", number.format(done), number.format(total));
    case "stopped":
      return t("learningStopped", number.format(done), number.format(total));
    case "done":
      return plural("learningDone", total);
    case "waiting":
      return t("learningWaiting");
    case "unavailable":
      return t("learningUnavailable");
    default:
      return t("learningUnknown");
  }
}

/** @param {Silenced} one */
function silencedItem({ condition, title, address, since }) {
  const day = new Intl.DateTimeFormat(language(), { dateStyle: "medium" }).format(new Date(since));
  const id = `silenced-${condition}-${address}`;
  const attributes = { type: "button", "data-condition": condition, "data-address": address, "aria-describedby": id };
  return element(
    "li",
    {},
    element(
      "span",
      { id },
      element("bdi", {}, address),
      " ",
      element("span", { class: "question" }, title || condition),
      " ",
      element("time", { datetime: since }, day),
    ),
    element("button", attributes, t("askAgainButton")),
  );
}
