// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Presses an element as a person would: the whole gesture, at its place. Gmail's buttons wait for one part of it, its menus for
// another.

/** @param {HTMLElement} element */
export function pressLikeAPerson(element) {
  const box = element.getBoundingClientRect();
  const clientX = box.left + box.width / 2;
  const clientY = box.top + box.height / 2;
  const there = document.elementFromPoint(clientX, clientY);
  const target = there && element.contains(there) ? there : element;
  /** @type {MouseEventInit} */
  const common = { bubbles: true, cancelable: true, composed: true, view: window, clientX, clientY, button: 0 };
  for (const [type, buttons] of /** @type {const} */ ([["down", 1], ["up", 0]])) {
    target.dispatchEvent(new PointerEvent(`pointer${type}`, { ...common, buttons, pointerId: 1, pointerType: "mouse", isPrimary: true }));
    target.dispatchEvent(new MouseEvent(`mouse${type}`, { ...common, buttons, detail: 1 }));
  }
  target.dispatchEvent(new MouseEvent("click", { ...common, detail: 1 }));
}
