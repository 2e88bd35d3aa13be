// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy lint: each finding has a policy in lint/ that it is found in, and nothing else is. The name up to the first
// full stop is the finding's code; a name with ".note" is a note. What "x-also" names is noted besides.
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
    /** @type {[string, string][]} */
    const also = (JSON.parse(fs.readFileSync(file, "utf8"))["x-also"] ?? []).map((/** @type {string} */ code) => [code, "note"]);
    const codes = findings.map((/** @type {any} */ one) => [one.code, one.level]);
    assert.deepEqual(codes.sort(), [[name.split(".")[0], note ? "note" : "warning"], ...also].sort());
    assert.equal(status, note ? 0 : 1);
    assert.notEqual(findings[0].remedy, "");
    if (name !== "inside-empty.json") {
      assert.equal(findings[0].file, file);
      assert.ok(findings[0].line > 0);
    }
  });
}

/** @returns {Set<string>} every code that the source knows */
function codesOfSource() {
  const source = fs.readFileSync(path.join(PROJECT, "host/cli/lint_findings.cpp"), "utf8");
  const codes = [...source.matchAll(/(?:Warn|Note|Find)\(\s*"([a-z-]+)"|push_back\(\{"([a-z-]+)"|\? "(unused-list)" : "(unused-group)"|\? "(pattern-everywhere)" : "(costly-pattern)"/g)];
  return new Set(codes.flatMap((found) => found.slice(1).filter(Boolean)));
}

test("every code that the source knows has a policy that it is found in", () => {
  const named = codesOfSource();
  assert.ok(named.size > 15, [...named].join(" "));
  const fixtures = new Set(fs.readdirSync(FIXTURES).map((name) => name.split(".")[0]));
  fixtures.add("hold-without-minutes"); // "x-also" of another
  fixtures.add("exemption-ends-soon"); // below: its date moves
  assert.deepEqual([...named].filter((code) => !fixtures.has(code)), []);
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

test("what the mail programs can carry out is what lint believes", () => {
  const clients = path.join(PROJECT, "extension/clients");
  const known = fs.readFileSync(path.join(PROJECT, "host/cli/client_capabilities.h"), "utf8");
  const rows = [...known.matchAll(/\{"([A-Za-z]+)", \{([^}]*)\}/g)].map(([, client = "", can = ""]) => [client.toLowerCase(), can.match(/[a-z]+/g)]);
  const told = fs.readdirSync(clients).map((client) => {
    const [, list = ""] = /capabilities = Object\.freeze\(\[([^\]]*)\]\)/.exec(fs.readFileSync(path.join(clients, client, "adapter.js"), "utf8")) ?? [];
    return [client, list.match(/[a-z]+/g)];
  });
  assert.deepEqual(rows, told, "host/cli/client_capabilities.h says what extension/clients/*/adapter.js says");
});

test("what nobody carries out is let be where the rule is only tried out", () => {
  for (const mode of ["off", "simulate"]) {
    const rule = { id: "r", mode, if: { recipients: { min: 1 } }, do: [{ hold: { minutes: 5 } }] };
    const codes = lint(write(`${mode}.json`, policy({ rules: [rule] }))).findings.map((/** @type {any} */ one) => one.code);
    assert.ok(!codes.includes("not-carried-out"), codes.join());
  }
});

test("patterns that cost nothing and say something are let be", () => {
  const patterns = ["社外秘", "[0-9]{4}-[0-9]{4}", "(?:foo\\s*,)+", "a{1,200}", "^.{1,9}x", "\\b(?:an?|the) .{0,10}plan", "\\Q(a+)+\\E", "[(a+)+]{2}x", "\\(a+\\)+", "\\p{Han}{2,30}様", "(?i)secret.*plan", "\\w+@kodama", "[^@ ]+@kodama"];
  const rules = patterns.map((pattern, i) => ({ id: `r${i}`, mode: "confirm", if: { text: { patterns: pattern } } }));
  assert.deepEqual(lint(write("patterns.json", policy({ rules }))).findings, []);
  const costly = ["(a+)+", "(?:a|b+)*x", "((a+))+", "(\\w+)*@", "x[^y]{20}z", "a(?:\\S{0,16})b", ".+x", "(?s).*x", "[\\s\\S]*x", "(?m)(?i).*x"];
  for (const pattern of costly) {
    const found = lint(write("costly.json", policy({ rules: [{ id: "r", mode: "confirm", if: { text: { patterns: ["ok", pattern] } } }] }))).findings;
    assert.ok(found.length > 0 && found.every((/** @type {any} */ one) => one.code === "costly-pattern"), `${pattern}: ${JSON.stringify(found)}`);
    assert.ok(found[0].message.includes(pattern) && found[0].remedy !== "", pattern);
  }
});

test("a person's own file is checked on top of the organisation's", () => {
  const own = { schema: 1, rules: [{ id: "user.mine", mode: "confirm", if: { text: { patterns: "(a+)+" } } }] };
  const { stdout, status } = lastlook(["policy", "lint", "--format", "json", "--user", write("own.json", own), write("base.json", policy())]);
  assert.deepEqual(JSON.parse(stdout).findings.map((/** @type {any} */ one) => [one.code, path.basename(one.file)]), [["costly-pattern", "own.json"]]);
  assert.equal(status, 1);
  const milder = lastlook(["policy", "lint", "--user", write("milder.json", { schema: 1, settings: { "hold.minutes": 1 } }), write("base.json", policy())]);
  assert.equal(milder.status, 78);
  assert.match(milder.stderr, /milder\.json:\d+:\d+: .*may not be made milder than 5/);
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

test("every code is told in the reference, and no other", () => {
  const page = fs.readFileSync(path.join(PROJECT, "policy/README.md"), "utf8");
  const [, chapter = ""] = /\n## What lint finds\n([^]*?)\n## /.exec(page) ?? [];
  const told = [...chapter.matchAll(/^\| ((?:`[a-z-]+`(?:, )?)+) \|/gm)].flatMap(([, cell = ""]) => [...cell.matchAll(/`([a-z-]+)`/g)].map(([, code]) => code));
  assert.deepEqual(told.sort(), [...codesOfSource()].sort());
});
