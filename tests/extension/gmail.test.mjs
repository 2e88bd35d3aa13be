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
import { kindAlone, placeIn, sizeOf, typedRecipients } from "../../extension/clients/gmail/compose_dom.js";
import { formOf, minuteFrom } from "../../extension/clients/gmail/date_words.js";
import { classifyDisconnect } from "../../extension/clients/gmail/disconnects.js";
import { Health } from "../../extension/clients/gmail/health.js";
import { blocksFrom } from "../../extension/clients/gmail/picked_files.js";
import { tableOf } from "../../extension/clients/gmail/selector_table.js";
import { TabHost } from "../../extension/clients/gmail/tab_host.js";

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

test("how a mail was opened stands in Gmail's address", () => {
  /** @type {[string, string, boolean, boolean][]} */
  const places = [
    ["", "#inbox", false, false],
    ["", "#inbox?compose=new", false, false],
    ["", "#drafts?compose=CllgCKCFBSNJ", true, false],
    ["", "#inbox?compose=CllgCKCFBSNJ,new", false, false],
    ["?view=cm&fs=1&to=ito@c-corp.example", "", false, true],
  ];
  for (const [search, hash, saved, byLink] of places) assert.deepEqual(placeIn({ search, hash }), { saved, byLink }, search + hash);
});

test("the kind of a mail that stands beside no other", () => {
  const opened = { recipients: ["ito@c-corp.example"], written: true, answers: false, saved: false, byLink: false };
  assert.deepEqual(kindAlone(opened), { kind: "template" });
  assert.deepEqual(kindAlone({ ...opened, recipients: [] }), { kind: "new" });
  assert.deepEqual(kindAlone({ ...opened, written: false }), { kind: "new" });
  assert.deepEqual(kindAlone({ ...opened, saved: true }), { kind: "draft" });
  assert.deepEqual(kindAlone({ ...opened, byLink: true }), { kind: "new" });
  assert.deepEqual(kindAlone({ ...opened, answers: true, saved: true }), {}, "an answer in a window of its own");
});

test("days and times are written in the form that Gmail shows, or not at all", () => {
  const now = new Date(2026, 4, 3, 9, 0);
  const at = new Date(2026, 4, 16, 13, 33);
  /** @type {[string, "day" | "time", string[], string | null][]} */
  const boxes = [
    ["May 4, 2026", "day", ["en-US"], "May 16, 2026"],
    ["8:00 AM", "time", ["en-US"], "1:33 PM"],
    ["8:00\u202fAM", "time", ["en-US"], "1:33 PM"],
    ["2026/05/04", "day", ["ja"], "2026/05/16"],
    ["8:00", "time", ["ja"], "13:33"],
    ["4 May 2026", "day", ["en-GB"], "16 May 2026"],
    ["5/4/2026", "day", ["en-US"], "5/16/2026"],
    // The fifth of April or the fourth of May: Gmail proposes only days to come.
    ["05/04/2026", "day", ["en-US", "en-GB"], "05/16/2026"],
    ["05/06/2026", "day", ["en-US", "en-GB"], null],
    ["the 4th", "day", ["en-US", "ja"], null],
    ["", "time", ["en-US"], null],
  ];
  for (const [shown, what, languages, wanted] of boxes) {
    assert.equal(formOf(shown, what, languages, now)?.(at) ?? null, wanted, `${shown} in ${languages}`);
  }
  assert.equal(minuteFrom(new Date(2026, 4, 16, 13, 32, 0, 1).getTime()).getTime(), at.getTime());
  assert.equal(minuteFrom(at.getTime()).getTime(), at.getTime(), "a whole minute stays");
});

