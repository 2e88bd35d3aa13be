// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook scan as a process: every way a text comes in, and what programs and people are shown.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-scan-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

const TYPES =
  "JP_MY_NUMBER JP_CORPORATE_NUMBER CREDIT_CARD JP_DRIVER_LICENSE JP_PENSION_NUMBER JP_INSURER_NUMBER JP_PASSPORT JP_RESIDENCE_CARD JP_BANK_ACCOUNT PHONE_NUMBER EMAIL_ADDRESS DATE_OF_BIRTH JP_ADDRESS PERSON_NAME US_SSN KR_RRN CN_RESIDENT_ID IBAN SECRET".split(" ");

/** @param {string} name @param {string | Buffer} content @returns {string} its path */
function write(name, content) {
  const file = path.join(FOLDER, name);
  fs.writeFileSync(file, content);
  return file;
}

/** @param {string[]} words @param {{input?: string | Buffer, env?: NodeJS.ProcessEnv}} [how] */
function scan(words, { input = "", env = {} } = {}) {
  const { status, stdout, stderr, signal } = spawnSync(PROGRAM, ["scan", ...words], {
    input,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 256 * 1024 * 1024,
  });
  assert.equal(signal, null, `ended by ${signal}`);
  return { status, stdout, stderr };
}

/** What is found, as objects. @param {string} file @param {string | Buffer} [input] */
function found(file, input) {
  const { status, stdout, stderr } = scan(["--format", "jsonl", file], { input });
  assert.equal(status, 0, stderr);
  return stdout.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

test("a line per place, with the members that programs rely on", () => {
  const text = "個人番号は１２３４-５６７８-９０１８です。ito@C-Corp.example";
  const lines = found(write("line.txt", text));
  assert.deepEqual(lines, [
    { type: "JP_MY_NUMBER", value: "１２３４-５６７８-９０１８", norm: "123456789018", score: 90, band: "high", where: "text", start: 5, end: 19 },
    { type: "EMAIL_ADDRESS", value: "ito@C-Corp.example", norm: "ito@c-corp.example", score: 85, band: "high", where: "text", start: 22, end: 40 },
  ]);
  for (const { value, start, end } of lines) assert.equal(text.slice(start, end), value);
});

test("places are UTF-16 units", () => {
  const text = "😀𠮷野 090-1234-5678";
  const [{ start, end, value }] = found("-", text);
  assert.equal(text.slice(start, end), value);
});

test("the same text in the character sets of mail and office gives the same", () => {
  const values = [...found("-", "マイナンバー 123456789018 ①㈱")].map(({ norm }) => norm);
  assert.deepEqual(values, ["123456789018"]);
  // "マイナンバー 123456789018" in CP932, ISO-2022-JP, UTF-16 and with a byte order mark
  const cp932 = Buffer.from("837d834383698393836f815b20313233343536373839303138", "hex");
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from("マイナンバー 123456789018", "utf16le")]);
  const jis = Buffer.concat([Buffer.from("1b2442255e2524254a25732550213c1b2842", "hex"), Buffer.from(" 123456789018")]);
  const bom = Buffer.from("\ufeffマイナンバー 123456789018");
  for (const [name, bytes] of Object.entries({ cp932, utf16, jis, bom })) {
    const [one, ...more] = found(write(`${name}.txt`, bytes));
    assert.deepEqual([one?.type, one?.band, more.length], ["JP_MY_NUMBER", "high", 0], name);
  }
});

test("HTML is read as a reader sees it", () => {
  const html = "<!doctype html><table><tr><th>氏名<th>個人番号<tr><td>山田 太郎<td>1234<b>5678</b>9018</table><script>983205673214</script>";
  const types = found(write("page.html", html)).map(({ type, where }) => [type, where]);
  assert.deepEqual(types, [["PERSON_NAME", "text"], ["JP_MY_NUMBER", "text"]]);
  assert.equal(found("-", html).length, 2);
});

