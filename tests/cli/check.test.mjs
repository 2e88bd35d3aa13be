// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The program `lastlook` as a process: what a shell, a pipe and a terminal see of it.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-cli-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

const MEBIBYTE = 1024 * 1024;

/** @param {string} name @param {string | Buffer} content @returns {string} its path */
function write(name, content) {
  const file = path.join(FOLDER, name);
  fs.writeFileSync(file, content);
  return file;
}

const POLICY = write("policy.json", '{ "schema": 1, "lists": { "internal": ["kodama.example.jp"] } }');

/** @param {{from?: string, to?: string, cc?: string, subject?: string, body?: string}} mail */
function eml({ from = "yamada@kodama.example.jp", to = "sato@kodama.example.jp", cc = "", subject = "s", body = "b" }) {
  return `From: ${from}\r\nTo: ${to}\r\n${cc ? `Cc: ${cc}\r\n` : ""}Subject: ${subject}\r\n\r\n${body}\r\n`;
}

/** @param {string[]} words @param {{input?: string | Buffer, env?: NodeJS.ProcessEnv}} [how] */
function lastlook(words, { input = "", env = {} } = {}) {
  const { status, stdout, stderr, signal } = spawnSync(PROGRAM, words, {
    input,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * MEBIBYTE,
  });
  assert.equal(signal, null, `ended by ${signal}`);
  return { status, stdout, stderr };
}

/** @param {object[]} rules */
function policyWith(rules) {
  return write(`policy-${Math.random()}.json`, JSON.stringify({ schema: 1, lists: { internal: ["kodama.example.jp"] }, rules }));
}

test("the version is the project's", () => {
  const [, version] = /project\(lastlook VERSION (\S+)/.exec(fs.readFileSync(path.join(PROJECT, "CMakeLists.txt"), "utf8")) ?? [];
  assert.deepEqual(lastlook(["--version"]), { status: 0, stdout: `lastlook ${version}\n`, stderr: "" });
});

test("each disposition has its exit status, and the highest of several mails wins", () => {
  const mail = write("inside.eml", eml({}));
  const always = { if: { recipients: { min: 1 } } };
  /** @type {[object[], number, string][]} */
  const expected = [
    [[], 0, "allow"],
    [[{ id: "copy", mode: "warn", ...always, do: [{ add_bcc: ["audit@kodama.example.jp"] }] }], 10, "modify"],
    [[{ id: "wait", mode: "hold", ...always, do: [{ hold: { minutes: 3 } }] }], 20, "delay"],
    [[{ id: "stop", mode: "block", ...always }], 30, "block"],
  ];
  for (const [rules, status, disposition] of expected) {
    const answer = lastlook(["check", "--format", "json", "--policy", policyWith(rules), mail]);
    assert.equal(answer.status, status, answer.stderr);
    assert.equal(JSON.parse(answer.stdout).disposition, disposition);
  }
  const stop = policyWith([{ id: "stop", mode: "block", if: { recipients: { not_in: "internal" } } }]);
  const outside = write("outside.eml", eml({ to: "ito@c-corp.example" }));
  assert.equal(lastlook(["check", "--policy", stop, outside, mail]).status, 30);
  assert.equal(lastlook(["check", "--policy", stop, outside, path.join(FOLDER, "none.eml")]).status, 65);
});

test("the same mail gives the same bytes", () => {
  const mail = write("again.eml", eml({ to: "ito@c-corp.example, kato@d-corp.example", cc: "sato@kodama.example.jp" }));
  const words = ["check", "--format", "json", "--policy", POLICY, mail];
  assert.equal(lastlook(words).stdout, lastlook(words).stdout);
});

test("people read the verdict in three languages", () => {
  const mail = write("people.eml", eml({ to: "ito@c-corp.example" }));
  for (const [language, words] of [
    ["en", "Confirm before sending"],
    ["ja", "確認してから送信します"],
    ["zh", "确认后发送"],
  ]) {
    const { stdout, status } = lastlook(["check", "--lang", language, "--policy", POLICY, mail]);
    assert.equal(status, 0);
    assert.ok(stdout.startsWith(`■ ${words}  ${mail}\n`), stdout);
    assert.match(stdout, /\[ \] .* {2}ito@c-corp\.example/);
  }
});

test("a mail comes through a pipe, and colour does not", () => {
  const { stdout, status } = lastlook(["check", "--policy", POLICY, "-"], { input: eml({}), env: { TERM: "xterm" } });
  assert.equal(status, 0);
  assert.ok(stdout.startsWith("■ Ready to send  standard input\n"), stdout);
  assert.ok(!stdout.includes("\u001b"));
});

test("a terminal gets colour unless NO_COLOR forbids it", { skip: spawnSync("script", ["--version"]).error ? "no script(1)" : false }, () => {
  const mail = write("colour.eml", eml({}));
  /** @param {NodeJS.ProcessEnv} env */
  const onTerminal = (env) =>
    spawnSync("script", ["-qec", `"${PROGRAM}" check --policy "${POLICY}" "${mail}"`, "/dev/null"], {
      encoding: "utf8",
      env: { ...process.env, TERM: "xterm", NO_COLOR: "", ...env },
    }).stdout;
  assert.match(onTerminal({}), /\u001b\[1;32m■ Ready to send\u001b\[0m/);
  assert.doesNotMatch(onTerminal({ NO_COLOR: "1" }), /\u001b/);
  assert.doesNotMatch(onTerminal({ TERM: "dumb" }), /\u001b/);
});

/** @param {{status: number | null, stdout: string, stderr: string}} answer @param {number} status @param {RegExp} words */
function refuses(answer, status, words) {
  assert.equal(answer.status, status, answer.stdout + answer.stderr);
  assert.match(answer.stderr, words);
  assert.equal(answer.stderr.split("\n").length, 2, `one line, not: ${answer.stderr}`);
  assert.match(answer.stderr, /^lastlook: .*\(.+\)\n$/, "what, and then the remedy in brackets");
  assert.equal(answer.stdout, "");
}

test("input that is no mail is told plainly", () => {
  /** @param {string} file */
  const check = (file) => lastlook(["check", "--policy", POLICY, file]);
  refuses(check(FOLDER), 65, /this is a directory \(name the mails in it/);
  refuses(check(write("empty.eml", "")), 65, /empty\.eml: this is empty/);
  refuses(check(path.join(FOLDER, "none.eml")), 65, /none\.eml: there is no such file/);
  refuses(check(PROGRAM), 65, /lastlook: /);
  refuses(check(write("noise.bin", Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919 + (i >> 3)) & 255)))), 65, /noise\.bin/);
  refuses(check(write("prose.txt", "こんにちは。\nこれはメールではありません。\n")), 65, /prose\.txt/);
  refuses(check("/dev/null"), 65, /this is empty/);
  refuses(lastlook(["check", "-"], { input: "" }), 65, /standard input: this is empty/);
});

test("a mail of 100 MB is refused without being read", () => {
  const big = write("big.eml", eml({}));
  fs.truncateSync(big, 100 * MEBIBYTE); // sparse
  const began = Date.now();
  refuses(lastlook(["check", "--policy", POLICY, big]), 65, /larger than 64 MiB/);
  assert.ok(Date.now() - began < 2000, "it was read");
  refuses(lastlook(["check", "--policy", POLICY, "/dev/zero"]), 65, /larger than 64 MiB/);
});

test("a file that may not be read is told plainly", { skip: process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).error ? "root, and no setpriv(1)" : false }, () => {
  const secret = write("secret.eml", eml({}));
  fs.chmodSync(secret, 0);
  fs.chmodSync(FOLDER, 0o755);
  const words = ["check", secret];
  const answer =
    process.getuid?.() === 0
      ? spawnSync("setpriv", ["--reuid=65534", "--regid=65534", "--clear-groups", ...copyForAnyone(), ...words], { encoding: "utf8" })
      : spawnSync(PROGRAM, words, { encoding: "utf8" });
  refuses(answer, 65, /secret\.eml: this file may not be read/);
});

