// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What is found in files of every kind, through the real lastlook-inspect: the place a person can find, what is hidden,
// what cannot be read, and that hostile files end in a fact, in time.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { PROGRAM } from "./program.mjs";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const SAMPLES = path.join(HERE, "../content/samples");
const INSPECT = path.join(path.dirname(PROGRAM), "lastlook-inspect");
const FILES = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-files-"));
test.after(() => fs.rmSync(FILES, { recursive: true }));
{
  const made = spawnSync("python3", [path.join(HERE, "../content/make_files.py"), FILES], { encoding: "utf8" });
  assert.equal(made.status, 0, made.stderr);
}

/** @param {string[]} words */
function lastlook(...words) {
  const began = Date.now();
  const { status, stdout, stderr } = spawnSync(PROGRAM, words, { encoding: "utf8", maxBuffer: 64 << 20 });
  return { status, stdout, stderr, seconds: (Date.now() - began) / 1000 };
}

/** @param {string} file @param {string} [folder] the places of My Numbers in it, in Japanese */
function places(file, folder = FILES) {
  const { status, stdout, stderr } = lastlook("scan", "--format", "jsonl", "--lang", "ja", path.join(folder, file));
  assert.equal(status, 0, stderr);
  const lines = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
  return lines.filter(({ type, norm }) => type === "JP_MY_NUMBER" && norm === "123456789018").map(({ place }) => place);
}

/** @param {string} file @param {string} [folder] what people are told of it */
function told(file, folder = FILES) {
  const { status, stdout, stderr, seconds } = lastlook("scan", "--lang", "en", path.join(folder, file));
  assert.equal(status, 0, `${file}: ${stderr}`);
  assert.ok(seconds < 12, `${file} took ${seconds} s`);
  return stdout;
}

const PLACES = /** @type {Record<string, string[]>} */ ({
  "book.xlsx": ["シート「一覧」 C2（非表示）", "シート「一覧」 › コメント B7", "シート「原本」 B5（非表示）", "ピボットテーブルの元データ"],
  "document.docx": ["1行目", "コメント", "変更履歴に残る削除文字", "隠し文字"],
  "slides.pptx": ["スライド1のノート", "スライド2（非表示）"],
  "book.ods": ["シート「一覧」 B3（非表示）", "シート「原本」 A1（非表示）"],
  "document.odt": ["2行目", "変更履歴に残る削除文字"],
  "slides.odp": ["スライド2"],
  "document.rtf": ["1行目", "隠し文字"],
  "book.xls": ["シート「一覧」 C4（非表示）"],
  "document.doc": ["1行目"],
  "slides.ppt": ["1行目"],
  "pages.pdf": ["2ページ"],
  "windows.zip": ["名簿.txt › 1行目"],
  "files.tar": ["名簿/a.txt › 1行目"],
  "files.tgz": ["名簿/a.txt › 1行目"],
  "list.txt.bz2": ["list.txt › 1行目"],
  "list.txt.xz": ["list.txt › 1行目"],
  // A package stored in an archive is one file of it, and an archive stays one when a PDF comes first.
  "stored-office.zip": ["document.docx › 1行目", "document.docx › コメント", "document.docx › 変更履歴に残る削除文字", "document.docx › 隠し文字", "名簿.txt › 1行目"],
  "stored-pdf.zip": ["pages.pdf › 2ページ", "名簿.txt › 1行目"],
  // Letters that begin other formats as well.
  "letters.zip": ["sound.txt › 1行目", "key.asc › 3行目"],
  "around.odt": ["ヘッダー・フッター・脚注", "ヘッダー・フッター・脚注"],
  "taken-in.docx": ["word/part1.html › 1行目"],
  "two-forms.zip": ["mail.eml › 本文"],
  "annotated.rtf": ["1行目", "コメント"],
  "meeting.ics": ["名簿.txt › 1行目"],
});

for (const [file, expected] of Object.entries(PLACES)) {
  test(`${file}: every place`, () => assert.deepEqual(places(file), expected));
}

test("a workbook in a zip in a mail: the whole way to the cell", () => {
  const found = places("mail.eml");
  assert.ok(found.includes("給与.zip › 2026/名簿.xlsx › シート「一覧」 C2（非表示）"), found.join("\n"));
});

test("a workbook in an Outlook message, and its text", () => {
  const found = places("mail.msg");
  assert.ok(found.includes("名簿.xlsx › シート「一覧」 C2（非表示）") && found.includes("本文"), found.join("\n"));
});

test("texts in every character set", () => {
  const { stdout } = lastlook("scan", "--format", "jsonl", "--lang", "en", path.join(FILES, "texts.zip"));
  const found = stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line)).filter(({ type }) => /NUMBER|RESIDENT/.test(type));
  const files = new Set(found.map(({ place }) => place.split(" › ")[0]));
  assert.deepEqual([...files].sort(), ["card.vcf", "cp932.txt", "eucjp.txt", "gb18030.txt", "iso2022jp.txt", "list.csv", "page.html", "utf16.txt", "utf16le.txt", "utf8.txt"]);
});

test("7z: read, or told that it has a password", () => {
  assert.deepEqual(places("plain.7z", SAMPLES), ["a.txt › 1行目"]);
  for (const file of ["header-encrypted.7z", "encrypted.zip", "encrypted-aes.zip", "password.pdf"]) assert.match(told(file, SAMPLES), /has a password/, file);
  assert.deepEqual(places("no-printing.pdf", SAMPLES), ["1ページ"]);
});

