// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy lint: each finding has a policy in lint/ that it is found in, and nothing else is. The name up to the first
// full stop is the finding's code; a name with ".note" is a note.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { PROJECT, lastlook, policy, write } from "./program.mjs";

const FIXTURES = path.join(PROJECT, "tests/cli/lint");
const DAY = 24 * 60 * 60 * 1000;

/** @param {string} file */
function lint(file) {
  const { status, stdout, stderr } = lastlook(["policy", "lint", "--format", "json", file]);
  assert.equal(stderr, "");
  return { status, ...JSON.parse(stdout) };
}

for (const name of fs.readdirSync(FIXTURES)) {
  test(`lint finds ${name}`, () => {
    const file = path.join(FIXTURES, name);
    const { status, findings } = lint(file);
    const note = name.endsWith(".note.json");
    assert.deepEqual(findings.map((/** @type {any} */ one) => [one.code, one.level]), [[name.split(".")[0], note ? "note" : "warning"]]);
    assert.equal(status, note ? 0 : 1);
    assert.notEqual(findings[0].remedy, "");
    if (name !== "inside-empty.json") {
      assert.equal(findings[0].file, file);
      assert.ok(findings[0].line > 0);
    }
  });
}

test("every code that the source knows has a policy that it is found in", () => {
  const source = fs.readFileSync(path.join(PROJECT, "host/cli/lint_findings.cpp"), "utf8");
  const codes = [...source.matchAll(/(?:Warn|Note|Find)\(\s*"([a-z-]+)"|push_back\(\{"([a-z-]+)"|\? "(unused-list)" : "(unused-group)"/g)];
  const named = new Set(codes.flatMap((found) => found.slice(1).filter(Boolean)));
  assert.ok(named.size > 15, [...named].join(" "));
  const fixtures = new Set(fs.readdirSync(FIXTURES).map((name) => name.split(".")[0]));
  fixtures.add("exemption-ends-soon"); // below: its date moves
  assert.deepEqual([...named].filter((code) => !fixtures.has(code ?? "")), []);
});

test("an exemption that ends within thirty days is noted, a later one is not", () => {
  const rules = [{ id: "r", mode: "confirm", if: { recipients: { min: 1 } } }];
  const until = (/** @type {number} */ days) => {
    const end = new Date(Date.now() + days * DAY).toISOString().slice(0, 19) + "Z";
    const exemptions = [{ id: "EX", rules: ["r"], if: { attachments: { min: 1 } }, reason: "r", owner: "sato", until: end }];
    return lint(write(`in-${days}.json`, policy({ rules, exemptions })));
  };
  const soon = until(29);
  assert.deepEqual(soon.findings.map((/** @type {any} */ one) => [one.code, one.level]), [["exemption-ends-soon", "note"]]);
  assert.match(soon.findings[0].remedy, /sato/);
  assert.equal(soon.status, 0);
  assert.deepEqual(until(31).findings, []);
});

test("what looks alike but is meant is let be", () => {
  const rules = [
    { id: "some-in-some-out", mode: "confirm", if: { all: [{ recipients: { in: "partners" } }, { recipients: { not_in: "partners" } }] } },
    { id: "nobody", mode: "confirm", if: { recipients: { in: "blocked", max: 0 } } },
    { id: "copies-too", mode: "warn", scope: { senders: ["*@kodama.example.jp"] }, if: { recipients: { in: "partners" } }, do: [{ add_bcc: ["a@kodama.example.jp"] }] },
    { id: "asks-too", mode: "confirm", scope: { senders: ["*@kodama.example.jp"] }, if: { recipients: { in: "partners" } } },
  ];
  const file = write("meant.json", { ...policy({ rules }), lists: { internal: ["kodama.example.jp"], partners: ["p.example"] } });
  assert.deepEqual(lint(file).findings, []);
});

test("a misspelt name is refused with the nearest one, and so is what this version cannot carry out", () => {
  /** @type {[object, RegExp][]} */
  const refused = [
    [{ id: "r", mode: "confirm", if: { recipient: {} } }, /:\d+:\d+: there is no condition "recipient".*did you mean "recipients"/],
    [{ id: "r", mode: "confirm", if: { recipients: { in: "partner" } } }, /did you mean "partners"/],
    [{ id: "r", mode: "confirm", if: { recipients: { min: 3, max: 2 } } }, /can never be true/],
    [{ id: "externl", mode: "off" }, /no rule "externl".*did you mean "external"/],
    [{ id: "r", mode: "warn", if: { recipients: {  min: 1 } }, do: [{ add_bc: ["a@kodama.example.jp"] }] }, /did you mean "add_bcc"/],
  ];
  for (const [rule, words] of refused) {
    const { status, stderr } = lastlook(["policy", "lint", write("refused.json", policy({ rules: [rule] }))]);
    assert.equal(status, 78, JSON.stringify(rule));
    assert.match(stderr, words);
  }
  const locked = lastlook(["policy", "lint", write("locked.json", policy({ locked: ["hold.seconds"] }))]);
  assert.equal(locked.status, 78);
  assert.match(locked.stderr, /:\d+:\d+: "hold.seconds" locks no setting/);
});

test("people read place, message, remedy and code", () => {
  const { stdout } = lastlook(["policy", "lint", path.join(FIXTURES, "unused-list.json")]);
  assert.match(stdout, /^warning {2}.*unused-list\.json:\d+:\d+: no rule names the list "words" \(use it, or remove it\) {2}\[unused-list\]\n/);
  assert.match(stdout, /1 finding\n$/);
});
