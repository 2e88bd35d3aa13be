// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Policies that are huge, deep or wrong: refused with a place and a remedy, in a time that has to do with their size.
import assert from "node:assert/strict";
import test from "node:test";
import { lastlook, policy, write } from "./program.mjs";

const RULE = { id: "r", mode: "confirm", if: { recipients: { min: 1 } } };

/** @param {object} more */
const rule = (more) => policy({ rules: [{ ...RULE, ...more }] });

/** @param {number} depth conditions in conditions @returns {any} */
const nested = (depth) => (depth === 0 ? { recipients: { min: 1 } } : { not: nested(depth - 1) });

/** @type {[string, string | Buffer | object, RegExp][]} what it is, the policy, what is said */
const BAD = [
  ["more than 4 MiB", { schema: 1, "x-notes": "n".repeat(4 << 20) }, /bad\.json: .*larger than 4 MiB \(put long lists into files of their own\)/],
  ["brackets without end", "[".repeat(3 << 20), /bad\.json:1:\d+: .*32.*\(.+\)/],
  ["objects without end", '{"schema":1,"rules":' + '{"a":'.repeat(100_000), /bad\.json:1:\d+: .*32.*\(.+\)/],
  ["conditions deeper than 32", rule({ if: nested(40) }), /bad\.json:\d+:\d+: .*32.*\(.+\)/],
  ["cut off", '{"schema":1,"rules":[{"id":"r"', /bad\.json:1:\d+: .+ \(.+\)/],
  ["not UTF-8", Buffer.concat([Buffer.from('{"schema":1,"policy":{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}}')]), /bad\.json:1:\d+: .*UTF-8.*\(.+\)/],
  ["a number beyond all", '{"schema":1,"rules":[{"id":"r","rollout_percent":1e999}]}', /bad\.json:1:\d+: .+ \(.+\)/],
  ["a key twice", '{"schema":1,\n"lists":{},\n"lists":{}}', /bad\.json:3:\d+: .*"lists".*\(.+\)/],
  ["a pattern that is none", rule({ if: { text: { patterns: ["ok", "(a"] } } }), /bad\.json:\d+:\d+: this is no pattern: .*\(write it in the syntax of RE2/],
  ["a pattern with a back-reference", rule({ if: { text: { patterns: "(a)\\1" } } }), /bad\.json:\d+:\d+: this is no pattern.*back-references/],
  ["a pattern that takes too much", rule({ if: { text: { patterns: "((a{1,100}){1,100}){1,100}" } } }), /bad\.json:\d+:\d+: .*(too much memory|no pattern).*\(.+\)/],
  ["a pattern that matches nothing", rule({ if: { text: { patterns: "a*" } } }), /bad\.json:\d+:\d+: .*found everywhere.*\(.+\)/],
  ["a list that is not there", rule({ if: { recipients: { in: "partnres" } } }), /bad\.json:\d+:\d+: there is no list "partnres".*did you mean "partners"/],
  ["a group that is not there", { ...rule({ scope: { senders: ["salse"] } }), groups: { sales: { addresses: ["a@kodama.example.jp"] } } }, /bad\.json:\d+:\d+: there is no group "salse".*did you mean "sales"/],
  ["a date that is none", rule({ scope: { until: "2026-02-30" } }), /bad\.json:\d+:\d+: .*2026-02-30.*\(.+\)/],
  ["a time zone that is none", policy({ policy: { id: "a", issued: "2026-11-20T09:00:00" } }), /bad\.json:\d+:\d+: .*is not a date and time.*\(write it like 2026-11-20T09:00:00\+09:00\)/],
  ["an end of an entry that is none", { schema: 1, lists: { internal: [{ entry: "a.example", until: "tomorrow" }] } }, /bad\.json:\d+:\d+: "tomorrow" is not a date \(write it like 2027-03-31\)/],
  ["hours that are none", rule({ scope: { hours: "9-17" } }), /bad\.json:\d+:\d+: "9-17" is no span of the day \(.+\)/],
  ["two rules of one id", policy({ rules: [RULE, { ...RULE, mode: "block" }] }), /bad\.json:\d+:\d+: two rules have the id "r" \(give each an id of its own\)/],
  ["an id that is none", rule({ id: "a b" }), /bad\.json:\d+:\d+: "a b" is no id \(.+\)/],
  ["a misspelt key", rule({ unles: { recipients: { min: 1 } } }), /bad\.json:\d+:\d+: the key "unles".*did you mean "unless"/],
  ["a list file that is not there", { schema: 1, lists: { "opt-out": { file: "gone.csv" } } }, /bad\.json:\d+:\d+: the list file ".*gone\.csv".*\(.+\)/],
  ["a list file elsewhere", { schema: 1, lists: { "opt-out": { file: "../../etc/passwd" } } }, /bad\.json:\d+:\d+: .*is no name of a list file \(.+\)/],
];

for (const [what, content, said] of BAD) {
  test(`${what}: refused with place and remedy`, () => {
    const began = performance.now();
    const { status, stdout, stderr } = lastlook(["policy", "lint", write("bad.json", content)]);
    assert.deepEqual([status, stdout], [78, ""]);
    assert.match(stderr, said);
    assert.ok(stderr.length < 2000, "it can be read");
    assert.ok(performance.now() - began < 20_000);
  });
}

test("what is large but allowed is taken: 50,000 entries, 2,000 rules, conditions up to the depth", () => {
  const entries = Array.from({ length: 50_000 }, (_, i) => `customer-${i}.example`);
  const rules = Array.from({ length: 2_000 }, (_, i) => ({ ...RULE, id: `r-${i}`, if: { recipients: { min: i + 1 } } }));
  const large = { schema: 1, lists: { internal: ["kodama.example.jp"], customers: entries }, rules: [...rules, { ...RULE, id: "deep", if: nested(25) }] };
  const { status, stderr } = lastlook(["policy", "effective", "--format", "json", write("large.json", large)]);
  assert.deepEqual([status, stderr], [0, ""]);
});
