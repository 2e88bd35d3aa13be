// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every text a person reads comes out of _locales through here.

/** @type {typeof browser} */
const api = /** @type {any} */ (globalThis).browser ?? /** @type {any} */ (globalThis).chrome;

/** @returns {string} that of the texts, as this person's browser writes it: numbers and times go with them */
export function language() {
  const shown = t("extensionLocale").replace("_", "-");
  try {
    const own = api.i18n.getUILanguage();
    if (shown === "" || own.slice(0, 2) === shown.slice(0, 2)) return own;
  } catch {
    // The extension was updated under this page.
  }
  return shown || navigator.language;
}

/** @type {Record<string, {message: string}>} */
let kept = {};

/**
 * For a page that may outlive the extension (it is updated under an open tab): the texts are kept, in the language that is shown.
 * @returns {Promise<void>}
 */
export async function keepTexts() {
  const shown = t("extensionLocale");
  kept = await (await fetch(api.runtime.getURL(`_locales/${shown}/messages.json`))).json();
}

/**
 * @param {string} key
 * @param {...(string | number)} substitutions
 * @returns {string}
 */
export function t(key, ...substitutions) {
  try {
    return api.i18n.getMessage(key, substitutions.map(String));
  } catch {
    const message = kept[key]?.message ?? "";
    return message.replace(/\$([1-9])/g, (_, place) => String(substitutions[Number(place) - 1] ?? ""));
  }
}

/**
 * Messages `${key}One` and `${key}Other`, by the plural rules of the language; `$1` is the number.
 * @param {string} key
 * @param {number} count
 * @returns {string}
 */
export function plural(key, count) {
  const one = new Intl.PluralRules(language()).select(count) === "one";
  return t(key + (one ? "One" : "Other"), new Intl.NumberFormat(language()).format(count));
}

/**
 * @param {number} bytes
 * @returns {string}
 */
export function fileSize(bytes) {
  const units = /** @type {const} */ (["byte", "kilobyte", "megabyte", "gigabyte"]);
  const step = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(1000)));
  const value = bytes / 1000 ** step;
  // In English the short form of "byte" knows no plural.
  const unitDisplay = step === 0 ? /** @type {const} */ ("long") : /** @type {const} */ ("short");
  const options = { style: /** @type {const} */ ("unit"), unit: units[step], unitDisplay };
  return new Intl.NumberFormat(language(), { ...options, maximumFractionDigits: value < 10 && step > 0 ? 1 : 0 }).format(value);
}

/**
 * Fills `data-i18n` (text) and `data-i18n-label` (accessible name) below `root`.
 * @param {ParentNode} root
 * @param {HTMLElement} [frame] is told the language: the page's element, unless the page is somebody else's
 */
export function translate(root, frame) {
  (root === document || !frame ? document.documentElement : frame).lang = language();
  for (const element of root.querySelectorAll("[data-i18n]")) {
    element.textContent = t(element.getAttribute("data-i18n") ?? "");
  }
  for (const element of root.querySelectorAll("[data-i18n-label]")) {
    element.setAttribute("aria-label", t(element.getAttribute("data-i18n-label") ?? ""));
  }
}
