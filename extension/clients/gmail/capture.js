// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The first script in the page, before any of Gmail's: it stands at the window and sees every gesture first. What a gesture
// means is worked out in gate.js, which comes a moment later as a module; until then everything that could send is held.
(() => {
  /** @typedef {{onEvent: ((event: Event) => boolean) | null, onFiles: ((event: Event) => boolean) | null, alive: () => boolean}} Gate */
  const world = /** @type {{lastlookGate?: Gate}} */ (/** @type {unknown} */ (globalThis));
  if (world.lastlookGate) return;

  const GESTURES = ["pointerdown", "mousedown", "touchstart", "pointerup", "mouseup", "touchend", "click", "dblclick", "auxclick"];
  const KEYS = ["keydown", "keypress", "keyup"];
  const FILES = ["change", "drop", "paste"];
  const PRESSED = "[role=button], [role=menuitem], button, input[type=submit]";

  /** @type {Gate} */
  const gate = { onEvent: null, onFiles: null, alive: () => Boolean(chrome.runtime?.id) };
  world.lastlookGate = gate;
  // Asked for now: after an update of the extension this script can ask for nothing any more.
  const brokenText = chrome.i18n.getMessage("gmailBroken");
  let broken = false;

  for (const type of [...GESTURES, ...KEYS]) window.addEventListener(type, onEvent, { capture: true, passive: false });

  for (const type of FILES) window.addEventListener(type, onFiles, { capture: true, passive: false });

  import(chrome.runtime.getURL("clients/gmail/content.js")).catch((error) => {
    broken = true;
    console.error("lastlook: the guard could not be loaded", error);
  });

  /** @param {Event} event */
  function onEvent(event) {
    let holds;
    try {
      holds = gate.onEvent ? gate.onEvent(event) : couldSend(event);
    } catch (error) {
      console.error("lastlook: a gesture could not be judged", error);
      holds = couldSend(event);
    }
    if (!holds) return;
    // Without its default a touch becomes no click, and it is the click that is asked about.
    if (!event.type.startsWith("touch")) event.preventDefault();
    event.stopImmediatePropagation();
    if (broken && (event.type === "click" || event.type === "keydown")) window.alert(brokenText);
  }

  /** @param {Event} event */
  function onFiles(event) {
    let holds = false;
    try {
      holds = gate.onFiles?.(event) ?? false;
    } catch (error) {
      console.error("lastlook: files could not be looked at", error);
    }
    if (!holds) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  /** @param {Event} event */
  function couldSend(event) {
    const onButton = event.target instanceof Element && event.target.closest(PRESSED) !== null;
    if (!(event instanceof KeyboardEvent)) return onButton;
    return (event.key === "Enter" && (event.ctrlKey || event.metaKey)) || (onButton && (event.key === "Enter" || event.key === " "));
  }
})();
