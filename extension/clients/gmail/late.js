// SPDX-License-Identifier: MPL-2.0
// @ts-check
// For a tab that was open before the extension was installed, updated or reloaded: Gmail's own listeners stand before ours
// there, so nothing can be guarded. The tab is covered until it is loaded anew; Gmail keeps the drafts.
(() => {
  const world = /** @type {{lastlookLate?: boolean, lastlookGate?: {alive: () => boolean}}} */ (/** @type {unknown} */ (globalThis));
  if (world.lastlookLate || world.lastlookGate?.alive()) return;
  world.lastlookLate = true;

  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "closed" });
  const dialog = document.createElement("dialog");
  const text = document.createElement("p");
  const button = document.createElement("button");
  const style = new CSSStyleSheet();
  style.replaceSync(
    ":host { all: initial !important } dialog { font: 15px/1.55 system-ui, sans-serif; max-width: 30em; border: 0; border-radius: 10px; padding: 1.5em }" +
      "dialog::backdrop { background: rgb(0 0 0 / 50%) } button { font: inherit; padding: .4em 1.2em }",
  );
  root.adoptedStyleSheets = [style];
  text.textContent = chrome.i18n.getMessage("gmailReloadTab");
  button.textContent = chrome.i18n.getMessage("gmailReloadButton");
  host.dataset["lastlook"] = "late";
  button.addEventListener("click", (event) => {
    if (event.isTrusted) location.reload();
  });
  dialog.append(text, button);
  root.append(dialog);
  dialog.addEventListener("cancel", (event) => event.preventDefault());

  const cover = () => {
    if (!host.isConnected) document.documentElement.append(host);
    if (!dialog.open) dialog.showModal();
  };
  dialog.addEventListener("close", cover);
  new MutationObserver(cover).observe(document.documentElement, { childList: true });
  for (const type of ["keydown", "keypress", "keyup"]) {
    window.addEventListener(type, (event) => event.stopImmediatePropagation(), { capture: true });
  }
  cover();
})();