test("a mail: subject and body, each under its name", () => {
  const mail = [
    "From: sato@kodama.example.jp", "To: ito@c-corp.example", "Subject: card 4012 8888 8888 0008", "MIME-Version: 1.0",
    'Content-Type: multipart/alternative; boundary="b"', "", "--b", "Content-Type: text/plain; charset=utf-8", "", "個人番号 123456789018",
    "--b", "Content-Type: text/html; charset=utf-8", "", "<p>個人番号 123456789018</p><p>PW: aB3#xy99</p>", "--b--", "",
  ].join("\r\n");
  const expected = [["CREDIT_CARD", "subject"], ["JP_MY_NUMBER", "body.text"], ["SECRET", "body.html"]];
  for (const lines of [found(write("mail.eml", mail)), found("-", mail)]) {
    assert.deepEqual(lines.map(({ type, where }) => [type, where]), expected);
  }
});

test("a table far longer than any window around a number", () => {
  const rows = Array.from({ length: 300 }, (_, i) => `社員${i},備考なし,123456789018`);
  const lines = found(write("long.csv", `名称,備考,個人番号\n${rows.join("\n")}\n`));
  assert.equal(lines.length, 300);
  assert.ok(lines.every(({ type, band }) => type === "JP_MY_NUMBER" && band === "high"));
});

test("people see where, in three languages", () => {
  const file = write("people.csv", "氏名,個人番号\n山田 太郎,123456789018\n佐藤 花子,983205673214\n");
  for (const [language, words] of [["en", ["Personal data and secrets: 4", "My Number", "At least 2 people"]], ["ja", ["個人情報・機密情報 4件", "マイナンバー", "少なくとも2人分"]], ["zh", ["个人信息和机密信息 4 处", "至少涉及 2 人"]]]) {
    const { stdout, status } = scan(["--lang", /** @type {string} */ (language), file]);
    assert.equal(status, 0);
    for (const word of words) assert.ok(stdout.includes(word), stdout);
    assert.match(stdout, /2:7 .*\[123456789018\]/);
    assert.ok(!stdout.includes("\u001b"));
  }
  // What is cut off is said on both sides, and what is not cut is not.
  assert.match(scan([write("cut.txt", "お世話になっております。担当の個人番号は 123456789018 です。")]).stdout, /…[^…]*個人番号は \[123456789018\] です。\n/);
  assert.match(scan([write("whole.txt", "個人番号は 123456789018 です。")]).stdout, / 個人番号は \[123456789018\] です。\n/);
  assert.match(scan(["--lang", "ja", write("none.txt", "お世話になっております。")]).stdout, /見つかりませんでした/);
});

test("a text cannot write on the terminal", () => {
  const { stdout } = scan(["-"], { input: "\u001b[2J個人番号 123456789018\u001b]0;x\u0007\u202e" });
  assert.ok(stdout.includes("123456789018"));
  assert.ok(!/[\u001b\u0007\u202e]/.test(stdout), JSON.stringify(stdout));
});

test("wrong use and unreadable files", () => {
  for (const words of [[], ["--format", "xml", "-"], ["a", "b"], ["--lang", "fr", "-"]]) assert.equal(scan(words).status, 64, words.join(" "));
  for (const file of [path.join(FOLDER, "none.txt.missing"), FOLDER, write("empty.txt", "")]) {
    const { status, stdout, stderr } = scan([file]);
    assert.deepEqual([status, stdout], [65, ""]);
    assert.equal(stderr.split("\n").length, 2, stderr);
  }
});

test("hostile input is read in linear time", () => {
  const mebibyte = 1024 * 1024;
  /** @type {Record<string, Buffer>} */
  const inputs = {
    digits: Buffer.alloc(4 * mebibyte, "1234567890"),
    ones: Buffer.alloc(4 * mebibyte, "1 "),
    cells: Buffer.alloc(4 * mebibyte, "123456789018,"),
    lines: Buffer.alloc(4 * mebibyte, "123456789018,a\n"),
    ats: Buffer.alloc(4 * mebibyte, "a@"),
    titles: Buffer.alloc(4 * mebibyte, "様"),
    kanji: Buffer.alloc(4 * mebibyte, "東京都千代田区永田町"),
    labels: Buffer.alloc(4 * mebibyte, "個人番号"),
    marks: Buffer.alloc(4 * mebibyte, "1\u0301"),
    invalid: Buffer.alloc(4 * mebibyte, Buffer.from([0xe3, 0x81, 0x31, 0x00, 0xff, 0x40, 0xef, 0xbc])),
    dashes: Buffer.alloc(4 * mebibyte, "-"),
    eras: Buffer.alloc(4 * mebibyte, "生年月日昭和"),
  };
  for (const [name, input] of Object.entries(inputs)) {
    const began = process.hrtime.bigint();
    assert.equal(scan(["--format", "jsonl", "-"], { input }).status, 0, name);
    const seconds = Number(process.hrtime.bigint() - began) / 1e9;
    // Far above what it takes, far below what anything quadratic would.
    assert.ok(seconds < 60, `${name}: ${seconds} s`);
  }
});

