// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Lists that scripts write are what the scripts write.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { withLists } from "../policy/lists/write-lists.mjs";

const PROJECT = fileURLToPath(new URL("..", import.meta.url));
/** @param {string} file */
const read = (file) => fs.readFileSync(path.join(PROJECT, file), "utf8");

test("recommended.json has the lists of policy/lists", () => {
  const policy = read("policy/recommended.json");
  assert.equal(withLists(policy), policy, "run node policy/lists/write-lists.mjs");
});

test("no list says a thing twice", () => {
  for (const name of ["free-mail", "well-known-domains"]) {
    const entries = read(`policy/lists/${name}.txt`).split("\n").filter((line) => line && !line.startsWith("#"));
    assert.deepEqual(entries.filter((entry, index) => entries.indexOf(entry) !== index), [], name);
    for (const entry of entries) assert.match(entry, /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/, name);
  }
});

test("the surnames have the form in which the host reads them, and their source's licence is beside them", () => {
  const text = read("host/detect/data/surnames.txt");
  const japanese = text.split("[ja]\n")[1]?.split("\n[zh]")[0]?.split("\n") ?? [];
  assert.ok(japanese.length > 5_000);
  for (const line of japanese) assert.match(line, /^[^ a-z]+( [ァ-ヶー]+){0,3}$/u);
  const surnames = japanese.map((line) => line.split(" ")[0]);
  assert.equal(new Set(surnames).size, surnames.length);
  assert.ok(japanese.filter((line) => line.includes(" ")).length > japanese.length * 0.99, "nearly all have a reading");
  assert.match(read("host/detect/data/ipadic-licence.txt"), /Nara Institute of Science[\s\S]*NO WARRANTY/);
});

test("make_surnames.py writes the list that is here", (t) => {
  const { status, stderr } = spawnSync("python3", ["host/detect/data/make_surnames.py", "--check"], { cwd: PROJECT, encoding: "utf8" });
  // The list is in the tree, so that nobody needs its source; where the package is not installed nothing can be compared.
  if (status === 69) return t.diagnostic(`not compared: ${stderr.trim()}`);
  assert.equal(status, 0, `the list is another one: ${stderr}`);
});