test("a table of selectors is taken whole or not at all", () => {
  const builtIn = JSON.parse(readFileSync(join(ROOT, "extension/clients/gmail/selectors.json"), "utf8"));
  const parses = (/** @type {string} */ text) => !text.includes("[[");
  const newer = { version: builtIn.version + 1, selectors: { send: ".new", "field.to": ".to", chipName: "data-who" } };
  const table = tableOf(builtIn, newer, parses);
  assert.deepEqual([table.from, table.refused, table.selectors.send, table.selectors.field.to, table.selectors.field.cc], ["policy", "", ".new", ".to", builtIn.field.cc]);
  assert.notEqual(builtIn.send, ".new", "the one that ships is not changed");
  assert.deepEqual(tableOf(builtIn, undefined, parses), { selectors: builtIn, from: "built_in", refused: "" });
  assert.deepEqual(tableOf(builtIn, { ...newer, version: builtIn.version }, parses), { selectors: builtIn, from: "built_in", refused: "" }, "the extension has caught up");
  const refused = [
    [],
    "text",
    { selectors: {} },
    { version: 9e9 },
    { ...newer, script: "alert(1)" },
    { ...newer, selectors: { sned: ".x" } },
    { ...newer, selectors: { field: ".x" } },
    { ...newer, selectors: { composeHints: ".x" } },
    { ...newer, selectors: { version: ".x" } },
    { ...newer, selectors: { "__proto__.x": ".x" } },
    { ...newer, selectors: { send: "" } },
    { ...newer, selectors: { send: 1 } },
    { ...newer, selectors: { send: "[[" } },
    { ...newer, selectors: { send: "a".repeat(3_000) } },
    { ...newer, selectors: { chipName: "data-name]" } },
  ];
  for (const given of refused) {
    const { selectors, from, refused: why } = tableOf(builtIn, given, parses);
    assert.deepEqual([selectors, from], [builtIn, "built_in"], JSON.stringify(given));
    assert.match(why, /\w/);
  }
});

test("each problem is told once, with the table, and again when it could not be told", async () => {
  const builtIn = JSON.parse(readFileSync(join(ROOT, "extension/clients/gmail/selectors.json"), "utf8"));
  /** @type {any[]} */
  const told = [];
  let works = false;
  const request = async (/** @type {string} */ method, /** @type {any} */ params) => {
    if (!works) throw new Error("away");
    told.push([method, params]);
  };
  const health = new Health({ request });
  health.table({ selectors: { ...builtIn, version: 7 }, from: "policy", refused: "" });
  health.tell("page_unknown", "no Send");
  await new Promise((resolve) => setImmediate(resolve));
  works = true;
  for (let time = 0; time < 3; time += 1) health.tell("page_unknown", "no Send");
  await new Promise((resolve) => setImmediate(resolve));
  assert.deepEqual(told, [["client.problem", { problem: "page_unknown", detail: "no Send - selectors 7 (policy)" }]]);
});

test("a tab sees its own held mails and those that nobody else has", async () => {
  const hold = (/** @type {string} */ hold_id, /** @type {object} */ where, remaining_ms = 5_000) => ({ hold_id, where, hold_seconds: 10, remaining_ms, form: "draft" });
  const all = [hold("own", { tab: "a" }), hold("other", { tab: "b" }), hold("left", { tab: "gone" }), hold("new", {}), hold("old", {}, -60_000)];
  /** @type {any[]} */
  const asked = [];
  const request = async (/** @type {string} */ method, /** @type {any} */ params) => {
    asked.push([method, params]);
    return method === "tabs" ? { tabs: ["a", "b"] } : method === "hold.list" ? { holds: all } : { hold: hold(params.hold_id, params.where ?? {}) };
  };
  const host = new TabHost({ request }, "a");
  assert.equal((await host.request("hold.put", { hold_id: "own", owner: "o", compose_id: "c-1-a" })).hold.form, "countdown");
  await host.request("hold.put", { hold_id: "own", owner: "o", where: {} });
  assert.deepEqual(asked.at(-1), ["hold.put", { hold_id: "own", owner: "o", where: { tab: "a" } }]);
  const { holds } = await host.request("hold.list", { owner: "o" });
  assert.deepEqual(holds.map((/** @type {any} */ one) => one.hold_id), ["own", "left", "old"]);
  assert.deepEqual([host.heldIn("c-1-a"), host.composeIdOf("own"), host.composeIdOf("left")], [["own"], "c-1-a", ""]);
});

test("a picked file is refused by a rule that blocks that very file", () => {
  const verdict = (/** @type {string} */ mode, /** @type {string} */ where) => /** @type {any} */ ({ findings: [{ mode, evidence: [{ where }] }] });
  assert.equal(blocksFrom(verdict("block", "attachments[1]"), 1), true);
  assert.equal(blocksFrom(verdict("block", "attachments[1].text"), 1), true);
  assert.equal(blocksFrom(verdict("block", "attachments[0]"), 1), false, "one that is there already");
  assert.equal(blocksFrom(verdict("confirm", "attachments[1]"), 1), false);
  assert.equal(blocksFrom(verdict("block", "to[0]"), 0), false, "the recipients are not written yet");
});