test("every type has a name in every language", () => {
  const texts = JSON.parse(fs.readFileSync(path.join(PROJECT, "host/cli/texts.json"), "utf8"));
  for (const type of TYPES) assert.deepEqual(Object.keys(texts[`scan.type.${type}`]).sort(), ["en", "ja", "zh"]);
});

// What a file may hold that nobody meant: the result comes, and the places are still those of the text.
const NUMBER = "個人番号 123456789018";

/** The one number in the text, at its place. @param {string} name @param {string | Buffer} bytes @param {string} text the bytes as they are read */
function numberIn(name, bytes, text) {
  const lines = found(write(name, bytes)).filter(({ type }) => type === "JP_MY_NUMBER");
  assert.deepEqual(lines.map(({ norm }) => norm), ["123456789018"], name);
  const [{ start, end, value }] = lines;
  assert.equal(text.slice(start, end), value, name);
}

test("bytes that are no UTF-8 stay where they are, and so does the rest", () => {
  const whole = `お世話になっております。${NUMBER} です。`;
  const cut = Buffer.from(whole).subarray(0, -1);
  numberIn("cut.txt", cut, `${whole.slice(0, -1)}\ufffd`);
  const spoilt = Buffer.concat([Buffer.from("本日の件です。"), Buffer.from([0xff]), Buffer.from(NUMBER)]);
  numberIn("spoilt.txt", spoilt, `本日の件です。\ufffd${NUMBER}`);
});

test("NUL, bidi controls, joiners and combining marks", () => {
  for (const text of [
    `a\0b\0${NUMBER}\0`,
    `\u202e${NUMBER}\u202c です`,
    `${NUMBER.slice(0, 9)}\u200b${NUMBER.slice(9, 13)}\u2066${NUMBER.slice(13)}`,
    `${"e\u0301".repeat(5000)} ${NUMBER}`,
    `e${"\u0301".repeat(100_000)} ${NUMBER}`,
    `か\u3099き\u3099 ${NUMBER}`,
    `😀${"👨‍👩‍👧".repeat(1000)} ${NUMBER}`,
  ]) {
    numberIn("signs.txt", text, text);
  }
});

test("one line of twenty megabytes, and a million digits in a row", () => {
  const prose = "お世話になっております。資料の件、".repeat(400_000);
  const line = `${prose}${NUMBER}、${prose.slice(0, 1000)}`;
  assert.ok(Buffer.byteLength(line) > 20_000_000);
  numberIn("line.txt", line, line);
  const digits = `${"7".repeat(1_000_000)} ${NUMBER}`;
  numberIn("digits.txt", digits, digits);
  const groups = `${"7777 ".repeat(200_000)}\n${NUMBER}`;
  numberIn("groups.txt", groups, groups);
});

test("half a surrogate pair in the JSON of a draft", () => {
  const draft = (/** @type {string} */ text) => `{"from":"sato@kodama.example.jp","to":["ito@c-corp.example"],"subject":"s","body":{"text":"${text}"}}`;
  for (const half of ["\\ud83d", "\\ude00", "\\ud83d\\ud83d"]) {
    const { status, stderr } = spawnSync(PROGRAM, ["check", "-"], { input: draft(half), encoding: "utf8" });
    assert.equal(status, 65, `${half}: ${stderr}`);
    assert.match(stderr, /surrogate|UTF-16|UTF-8|Unicode/i);
  }
  assert.notEqual(spawnSync(PROGRAM, ["check", "-"], { input: draft("\\ud83d\\ude00") }).status, 65);
});
