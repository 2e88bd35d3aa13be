// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy test: a policy's own tests, and what they would not notice.
import assert from "node:assert/strict";
import test from "node:test";
import { lastlook, mail, policy, write } from "./program.mjs";

const MANY = {
  id: "many",
  mode: "block",
  if: { all: [{ recipients: { not_in: "internal", min: 3 } }, { text: { any_of: ["secret"] } }] },
  unless: { recipients: { in: "*.partner.example" } },
};
const THREE = "a@x.example, b@x.example, c@x.example";
const SECRET = { subject: "secret" };

const BLOCKED = { name: "three outside", mail: mail(THREE, SECRET), expect: { disposition: "block", has_rules: ["many"] } };

/** @param {string} file @param {string[]} [words] */
function report(file, words = []) {
  const { status, stdout, stderr } = lastlook(["policy", "test", "--format", "json", ...words, file]);
  assert.equal(stderr, "");
  return { status, ...JSON.parse(stdout) };
}

test("a policy whose tests pass and guard each rule is good", () => {
  const answer = report(write("good.json", policy({ rules: [MANY], tests: [BLOCKED] })));
  assert.equal(answer.status, 0);
  assert.equal(answer.ok, true);
  assert.deepEqual(answer.rules, ["many"]);
  assert.deepEqual(answer.tests.map((/** @type {any} */ one) => [one.name, one.ok]), [["three outside", true]]);
});

test("each expectation is compared, and a difference says what was seen", () => {
  const copy = { id: "copy", mode: "warn", if: { recipients: { min: 1 } }, do: [{ add_bcc: ["audit@kodama.example.jp"] }] };
  const wait = { id: "wait", mode: "hold", if: { recipients: { in: "slow.example" } }, do: [{ hold: { minutes: 2 } }] };
  const trial = { id: "trial", mode: "simulate", if: { recipients: { min: 1 } } };
  const rules = [copy, wait, trial];
  const good = {
    disposition: "delay",
    rules: ["external", "copy", "wait"],
    has_rules: ["copy"],
    not_rules: ["trial"],
    simulated: ["trial"],
    needs: ["confirm"],
    hold_seconds: 120,
    to: ["b@slow.example"],
    cc: ["a@kodama.example.jp"],
    bcc: ["audit@kodama.example.jp"],
    acknowledge: ["to[0]"],
    obligations: ["hold", "add_bcc"],
  };
  const written = mail("b@slow.example", { cc: "a@kodama.example.jp" });
  assert.deepEqual(report(write("all.json", policy({ rules, tests: [{ name: "n", mail: written, expect: good }] }))).tests[0].differences, []);

  /** @type {Record<string, any>} */
  const wrong = {
    disposition: "allow",
    rules: ["copy"],
    has_rules: ["trial"],
    not_rules: ["copy"],
    simulated: [],
    needs: [],
    hold_seconds: 60,
    to: [],
    cc: [],
    bcc: [],
    acknowledge: [],
    obligations: ["add_bcc"],
  };
  for (const [key, expected] of Object.entries(wrong)) {
    const answer = report(write(`${key}.json`, policy({ rules, tests: [{ name: "n", mail: written, expect: { [key]: expected } }] })));
    assert.equal(answer.status, 1, key);
    assert.equal(answer.tests[0].differences.length, 1, key);
    assert.equal(answer.tests[0].differences[0].key, key);
    assert.deepEqual(answer.tests[0].differences[0].expected, expected);
  }
});

test("a rule that no test notices when it is off is a failure, with its line", () => {
  const file = write("unguarded.json", policy({ rules: [MANY], tests: [{ ...BLOCKED, expect: { has_rules: ["external"] } }] }));
  const answer = report(file);
  assert.equal(answer.status, 1);
  assert.deepEqual(
    answer.unnoticed.filter((/** @type {any} */ one) => one.failure).map((/** @type {any} */ one) => [one.rule, one.change]),
    [["many", "mode block → off"]],
  );
  const { stdout } = lastlook(["policy", "test", file]);
  assert.match(stdout, /unnoticed {2}no test notices when the rule "many" is switched off {2}.*unguarded\.json:\d+/);
});