/** The program where another user can start it. @returns {string[]} */
function copyForAnyone() {
  const copy = path.join(FOLDER, "lastlook");
  fs.copyFileSync(PROGRAM, copy);
  fs.chmodSync(copy, 0o755);
  return [copy];
}

test("a refused policy names file, line, column and remedy", () => {
  const mail = write("any.eml", eml({}));
  /** @type {[string, RegExp][]} */
  const policies = [
    ["{", /p\.json:1:\d+: /],
    ['{ "schema": 1,\n  "rulez": [] }', /p\.json:2:3: .*\(.+\)/],
    ['{ "schema": 1,\n  "schema": 1 }', /p\.json:2:3: the key "schema" stands twice/],
    ['{ "schema": 1, "rules": [\n { "id": "a", "mode": "perhaps", "if": { "recipients": { "min": 1 } } } ] }', /p\.json:2:\d+: /],
    ['{ "schema": 1, "rules": [\n { "id": "a", "mode": "warn", "if": { "recipient": { "min": 1 } } } ] }', /p\.json:2:\d+: /],
    ['{ "schema": 1, "rules": [\n { "id": "a", "mode": "warn" } ] }', /p\.json:2:\d+: /],
    ["[]", /p\.json:1:1: /],
  ];
  for (const [text, words] of policies) {
    const policy = write("p.json", text);
    refuses(lastlook(["check", "--policy", policy, mail]), 78, words);
    refuses(lastlook(["policy", "lint", policy]), 78, words);
  }
  refuses(lastlook(["check", "--policy", FOLDER, mail]), 78, /lastlook-cli-/);
});

test("an answer that nobody takes is no success", { skip: fs.existsSync("/dev/full") ? false : "no /dev/full" }, () => {
  const full = fs.openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(PROGRAM, ["check", "--policy", POLICY, "-"], {
    input: eml({}),
    stdio: ["pipe", full, "pipe"],
    encoding: "utf8",
  });
  fs.closeSync(full);
  assert.equal(status, 70);
  assert.match(stderr, /could not be written/);
});

test("every sample mail gets a verdict", () => {
  const folder = path.join(PROJECT, "tests/mail");
  const mails = fs.readdirSync(folder).filter((name) => name.endsWith(".eml")).map((name) => path.join(folder, name)).sort();
  assert.ok(mails.length >= 5, `only ${mails.length} sample mails`);
  const { stdout, stderr, status } = lastlook(["check", "--format", "json", "--policy", POLICY, ...mails]);
  assert.equal(stderr, "");
  assert.ok([0, 10, 20, 30].includes(status ?? -1), String(status));
  const rows = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual(rows.map(({ mail }) => mail), mails);
  for (const { mail, verdict } of rows) assert.match(verdict.digest, /^sha256:[0-9a-f]{64}$/, mail);
});

test("without a file, lint reads the machine's policy", () => {
  const { status, stdout, stderr } = lastlook(["policy", "lint"]);
  // What stands under /etc is this machine's business; that an answer comes is ours.
  assert.ok([0, 1, 78].includes(status ?? -1), stdout + stderr);
});
