// SPDX-License-Identifier: MPL-2.0
// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";
import { changesOf, pageModel, stillOpen } from "../../extension/ui/view_model.js";
import { Countdown } from "../../extension/ui/countdown.js";
import { SETTLE_MS, KeyGuard } from "../../extension/ui/key_guard.js";
import { fileKind } from "../../extension/ui/file_kind.js";
import { FAILURE_TEXTS } from "../../extension/ui/failure_texts.js";
import { recipient, verdict } from "./verdicts.mjs";

const ITO = recipient("to[0]", "ito@c-corp.example", { organisation: "C社", name: "伊藤" });
const SATO = recipient("cc[0]", "sato@c-corp.example", { organisation: "C社" });
const WHO = recipient("cc[1]", "not an address", { side: "unknown", organisation: "" });
const HANAKO = recipient("bcc[0]", "hanako@example.co.jp", { side: "inside" });

const RESULT = { to: [ITO.address], cc: [SATO.address, WHO.address], bcc: [HANAKO.address], attachments: [], extra_mails: [] };

test("recipients stand by side, what deserves a look first, then by organisation", () => {
  const page = pageModel(verdict({ recipients: [HANAKO, ITO, SATO, WHO], result: RESULT }));
  assert.deepEqual(page.groups.map(({ side, count }) => [side, count]), [["outside", 2], ["unknown", 1], ["inside", 1]]);
  assert.deepEqual(page.groups[0]?.organisations.map(({ name, rows }) => [name, rows.map(({ id }) => id)]), [["C社", ["to[0]", "cc[0]"]]]);
  assert.deepEqual(page.groups[0]?.organisations[0]?.rows.map(({ field }) => field), ["to", "cc"]);
  assert.deepEqual(page.counts, { outside: 2, unknown: 1, inside: 1 });
});

/** @param {ReturnType<typeof pageModel>} page @returns {string[]} */
const ticks = (page) =>
  [
    page.everybody,
    ...page.groups.flatMap(({ tick, organisations }) => [tick, ...organisations.flatMap((one) => [one.tick, ...one.rows.map((row) => row.tick)])]),
    ...Object.values(page.places),
    ...page.files.values(),
    ...page.others,
  ].flatMap((id) => (id ? [id] : []));

for (const acknowledge of [
  ["to[0]", "cc[0]"],
  ["organisation:C社"],
  ["organisation:c-corp.example"],
  ["outside"],
  ["everybody"],
  ["sender", "subject", "body", "attachments"],
  ["attachments[0]", "attachments[11]", "attachments", "attachments[x]"],
  ["to[7]", "organisation:nobody.example", "moon"],
  ["inside", "unknown", "outside", "to[0]"],
  [],
]) {
  test(`every item to acknowledge has exactly one tick: ${acknowledge.join(" ") || "none"}`, () => {
    const page = pageModel(verdict({ recipients: [HANAKO, ITO, SATO, WHO], acknowledge, result: RESULT }));
    assert.deepEqual(ticks(page).sort(), [...acknowledge].sort());
  });
}

test("no side and no tick is made up: they are the verdict's", () => {
  const swapped = pageModel(verdict({ recipients: [{ ...HANAKO, side: "outside" }, { ...ITO, side: "inside" }], result: RESULT }));
  assert.deepEqual(swapped.groups.map(({ side, organisations }) => [side, organisations[0]?.rows[0]?.address]), [["outside", HANAKO.address], ["inside", ITO.address]]);
  assert.deepEqual(ticks(swapped), []);
});

test("changes: moved, added, removed", () => {
  const result = { to: [ITO.address], cc: [], bcc: ["SATO@c-corp.example", '"Audit, A." <audit@example.com>'], attachments: [], extra_mails: [] };
  const page = pageModel(verdict({ recipients: [ITO, SATO, HANAKO], result }));
  assert.deepEqual(page.changes, [
    { kind: "moved", name: "", address: "sato@c-corp.example", from: "cc", to: "bcc" },
    { kind: "removed", name: "", address: "hanako@example.co.jp", from: "bcc", to: null },
    { kind: "added", name: "Audit, A.", address: "audit@example.com", from: null, to: "bcc" },
  ]);
  const rows = page.groups.flatMap(({ organisations }) => organisations.flatMap(({ rows: all }) => all));
  assert.deepEqual(rows.map(({ id, movesTo, removed }) => [id, movesTo, removed]), [["to[0]", null, false], ["cc[0]", "bcc", false], ["bcc[0]", null, true]]);
});

test("who was found stands marked among the recipients, the gravest mark first", () => {
  const finding = (/** @type {string} */ condition, /** @type {string[]} */ places) => ({
    rule: condition, mode: /** @type {const} */ ("confirm"), condition, title: "", message: "", on: /** @type {const} */ ("draft"),
    evidence: places.map((where) => ({ where, excerpt: "", start: 0, end: 0, why: "" })), evidence_total: places.length, fixes: [],
  });
  const findings = [finding("first_time", ["to[0]", "cc[0]"]), finding("lookalike_domain", ["to[0]"]), finding("lookalike_domain", ["to[0]"]), finding("recipients", ["cc[1]"])];
  const page = pageModel(verdict({ recipients: [ITO, SATO, WHO], findings, result: RESULT }));
  const marks = page.groups.flatMap(({ organisations }) => organisations.flatMap(({ rows }) => rows.map((row) => [row.id, row.marks])));
  assert.deepEqual(Object.fromEntries(marks), { "to[0]": ["lookalike", "new"], "cc[0]": ["new"], "cc[1]": [] });
});

