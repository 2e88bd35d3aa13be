// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What of the Gmail client needs no browser. The rest is in tests/e2e/gmail.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import { build, filesUnder, projectVersion } from "../../extension/build.mjs";
import { sizeOf, typedRecipients } from "../../extension/clients/gmail/compose_dom.js";
import { classifyDisconnect } from "../../extension/clients/gmail/disconnects.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const manifest = JSON.parse(readFileSync(join(ROOT, "extension/clients/gmail/manifest.json"), "utf8"));

test("the package holds what its manifest and its scripts ask for, and nothing of Thunderbird", () => {
  const out = mkdtempSync(join(tmpdir(), "lastlook-build-"));
  try {
    const { folder } = build("gmail", out);
    const names = filesUnder(folder).map((file) => relative(folder, file));
    const built = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
    assert.equal(built.version, projectVersion());
    const asked = [built.background.service_worker, built.storage.managed_schema, ...built.content_scripts.flatMap((/** @type {any} */ one) => one.js)];
    for (const file of filesUnder(folder).filter((name) => name.endsWith(".js"))) {
      const text = readFileSync(file, "utf8");
      asked.push(...[...text.matchAll(/^import .* from "([^"]+)";$/gm)].map(([, from = ""]) => relative(folder, join(file, "..", from))));
      asked.push(...[...text.matchAll(/"((?:clients|ui)\/[\w./]+\.\w+)"/g)].map(([, name = ""]) => name));
    }
    assert.deepEqual(asked.filter((name) => !names.includes(name)), []);
    assert.deepEqual(names.filter((name) => name.includes("thunderbird")), []);
  } finally {
    rmSync(out, { recursive: true });
  }
});

test("the host lets in the extension that the manifest's key makes", () => {
  const digest = createHash("sha256").update(Buffer.from(manifest.key, "base64")).digest("hex").slice(0, 32);
  const id = [...digest].map((digit) => String.fromCharCode(97 + parseInt(digit, 16))).join("");
  assert.ok(readFileSync(join(ROOT, "packaging/clients.cmake"), "utf8").includes(`chrome-extension://${id}/`), id);
});

test("nothing but Gmail is asked for, and the guard is there before the page", () => {
  assert.deepEqual(manifest.host_permissions, ["https://mail.google.com/*"]);
  assert.deepEqual(manifest.permissions, ["nativeMessaging", "scripting", "storage"]);
  for (const script of manifest.content_scripts) assert.equal(script.run_at, "document_start");
});

test("the table of selectors is inert data", () => {
  const table = JSON.parse(readFileSync(join(ROOT, "extension/clients/gmail/selectors.json"), "utf8"));
  assert.equal(typeof table.version, "number");
  const strings = (/** @type {any} */ value) => (typeof value === "object" ? Object.values(value).every(strings) : typeof value === "string");
  const { version: _version, ...rest } = table;
  assert.ok(strings(rest));
});

test("what a closed port means", () => {
  /** @type {[string, string][]} */
  const texts = [
    ["Specified native messaging host not found.", "host_missing"],
    ["Access to the specified native messaging host is forbidden.", "host_missing"],
    ["Access to the native messaging host was disabled by the system administrator.", "host_missing"],
    ["Failed to start native messaging host.", "host_missing"],
    ["Error when communicating with the native messaging host.", "host_garbage"],
    ["Native host has exited.", "host_crashed"],
    ["", "host_crashed"],
  ];
  for (const [text, kind] of texts) assert.equal(classifyDisconnect(text), kind, text);
});

test("what is typed and not yet a chip is a recipient each", () => {
  assert.deepEqual(typedRecipients(""), []);
  assert.deepEqual(typedRecipients(" , ;"), []);
  assert.deepEqual(typedRecipients("ito@c-corp.example"), ["ito@c-corp.example"]);
  assert.deepEqual(typedRecipients('"Ito, Ichiro" <ito@c-corp.example>; sato@d.example'), ['"Ito, Ichiro" <ito@c-corp.example>', "sato@d.example"]);
  assert.deepEqual(typedRecipients("伊藤 <a@b.example>、c@d.example，e"), ["伊藤 <a@b.example>", "c@d.example", "e"]);
});

test("sizes as Gmail writes them", () => {
  assert.equal(sizeOf("(24K)"), 24 * 1024);
  assert.equal(sizeOf("(12,345K)"), 12_345 * 1024);
  assert.equal(sizeOf("1.5 MB"), 1.5 * 1024 ** 2);
  assert.equal(sizeOf("1,5 Mo"), 1.5 * 1024 ** 2);
  assert.equal(sizeOf(""), undefined);
});