test("what is hidden is told", () => {
  const book = told("book.xlsx");
  for (const text of [/columns C:D are hidden; they have 2 filled cells/, /rows 4 are hidden/, /Sheet “原本” is hidden/, /pivot table keeps/, /There are 1 comments/, /author: 児玉 花子/]) assert.match(book, text);
  assert.match(told("photo.jpg"), /where it was taken: 35\.6812, 139\.7671/);
  assert.match(told("document.docx"), /Change tracking keeps 1 changes/);
});

test("what cannot be read is told, with why", () => {
  const reasons = /** @type {Record<string, RegExp>} */ ({
    "scanned.pdf": /pages without text/, "encrypted.doc": /has a password/, "encrypted.docx": /has a password/, "broken.pdf": /damaged/,
    "missing-sheet.xlsx": /is damaged/, "missing-slide.pptx": /damaged/, "broken-part.docx": /damaged/, "binary.xlsb": /of a kind that is not read/,
    "object.rtf": /of a kind that is not read/, "excel95.xls": /of a kind that is not read/,
    "message.asc": /has a password/, "message.p7m": /has a password/, "truncated.xlsx": /damaged/, "truncated.zip": /damaged/, "not-a.zip": /damaged/, "noise.bin": /of a kind that is not read/,
    "bomb.zip": /suspicious size/, "wide-bomb.zip": /suspicious size/, "deep.zip": /packed too often/, "many.zip": /too many files/,
  });
  for (const [file, reason] of Object.entries(reasons)) assert.match(told(file), reason, file);
});

test("programs are told on standard error what could not be read, and nobody is told that nothing is in it", () => {
  const file = path.join(SAMPLES, "password.pdf");
  const lines = lastlook("scan", "--format", "jsonl", "--lang", "en", file);
  assert.deepEqual([lines.status, lines.stdout], [0, ""]);
  assert.match(lines.stderr, /^lastlook: “password\.pdf” has a password\.\nlastlook: could not be read.*: 1 /);
  const text = lastlook("scan", "--lang", "en", file);
  assert.equal(text.status, 0);
  assert.match(text.stdout, /not everything could be/);
  assert.doesNotMatch(text.stdout, /No personal data/);
  assert.match(text.stderr, /^lastlook: could not be read.*: 1 /);
  const whole = lastlook("scan", "--format", "jsonl", path.join(FILES, fs.readdirSync(FILES).find((name) => name.endsWith(".xlsx")) ?? ""));
  assert.equal(whole.stderr, "");
});

test("hostile files end in time", () => {
  for (const file of ["entities.docx", "deep-tags.docx", "quotes.docx", "same-sheet.xlsx", "repeats.ods", "groups.rtf", "circle.doc", "program.pdf"]) told(file);
  assert.deepEqual(places("entities.docx"), ["1行目"]);
});

test("names lead nowhere and turn nothing around", () => {
  const mail = path.join(FILES, "names.json");
  fs.writeFileSync(mail, JSON.stringify({ from: "sato@kodama.example.jp", to: "ito@a-shoji.example", subject: "s", body: "b", attachments: [{ name: "names.zip", path: "names.zip" }] }));
  const policy = path.join(FILES, "names-policy.json");
  fs.writeFileSync(policy, JSON.stringify({ schema: 1, policy: { id: "t", serial: 1 }, lists: { internal: ["kodama.example.jp"] }, rules: [{ id: "r", mode: "warn", if: { text: { in: "attachment_text", any_of: ["a", "b", "c", "d", "e"] } } }] }));
  const { stdout, stderr } = lastlook("check", "--no-builtin", "--policy", policy, "--format", "json", mail);
  const shown = JSON.parse(stdout || stderr).findings[0].evidence.map((/** @type {{place: string}} */ { place }) => place);
  assert.deepEqual(shown, ["names.zip › etc/名簿.txt › line 1", "names.zip › abs/b.txt › line 1", "names.zip › 請求fdp.exe › line 1", "names.zip › xy.txt › line 1", "names.zip › line 1"]);
});

test("the sandbox ends whoever tries", { skip: process.platform !== "linux" }, () => {
  assert.equal(spawnSync(INSPECT, ["--try-forbidden", "nothing"]).status, 0);
  for (const what of ["socket", "open", "exec", "fork"]) assert.equal(spawnSync(INSPECT, ["--try-forbidden", what]).signal, "SIGSYS", what);
});

test("the sandbox of the PDF program refuses to make, change or signal anything", { skip: process.platform !== "linux" }, () => {
  const file = path.join(FILES, "untouched.txt");
  fs.writeFileSync(file, "as it was");
  const tried = (/** @type {string} */ what, /** @type {string} */ on) => spawnSync(INSPECT, ["--try-forbidden", what, on]);
  for (const what of ["empty", "write", "mode", "type"]) assert.equal(tried(what, file).status, 0, what);
  for (const what of ["create", "node"]) assert.equal(tried(what, path.join(FILES, "not-there")).status, 0, what);
  assert.equal(tried("socket", file).signal, "SIGSYS");
  assert.equal(tried("read", file).status, 0);
  assert.equal(fs.readFileSync(file, "utf8"), "as it was");
  assert.ok(!fs.existsSync(path.join(FILES, "not-there")));
});