test("finer changes that no test notices are notes, and go away with better tests", () => {
  const changes = (/** @type {any} */ answer) => answer.unnoticed.map((/** @type {any} */ one) => one.change);
  assert.deepEqual(changes(report(write("few.json", policy({ rules: [MANY], tests: [BLOCKED] })))), [
    '"if" removed',
    '"recipients" removed from "all"',
    '"text" removed from "all"',
    '"recipients": "min" 3 → 2',
    '"unless" removed',
  ]);
  const two = { name: "two", mail: mail("a@x.example, b@x.example", SECRET), expect: { not_rules: ["many"] } };
  const plain = { name: "no word", mail: mail(THREE), expect: { not_rules: ["many"] } };
  const partner = { name: "partner", mail: mail(`${THREE}, d@d.partner.example`, SECRET), expect: { not_rules: ["many"] } };
  const exact = { ...BLOCKED, expect: { disposition: "block", needs: ["confirm"] } };
  assert.deepEqual(changes(report(write("many.json", policy({ rules: [MANY], tests: [exact, two, plain, partner] })))), []);
});

test("an exemption is only seen with the time, and its removal is noticed", () => {
  const exemptions = [{ id: "EX-1", rules: ["many"], if: { text: { any_of: ["minutes"] } }, reason: "r", owner: "o", until: "2030-01-01" }];
  const exempted = {
    name: "exempted",
    mail: mail(THREE, { subject: "secret minutes" }),
    context: { now: "2026-11-20T09:00:00+09:00" },
    expect: { not_rules: ["many"] },
  };
  const answer = report(write("exempted.json", policy({ rules: [MANY], exemptions, tests: [BLOCKED, exempted] })));
  assert.equal(answer.status, 0);
  assert.ok(!answer.unnoticed.some((/** @type {any} */ one) => one.rule === "EX-1"));
  const timeless = { ...exempted, context: undefined };
  assert.equal(report(write("timeless.json", policy({ rules: [MANY], exemptions, tests: [BLOCKED, timeless] }))).status, 1);
});

test("only the file's own rules and tests are judged, on the layers below it", () => {
  const below = write("below.json", policy({ rules: [MANY], tests: [{ ...BLOCKED, expect: { disposition: "allow" } }] }));
  const above = write("above.json", {
    schema: 1,
    rules: [{ id: "many", mode: "justify" }],
    tests: [{ name: "asks", mail: mail(THREE, SECRET), expect: { needs: ["confirm", "justify"] } }],
  });
  const answer = report(above, ["--policy", below]);
  assert.equal(answer.status, 0);
  assert.equal(answer.tests.length, 1);
  assert.deepEqual(answer.rules, ["many"]);
});

test("what cannot be tested is refused with its place", () => {
  /** @type {[object, RegExp][]} */
  const refused = [
    [{ ...BLOCKED, expect: { has_rulez: ["many"] } }, /:\d+:\d+: the key "has_rulez" is not known here \(did you mean "has_rules"/],
    [{ ...BLOCKED, expect: { not_rules: ["meny"] } }, /:\d+:\d+: there is no rule "meny" \(did you mean "many"/],
    [{ ...BLOCKED, expect: {} }, /this object is empty/],
    [{ ...BLOCKED, mail: { to: 5 } }, /:\d+:\d+: /],
    [{ ...BLOCKED, context: { now: "yesterday" } }, /:\d+:\d+: this is no date and time/],
    [{ ...BLOCKED, name: undefined }, /a test needs a name/],
    [{ ...BLOCKED, mail: mail("a@x.example", { attachments: [{ name: "n", path: "/etc/passwd" }] }) }, /:\d+:\d+: /],
  ];
  for (const [one, words] of refused) {
    const { status, stdout, stderr } = lastlook(["policy", "test", write("refused.json", policy({ rules: [MANY], tests: [one] }))]);
    assert.equal(status, 78, JSON.stringify(one) + stdout);
    assert.match(stderr, words);
    assert.equal(stdout, "");
  }
});

test("several files: one line each, and the worst decides", () => {
  const good = write("good.json", policy({ rules: [MANY], tests: [BLOCKED] }));
  const bad = write("bad.json", policy({ rules: [MANY] }));
  const both = lastlook(["policy", "test", "--format", "json", good, bad]);
  assert.equal(both.status, 1);
  assert.deepEqual(both.stdout.trim().split("\n").map((line) => JSON.parse(line).ok), [true, false]);
  assert.equal(lastlook(["policy", "test", good, "none.json"]).status, 78);
  assert.equal(lastlook(["policy", "test"]).status, 64);
});
