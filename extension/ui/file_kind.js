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

/** Kinds that the host tells by the content and that no ending of a name is called by. @type {Readonly<Record<string, string>>} */
const KINDS_BY_CONTENT = { image: "kindImage", media: "kindMedia", executable: "kindProgram", script: "kindProgram", shortcut: "kindProgram", html: "kindDocument" };

/**
 * What it is by its content counts more than what its name says.
 * @param {string} name
 * @param {string | undefined} kind the host's word, "xlsx"
 */
export function kindMessage(name, kind) {
  if (!kind) return fileKind(name).message;
  const { message } = fileKind(`file.${kind}`);
  return KINDS_BY_CONTENT[kind] ?? (message === "kindFile" ? fileKind(name).message : message);
}

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