test("what readers see is what will be sent, without those in Bcc", () => {
  const result = { to: ['"Ito" <ito@c-corp.example>'], cc: [], bcc: ["a@d.example", "b@d.example"], attachments: [], extra_mails: [] };
  const { seen } = pageModel(verdict({ recipients: [ITO, SATO], result }));
  assert.deepEqual(seen, { to: [{ name: "Ito", address: "ito@c-corp.example" }], cc: [], visible: 1, hidden: 2 });
});

test("what the host says beyond the recipients is handed on", () => {
  const changes = [{ where: /** @type {const} */ ("body"), by: "foot", label: "Add this text", text: "Kodama" }];
  const notices = [{ id: "n", by: "r", text: "From 5 January …" }];
  const obligations = [{ kind: "add_text", by: "foot", params: {} }, { kind: "remove_recipients", by: "x", params: {}, problem: "Nobody would be left." }];
  const page = pageModel(verdict({ changes, notices, obligations, count_of: "outside", retype: ["attachments[2]", "attachments[0]", "moon"] }));
  assert.deepEqual(page.additions, changes);
  assert.deepEqual(page.notices, notices);
  assert.deepEqual(page.problems, ["Nobody would be left."]);
  assert.equal(page.countOf, "outside");
  assert.deepEqual(page.retype, [2, 0]);
  const quiet = pageModel(verdict());
  assert.deepEqual([quiet.additions, quiet.notices, quiet.problems, quiet.countOf, quiet.retype], [[], [], [], "everybody", []]);
});

test("the window's settings are the verdict's; without them there is no button, no wait, no message", () => {
  const set = pageModel(verdict({ acknowledge: ["to[0]", "cc[0]"], tick_all: true, countdown_seconds: 5, top_message: "社外秘は送らない" }));
  assert.deepEqual([set.tickAll, set.countdownSeconds, set.topMessage], [true, 5, "社外秘は送らない"]);
  const quiet = pageModel(verdict({ acknowledge: ["to[0]", "cc[0]"] }));
  assert.deepEqual([quiet.tickAll, quiet.countdownSeconds, quiet.topMessage], [false, 0, ""]);
});

test("Send waits the whole time for every mail, and once for the same", () => {
  const countdown = new Countdown();
  assert.equal(countdown.secondsLeft(0), 0);
  countdown.show("sha256:a", 3, 1000);
  assert.deepEqual([1000, 1001, 2000, 3999, 4000, 9000].map((now) => countdown.secondsLeft(now)), [3, 3, 2, 1, 0, 0]);
  countdown.show("sha256:a", 3, 3000);
  assert.equal(countdown.secondsLeft(3999), 1, "shown again with a note");
  countdown.show("sha256:b", 3, 5000);
  assert.equal(countdown.secondsLeft(5000), 3, "another mail");
  countdown.show("sha256:c", 0, 6000);
  assert.equal(countdown.secondsLeft(6000), 0);
});

test("nothing changed shows nothing", () => {
  assert.deepEqual(changesOf(verdict({ recipients: [ITO, SATO, WHO, HANAKO], result: RESULT })), []);
});

test("what is still open", () => {
  const asks = { reason: true, count: true, names: true };
  const none = { ticks: ["a", "b"], ticked: new Set(["a"]), asks, reason: " ", typedCount: "", typedNames: ["", "x"] };
  assert.deepEqual(stillOpen(none), { ticks: 1, reason: true, count: true, names: true });
  assert.deepEqual(stillOpen({ ...none, typedNames: [] }).names, true);
  assert.deepEqual(stillOpen({ ...none, typedCount: "1e3" }).count, true);
  const given = { ticks: ["a"], ticked: new Set(["a", "zz"]), asks, reason: "ok", typedCount: "12", typedNames: ["x"] };
  assert.deepEqual(stillOpen(given), { ticks: 0, reason: false, count: false, names: false });
  const unasked = { reason: false, count: false, names: false };
  assert.deepEqual(stillOpen({ ...none, ticks: [], asks: unasked }), { ticks: 0, reason: false, count: false, names: false });
});

test("keys held when the window came up are ignored, later ones are not", () => {
  const down = (/** @type {string} */ key, repeat = false) => ({ type: "keydown", key, repeat });
  const up = { type: "keyup", key: "Enter", repeat: false };
  const guard = new KeyGuard(1000);
  assert.equal(guard.ignores(down("Enter"), 1001, false), true);
  assert.equal(guard.ignores(down("Tab"), 1000 + SETTLE_MS - 1, false), true);
  assert.equal(guard.ignores(down("Enter"), 1000 + SETTLE_MS, false), false);
  assert.equal(guard.ignores(down("Enter", true), 9000, false), true, "held");
  assert.equal(guard.ignores(down("Backspace", true), 9000, false), false);
  assert.equal(guard.ignores(down(" ", true), 9000, true), false, "held in a text field");

  const early = new KeyGuard(1000);
  assert.equal(early.ignores(up, 1010, false), true, "the key of before goes up");
  assert.equal(early.ignores(down("Escape"), 1020, false), false, "and from then on keys are meant for this window");
});

test("file names are given a word", () => {
  assert.deepEqual(fileKind("見積.XLSX"), { message: "kindSpreadsheet", extension: "xlsx" });
  assert.deepEqual(fileKind("a.tar.gz").message, "kindArchive");
  assert.deepEqual(fileKind("invoice.pdf.exe").message, "kindProgram");
  for (const odd of ["README", ".bashrc", "", "a.verylongext"]) assert.equal(fileKind(odd).message, "kindFile");
});

test("every failure has its words", () => {
  for (const [kind, { what, todo }] of Object.entries(FAILURE_TEXTS)) assert.ok(what && todo, kind);
});
