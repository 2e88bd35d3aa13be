// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the folders promise: core knows no mail client, pages do not reach into core, and no rule lives in JavaScript.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { filesUnder } from "../../extension/build.mjs";

const EXTENSION = fileURLToPath(new URL("../../extension/", import.meta.url));

const files = ["core", "ui", "clients"]
  .flatMap((folder) => filesUnder(join(EXTENSION, folder)))
  .map((path) => ({ path, name: relative(EXTENSION, path), text: readFileSync(path, "utf8") }));
const scripts = files.filter(({ name }) => name.endsWith(".js"));

/** @param {string} text */
const withoutComments = (text) => text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(?<![:"'`])\/\/.*$/gm, "");

test("core mentions no browser and no mail program", () => {
  const core = scripts.filter(({ name }) => name.startsWith("core/"));
  assert.ok(core.length >= 6);
  for (const { name, text } of core) {
    assert.doesNotMatch(withoutComments(text), /\b(browser|messenger|chrome|window|document|thunderbird|gmail)\s*[.\[]/i, name);
  }
});

test("imports go from clients to pages and from both to core, never the other way, and never out of the extension", () => {
  const allowed = { core: ["core"], ui: ["ui"], clients: ["clients", "core", "ui"] };
  for (const { path, name, text } of scripts) {
    const folder = /** @type {keyof typeof allowed} */ (name.split("/")[0]);
    for (const [, from = ""] of text.matchAll(/^import .* from "([^"]+)";$/gm)) {
      assert.ok(from.startsWith("."), `${name} imports ${from}`);
      const target = relative(EXTENSION, resolve(dirname(path), from)).split("/")[0] ?? "";
      assert.ok(allowed[folder].includes(target), `${name} imports ${from}`);
    }
  }
});

test("nothing of a mail can become markup or code", () => {
  for (const { name, text } of scripts) {
    assert.doesNotMatch(text, /\.(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)\b|document\.write|\beval\(|new Function\(/, name);
  }
});

test("every file has its licence and is type-checked", () => {
  for (const { name, text } of files) {
    if (name.endsWith(".json")) continue;
    assert.match(text.slice(0, 120), /SPDX-License-Identifier: MPL-2\.0/, name);
    if (name.endsWith(".js")) assert.match(text, /^\/\/ @ts-check$/m, name);
  }
});
