// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Elements out of data. Text goes in as text nodes only: nothing of a mail is ever taken for markup.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @param {string} tag
 * @param {Record<string, string | boolean | undefined>} [attributes] `true` sets an empty attribute, `false` none
 * @param {...Child} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : value);
  }
  for (const child of children) if (child) made.append(child);
  return made;
}

/**
 * @param {string} id of a `<symbol>` in the page
 * @returns {SVGElement}
 */
export function icon(id) {
  const namespace = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(namespace, "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS(namespace, "use");
  use.setAttribute("href", `#${id}`);
  svg.append(use);
  return svg;
}

/** @typedef {Document | ShadowRoot} PageRoot a page of its own, or one that stands in another's page */

/**
 * @param {string} id
 * @param {PageRoot} [root]
 * @returns {HTMLElement}
 */
export function byId(id, root = document) {
  const found = root.getElementById(id);
  if (!found) throw new Error(`There is no #${id} in this page.`);
  return found;
}
