// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A spreadsheet as office programs write it, with a column that nobody sees who opens it, and ways of packing it.
import fs from "node:fs";
import path from "node:path";
import { writeXpi } from "./xpi.mjs";

const OFFICE = "http://schemas.openxmlformats.org";
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';

/** Numbers with valid check digits; the first is the ministry's test number, nobody has them. */
export const MY_NUMBERS = ["123456789018", "358719246054", "480261935777"];

/** @param {string} kind @param {string} target */
const relationship = (kind, target) => `<Relationship Id="rId1" Type="${OFFICE}/officeDocument/2006/relationships/${kind}" Target="${target}"/>`;

/** @param {string} row */
const relationships = (row) => `${HEAD}<Relationships xmlns="${OFFICE}/package/2006/relationships">${row}</Relationships>`;

/**
 * Name, department and, in the hidden column C, the number of each person.
 * @param {string} folder
 * @param {{sheet?: string}} [options]
 * @returns {Buffer}
 */
export function spreadsheetWithHiddenColumn(folder, { sheet = "一覧" } = {}) {
  const people = [["氏名", "部署", "個人番号"], ...MY_NUMBERS.map((number, i) => [`${["田中 太郎", "佐藤 花子", "鈴木 一郎"][i]}`, "経理部", number])];
  const cell = (/** @type {string} */ text, /** @type {number} */ column, /** @type {number} */ row) =>
    `<c r="${"ABC"[column]}${row}" t="inlineStr"><is><t>${text}</t></is></c>`;
  const rows = people.map((values, i) => `<row r="${i + 1}">${values.map((text, column) => cell(text, column, i + 1)).join("")}</row>`);
  return zipOf(folder, {
    "[Content_Types].xml": `${HEAD}<Types xmlns="${OFFICE}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>`,
    "_rels/.rels": relationships(relationship("officeDocument", "xl/workbook.xml")),
    "xl/workbook.xml": `${HEAD}<workbook xmlns="${OFFICE}/spreadsheetml/2006/main" xmlns:r="${OFFICE}/officeDocument/2006/relationships"><sheets><sheet name="${sheet}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    "xl/_rels/workbook.xml.rels": relationships(relationship("worksheet", "worksheets/sheet1.xml")),
    "xl/worksheets/sheet1.xml": `${HEAD}<worksheet xmlns="${OFFICE}/spreadsheetml/2006/main"><cols><col min="3" max="3" width="14" hidden="1" customWidth="1"/></cols><sheetData>${rows.join("")}</sheetData></worksheet>`,
  });
}

/** @param {string} folder @param {Record<string, string | Buffer>} entries @returns {Buffer} */
export function zipOf(folder, entries) {
  const file = path.join(folder, `packed-${process.pid}-${Date.now()}.zip`);
  writeXpi(file, new Map(Object.entries(entries).map(([name, content]) => [name, Buffer.from(content)])));
  const bytes = fs.readFileSync(file);
  fs.rmSync(file);
  return bytes;
}

/** A mail that somebody saved as a file, with that file in it. @param {string} name @param {Buffer} content @returns {string} */
export function savedMail(name, content) {
  return [
    "From: Ito <ito@c-corp.example>", "To: taro@hikari.example.co.jp", "Subject: Members", "Date: Mon, 16 Nov 2026 09:00:00 +0900",
    "Message-ID: <members@c-corp.example>", "MIME-Version: 1.0", 'Content-Type: multipart/mixed; boundary="b"', "",
    "--b", "Content-Type: text/plain; charset=utf-8", "", "Here they are.", "--b",
    `Content-Type: application/zip; name="${name}"`, `Content-Disposition: attachment; filename="${name}"`, "Content-Transfer-Encoding: base64", "",
    ...(content.toString("base64").match(/.{1,76}/g) ?? []), "--b--", "",
  ].join("\r\n");
}
