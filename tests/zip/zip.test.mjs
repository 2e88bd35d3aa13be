// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The ZIPs that host/zip writes, opened by the programs that recipients have.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const WRITER = path.join(process.env.LASTLOOK_CLI ? path.dirname(process.env.LASTLOOK_CLI) : path.join(PROJECT, "build/ci/host"), "../tests/zip/write_zip");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-zip-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));
const ENVIRONMENT = { ...process.env, LC_ALL: "C.UTF-8" };
const PASSWORD = "k4mp-x7rd-h3tw-e9vn-j6cf";

/** Names and bytes of each sort: to be stored, to be deflated, empty, of one byte. @type {Record<string, Buffer>} */
const FILES = {
  "見積書（最終版）.xlsx": randomBytes(300_000),
  "議事録.txt": Buffer.from("本日の議題は見積の件です。\n".repeat(20_000)),
  "🍣 menu 한국어 中文.pdf": randomBytes(70_000),
  "empty.dat": Buffer.alloc(0),
  "one.dat": Buffer.from("x"),
};
for (const [name, bytes] of Object.entries(FILES)) fs.writeFileSync(path.join(FOLDER, name), bytes);
const ZIP = write("all.zip", PASSWORD, Object.keys(FILES).map((name) => path.join(FOLDER, name)));

/** @param {string} name @param {string} password @param {string[]} files @returns {string} its path */
function write(name, password, files) {
  const file = path.join(FOLDER, name);
  fs.writeFileSync(file, execFileSync(WRITER, [password, ...files], { maxBuffer: 1 << 30 }));
  return file;
}

/** @param {string} program @param {string[]} words @param {string} [cwd] */
function run(program, words, cwd = FOLDER) {
  const { status, stdout, stderr, error } = spawnSync(program, words, { cwd, env: ENVIRONMENT, encoding: "utf8", input: "", maxBuffer: 1 << 28 });
  assert.equal(error, undefined);
  return { status, text: stdout + stderr };
}

/** @param {string} name of a folder in which a program has unpacked everything */
function assertUnpacked(name) {
  const folder = path.join(FOLDER, name);
  assert.deepEqual(fs.readdirSync(folder).sort(), Object.keys(FILES).sort());
  for (const [file, bytes] of Object.entries(FILES)) assert.ok(fs.readFileSync(path.join(folder, file)).equals(bytes), file);
}

test("7-Zip opens them: names and bytes", () => {
  const { status, text } = run("7zz", ["x", `-p${PASSWORD}`, "-oby-7z", ZIP]);
  assert.equal(status, 0, text);
  assertUnpacked("by-7z");
  const listed = run("7zz", ["l", "-slt", ZIP]).text;
  assert.equal(listed.match(/Method = AES-256/g)?.length, 4, listed); // all but the empty one
  assert.equal(listed.match(/Encrypted = \+/g)?.length, 4);
});

test("bsdtar opens them: names and bytes", () => {
  fs.mkdirSync(path.join(FOLDER, "by-bsdtar"));
  const { status, text } = run("bsdtar", ["-xf", ZIP, "--passphrase", PASSWORD], path.join(FOLDER, "by-bsdtar"));
  assert.equal(status, 0, text);
  assertUnpacked("by-bsdtar");
});

test("no program opens them with another password", () => {
  assert.notEqual(run("7zz", ["t", "-pwrong", ZIP]).status, 0);
  fs.mkdirSync(path.join(FOLDER, "wrong"));
  assert.notEqual(run("bsdtar", ["-xf", ZIP, "--passphrase", "wrong"], path.join(FOLDER, "wrong")).status, 0);
});

test("Python's zipfile reads the names, sizes and date, and says what it cannot", () => {
  const script = `
import json, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as z:
    try: z.read(z.namelist()[0], b"x"); refused = ""
    except (NotImplementedError, RuntimeError) as e: refused = str(e)
    print(json.dumps({"names": {i.filename: i.file_size for i in z.infolist()}, "date": z.infolist()[0].date_time, "crc": [i.CRC for i in z.infolist()], "refused": refused}))`;
  const said = JSON.parse(run("python3", ["-c", script, ZIP]).text);
  assert.deepEqual(said.names, Object.fromEntries(Object.entries(FILES).map(([name, bytes]) => [name, bytes.length])));
  assert.deepEqual(said.date, [2026, 11, 25, 9, 30, 0]);
  assert.deepEqual(said.crc, [0, 0, 0, 0, 0]); // AE-2: the sum of a short file would tell what is in it
  assert.match(said.refused, /compression method|password|encrypted/);
});

// What recipients with old programs see; the README names programs that open it.
test("Info-ZIP's unzip refuses them clearly, and unpacks nothing that is encrypted", () => {
  const folder = path.join(FOLDER, "by-unzip");
  const { status, text } = run("unzip", ["-P", PASSWORD, ZIP, "-d", folder]);
  assert.notEqual(status, 0);
  assert.match(text, /need PK compat\. v5\.1/);
  const unpacked = fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  assert.deepEqual(unpacked, ["empty.dat"]);
});

test("more entries than the old form can count", () => {
  const zip = write("many.zip", PASSWORD, ["+65535", path.join(FOLDER, "one.dat")]);
  const { status, text } = run("7zz", ["t", `-p${PASSWORD}`, zip]);
  assert.equal(status, 0, text);
  assert.match(text, /Files: 65536/);
  assert.equal(run("bsdtar", ["-tf", zip]).text.trimEnd().split("\n").length, 65536);
});

test("without a password there is no ZIP", () => {
  const { status, stdout } = spawnSync(WRITER, ["", path.join(FOLDER, "one.dat")]);
  assert.equal(status, 1);
  assert.equal(stdout.length, 0);
});
