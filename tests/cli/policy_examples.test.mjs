// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The policies of policy/examples, the built-in one and its presets, and the ten minutes of policy/README.md do what they say.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { FOLDER, PROJECT, lastlook } from "./program.mjs";

const EXAMPLES = path.join(PROJECT, "policy/examples");

for (const name of fs.readdirSync(EXAMPLES).filter((one) => one.endsWith(".json"))) {
  const file = path.join(EXAMPLES, name);
  test(`${name} has nothing for lint to warn of`, () => {
    const { stdout, stderr } = lastlook(["policy", "lint", "--format", "json", file]);
    assert.equal(stderr, "");
    const warnings = JSON.parse(stdout).findings.filter((/** @type {any} */ one) => one.level === "warning");
    assert.deepEqual(warnings, []);
  });
  test(`${name}: all its tests pass and each rule is noticed`, () => {
    const { status, stdout, stderr } = lastlook(["policy", "test", file]);
    assert.equal(status, 0, stdout + stderr);
  });
}

for (const [name, ...more] of [["recommended.json", "--no-builtin"], ["presets/strict.json"]]) {
  test(`${name}: all its tests pass and each rule is noticed`, () => {
    const { status, stdout, stderr } = lastlook(["policy", "test", ...more, path.join(PROJECT, "policy", name)]);
    assert.equal(status, 0, stdout + stderr);
  });
}

test("ten minutes: each file and each command of the tutorial, in order", () => {
  const page = fs.readFileSync(path.join(PROJECT, "policy/README.md"), "utf8");
  const [, tutorial = ""] = /\n## Ten minutes\n([^]*?)\n## /.exec(page) ?? [];
  let commands = 0;
  for (const [, files, kind, text = ""] of tutorial.matchAll(/([^]*?)```(\w+)\n([^]*?)```/g)) {
    if (kind === "json") {
      const name = [...(files ?? "").matchAll(/[Ss]ave as `([^`]+)`/g)].at(-1)?.[1];
      fs.writeFileSync(path.join(FOLDER, name ?? assert.fail(`what is the name of ${text}?`)), text);
    } else if (kind === "console") {
      let shown = "";
      for (const line of text.trimEnd().split("\n")) {
        if (line.startsWith("$ lastlook ")) {
          const { status, stdout, stderr } = lastlook(line.slice("$ lastlook ".length).split(" "), { cwd: FOLDER });
          assert.ok(status === 0 || status === 1, `${line}: ${stderr}`);
          assert.equal(stderr, "", line);
          shown = stdout;
          commands++;
        } else {
          // What stands before "…" is what comes.
          const [beginning = ""] = line.split("…");
          assert.ok(shown.split("\n").some((one) => one.startsWith(beginning)), `${line}\nnot in\n${shown}`);
        }
      }
    }
  }
  assert.ok(commands >= 6, String(commands));
});
