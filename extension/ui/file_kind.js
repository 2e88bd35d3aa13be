// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A word for what a file's name says it is. Only for showing: what a file really is, the host finds out.

/** @type {readonly [message: string, extensions: readonly string[]][]} */
const KINDS = [
  ["kindDocument", ["doc", "docx", "docm", "odt", "rtf", "txt", "md", "pdf", "jtd"]],
  ["kindSpreadsheet", ["xls", "xlsx", "xlsm", "ods", "csv", "tsv"]],
  ["kindSlides", ["ppt", "pptx", "pptm", "odp", "key"]],
  ["kindImage", ["png", "jpg", "jpeg", "gif", "webp", "svg", "heic", "tif", "tiff", "bmp"]],
  ["kindArchive", ["zip", "7z", "rar", "tar", "gz", "tgz", "xz", "lzh", "zst"]],
  ["kindMail", ["eml", "msg"]],
  ["kindMedia", ["mp3", "mp4", "wav", "mov", "avi", "m4a", "mkv"]],
  ["kindProgram", ["exe", "msi", "bat", "cmd", "ps1", "js", "vbs", "sh", "jar", "app", "dmg", "deb", "rpm", "scr"]],
];

/**
 * @param {string} name
 * @returns {{message: string, extension: string}}
 */
export function fileKind(name) {
  const dot = name.lastIndexOf(".");
  const extension = dot > 0 && name.length - dot <= 6 ? name.slice(dot + 1).toLowerCase() : "";
  const found = KINDS.find(([, extensions]) => extensions.includes(extension));
  return { message: found ? found[0] : "kindFile", extension };
}
