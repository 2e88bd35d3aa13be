// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Reads just enough of a received mail to compare it with what was written: headers, text parts, attachments.

/** @typedef {{headers: Map<string, string>, body: Buffer, parts: Part[], type: string, name: string}} Part */

/** RFC 2047 encoded words. @param {string} value */
export function decodeWords(value) {
  return value
    .replace(/(=\?[^?]+\?[BbQq]\?[^?]*\?=)\s+(?==\?)/g, "$1")
    .replace(/=\?([^?]+)\?([BbQq])\?([^?]*)\?=/g, (_, charset, how, text) => {
      const bytes = how.toUpperCase() === "B" ? Buffer.from(text, "base64") : quotedPrintable(text.replace(/_/g, " "));
      return new TextDecoder(charset).decode(bytes);
    });
}

/** @param {string} text */
function quotedPrintable(text) {
  return Buffer.from(
    text.replace(/=\r?\n/g, "").replace(/=([0-9A-Fa-f]{2})/g, (_, hex) => String.fromCharCode(parseInt(hex, 16))),
    "latin1",
  );
}

/** RFC 2231 and plain parameters. @param {string} header @param {string} name */
function parameter(header, name) {
  const pieces = new Map();
  const pattern = new RegExp(`;\\s*${name}(\\*\\d+)?(\\*)?=("(?:[^"\\\\]|\\\\.)*"|[^;\\s]*)`, "gi");
  for (const [, index, encoded, value] of header.matchAll(pattern)) {
    pieces.set(index ? Number(index.slice(1)) : 0, { encoded: Boolean(encoded), value: value.replace(/^"|"$/g, "") });
  }
  if (pieces.size === 0) return "";
  const ordered = [...pieces.keys()].sort((a, b) => a - b).map((key) => pieces.get(key));
  const joined = ordered.map(({ value }) => value).join("");
  if (!ordered[0].encoded) return decodeWords(joined);
  return decodeURIComponent(joined.replace(/^[^']*'[^']*'/, ""));
}

/** @param {Buffer} raw @returns {Part} */
export function parseMail(raw) {
  const split = raw.indexOf("\r\n\r\n");
  const head = raw.subarray(0, split < 0 ? raw.length : split).toString("utf8");
  let body = split < 0 ? Buffer.alloc(0) : raw.subarray(split + 4);
  /** @type {Map<string, string>} */
  const headers = new Map();
  for (const line of head.replace(/\r\n[ \t]+/g, " ").split("\r\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), decodeWords(line.slice(colon + 1).trim()));
  }
  const contentType = headers.get("content-type") ?? "text/plain";
  const type = contentType.split(";", 1)[0].trim().toLowerCase();
  /** @type {Part[]} */
  const parts = [];
  const boundary = parameter(contentType, "boundary");
  if (type.startsWith("multipart/") && boundary) {
    const pieces = body.toString("latin1").split(new RegExp(`(?:^|\\r\\n)--${boundary.replace(/[^\w]/g, "\\$&")}(?:--)?[ \\t]*(?:\\r\\n|$)`));
    for (const piece of pieces.slice(1, -1)) parts.push(parseMail(Buffer.from(piece, "latin1")));
  }
  const encoding = (headers.get("content-transfer-encoding") ?? "").toLowerCase();
  if (encoding === "base64") body = Buffer.from(body.toString("ascii"), "base64");
  else if (encoding === "quoted-printable") body = quotedPrintable(body.toString("latin1"));
  const name = parameter(headers.get("content-disposition") ?? "", "filename") || parameter(contentType, "name");
  return { headers, body, parts, type, name };
}

/** @param {Part} mail @returns {Part[]} the leaves, in order */
export function leaves(mail) {
  return mail.parts.length ? mail.parts.flatMap(leaves) : [mail];
}

/** All text of the mail with the markup taken out. @param {Part} mail */
export function textOf(mail) {
  return leaves(mail)
    .filter(({ type, name }) => type.startsWith("text/") && !name)
    .map((part) => {
      const charset = parameter(part.headers.get("content-type") ?? "", "charset") || "utf-8";
      return new TextDecoder(charset).decode(part.body).replace(/<[^>]*>/g, "");
    })
    .join("\n");
}
