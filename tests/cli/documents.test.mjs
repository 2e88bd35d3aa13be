// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every policy that a page of the project shows is one that the program takes without a finding.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-documents-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

for (const page of ["README.md", "policy/README.md"]) {
  const examples = [...fs.readFileSync(path.join(PROJECT, page), "utf8").matchAll(/^```json\n([^]*?)^```/gm)]
    .map(([, text]) => text ?? "")
    .filter((text) => text.includes('"schema"'));

  test(`${page} shows a policy`, () => assert.ok(examples.length > 0));
  examples.forEach((text, index) => {
    test(`${page}: policy ${index + 1} is taken`, () => {
      const file = path.join(FOLDER, "policy.json");
      fs.writeFileSync(file, text);
      const { status, stdout, stderr } = spawnSync(PROGRAM, ["policy", "lint", file], { encoding: "utf8" });
      assert.equal(status, 0, stdout + stderr);
    });
  });
}
