// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A recipient as text (RFC 5322), only so far as clients write one. What it means is the host's to say.

/**
 * @param {string} text one recipient
 * @returns {{name: string, address: string}} `name` is empty for a bare address
 */
export function splitMailbox(text) {
  const open = text.lastIndexOf("<");
  if (open < 0 || !text.trimEnd().endsWith(">")) return { name: "", address: text.trim() };
  const name = text.slice(0, open).trim().replace(/^"(.*)"$/s, "$1").replace(/\\(["\\])/g, "$1");
  return { name, address: text.slice(open + 1, text.lastIndexOf(">")).trim() };
}

/**
 * @param {string} name
 * @param {string} address
 * @returns {string} an RFC 5322 mailbox
 */
export function joinMailbox(name, address) {
  return name && name !== address ? `"${name.replace(/["\\]/g, "\\$&")}" <${address}>` : address;
}
