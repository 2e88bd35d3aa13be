// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What policy/README.md tells programs of the JSON that each command answers is what they get: every key, and no other.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { PROJECT, lastlook, mail, policy, write } from "./program.mjs";

const CHAPTER = /With `--format json`:\n([^]*?)\n\n/.exec(fs.readFileSync(path.join(PROJECT, "policy/README.md"), "utf8"))?.[1] ?? "";

/** @param {string} command @returns {string[]} every key that the page names */
function told(command) {
  const line = CHAPTER.split("\n").find((row) => row.startsWith(`| \`${command}\``)) ?? assert.fail(`${command} is not told`);
  const snippets = [...line.matchAll(/`([^`]*)`/g)].map(([, text = ""]) => text).filter((text) => text.includes('"'));
  return [...new Set(snippets.flatMap((text) => [...text.matchAll(/"(\w+)"/g)].map(([, key = ""]) => key)))].sort();
}

/** Objects whose keys are not the command's: a verdict, a policy, what a policy says, names of rules' keys. */
const OPAQUE = ["verdict", "params", "seen", "before", "after", "expected", "evidence"];

/**
 * @param {any} value
 * @param {string[]} opaque
 * @param {string[]} named objects whose keys are names, not words
 * @returns {string[]}
 */
function keysOf(value, opaque = OPAQUE, named = ["keys", "why"]) {
  if (typeof value !== "object" || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((one) => keysOf(one, opaque, named));
  return Object.entries(value).flatMap(([key, member]) => {
    if (opaque.includes(key)) return [key];
    return [key, ...keysOf(named.includes(key) && !Array.isArray(member) ? Object.values(member) : member, opaque, named)];
  });
}

/** @param {string} command @param {string[]} words @param {string[]} [opaque] */
function holds(command, words, opaque = OPAQUE) {
  const { stdout, stderr } = lastlook(["policy", command, "--format", "json", ...words]);
  assert.equal(stderr, "");
  const answers = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.deepEqual([...new Set(keysOf(answers, opaque))].sort(), told(command));
}

const RULE = { id: "many", mode: "confirm", if: { recipients: { min: 2 } } };
const FILE = write("policy.json", {
  ...policy({
    groups: { sales: { addresses: ["*@sales.kodama.example.jp"] } },
    rules: [
      RULE,
      { id: "sales", mode: "confirm", scope: { senders: ["sales"] }, if: { recipients: { min: 1 } } },
      { id: "share", mode: "confirm", rollout_percent: 0, if: { recipients: { min: 1 } } },
      { id: "known", mode: "confirm", if: { first_time: {} } },
      { id: "not-partners", mode: "confirm", if: { recipients: { min: 1 } }, unless: { recipients: { in: "partners" } } },
    ],
    exemptions: [
      { id: "EX-1", rules: ["many"], if: { recipients: { min: 1 } }, reason: "r", owner: "o", until: "2099-01-01" },
      { id: "EX-2", rules: ["many"], scope: { senders: ["sales"] }, if: { recipients: { min: 1 } }, reason: "r", owner: "o", until: "2099-01-01" },
    ],
    tests: [{ name: "fails", mail: mail("a@x.example"), expect: { disposition: "block" } }],
  }),
  lists: { internal: ["kodama.example.jp"], partners: ["p.example"] },
});
const GOOD = write("good.json", policy({ rules: [RULE], tests: [{ name: "n", mail: mail("a@x.example"), expect: { disposition: "allow" } }] }));
const CONTEXT = write("context.json", { now: "2026-11-20T09:00:00+09:00", seat: "s" });

test("lint", () => holds("lint", [path.join(PROJECT, "tests/cli/lint/unused-list.json")]));
test("test", () => holds("test", [FILE, GOOD]));
test("explain", () => holds("explain", ["--policy", FILE, "--context", CONTEXT, write("mail.json", mail("a@p.example, b@p.example"))]));
test("effective", () => holds("effective", ["--why", FILE], [...OPAQUE, "policy"]));
const STRICTER = write("stricter.json", policy({ rules: [{ ...RULE, mode: "block" }] }));
test("diff", () => holds("diff", [GOOD, STRICTER]));
