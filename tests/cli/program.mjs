// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The program `lastlook` for the tests of its policy commands, and a folder for what they write.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";

export const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
export const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
export const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-policy-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

/** @param {string} name @param {string | Buffer | object} content an object is written as JSON @returns {string} its path */
export function write(name, content) {
  const file = path.join(FOLDER, name);
  fs.mkdirSync(path.dirname(file), { recursive: true });
  const raw = typeof content === "string" || Buffer.isBuffer(content);
  fs.writeFileSync(file, raw ? content : JSON.stringify(content, null, 2));
  return file;
}

/** @param {string[]} words @param {{input?: string, cwd?: string, env?: NodeJS.ProcessEnv}} [how] */
export function lastlook(words, { input = "", cwd = FOLDER, env = {} } = {}) {
  const { status, stdout, stderr, signal } = spawnSync(PROGRAM, words, {
    input,
    cwd,
    encoding: "utf8",
    env: { ...process.env, ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  assert.equal(signal, null, `ended by ${signal}`);
  return { status, stdout, stderr };
}

/** @param {object} [more] @returns {{schema: number, lists: object} & Record<string, any>} a policy that names the inside */
export function policy(more = {}) {
  return { schema: 1, lists: { internal: ["kodama.example.jp"] }, ...more };
}

/** @param {string} to @param {object} [more] @returns {object} draft JSON */
export function mail(to, more = {}) {
  return { from: "yamada@kodama.example.jp", to, subject: "s", body: "b", ...more };
}
