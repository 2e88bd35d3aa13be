// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy explain: why was I asked, and why was I not asked?
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { FOLDER, PROJECT, lastlook, mail, policy, write } from "./program.mjs";

const RULES = [
  {
    id: "many",
    mode: "block",
    if: { all: [{ recipients: { not_in: "internal", min: 3 } }, { not: { text: { any_of: ["agenda"] } } }] },
    unless: { recipients_outside_all: { in: "partners" } },
  },
  { id: "copy", mode: "warn", if: { recipients: { min: 1 } }, do: [{ add_bcc: ["audit@kodama.example.jp"] }] },
  { id: "sales", mode: "confirm", scope: { senders: ["sales"] }, if: { recipients: { min: 1 } } },
  { id: "either", mode: "confirm", if: { any: [{ recipients: { min: 10 } }, { attachments: { min: 1 } }] } },
  { id: "ended", mode: "confirm", scope: { until: "2020-01-01" }, if: { recipients: { min: 1 } } },
  { id: "share", mode: "confirm", rollout_percent: 0, if: { recipients: { min: 1 } } },
  { id: "off", mode: "off", if: { recipients: { min: 1 } } },
];
const EXEMPTIONS = [
  { id: "EX-1", rules: ["external"], if: { text: { any_of: ["weekly"] } }, reason: "weekly report", owner: "o", until: "2030-01-01" },
];
const POLICY = write("policy.json", {
  ...policy({ groups: { sales: { addresses: ["*@sales.kodama.example.jp"] } }, rules: RULES, exemptions: EXEMPTIONS }),
  lists: { internal: ["kodama.example.jp"], partners: ["p.example"] },
});
const CONTEXT = write("context.json", { now: "2026-11-20T09:00:00+09:00", seat: "seat-1" });
const THREE = "a@x.example, b@x.example, c@x.example";

/** @param {object} draft @param {string[]} [words] @returns {Record<string, any>} rule → explanation */
function explain(draft, words = []) {
  const answer = lastlook(["policy", "explain", "--policy", POLICY, "--context", CONTEXT, "--format", "json", ...words, write("mail.json", draft)]);
  assert.equal(answer.status, 0, answer.stderr);
  const { verdict, rules } = JSON.parse(answer.stdout);
  assert.equal(typeof verdict.disposition, "string");
  return Object.fromEntries(rules.map((/** @type {any} */ rule) => [rule.rule, rule]));
}

test("a rule that matched names its conditions, what they found and where it was written", () => {
  const { many, external } = explain(mail(THREE));
  assert.equal(many.outcome, "matched");
  assert.equal(path.basename(many.file), "policy.json");
  assert.ok(many.line > 1);
  assert.deepEqual(many.because.map((/** @type {any} */ one) => [one.path, one.condition, one.truth]), [
    ["if/all/0", "recipients", "true"],
    ["if/all/1/not", "text", "false"],
  ]);
  assert.deepEqual(many.because[0].seen, { count: "3" });
  assert.deepEqual(many.because[0].evidence.map((/** @type {any} */ one) => one.excerpt), ["a@x.example", "b@x.example", "c@x.example"]);
  assert.equal(external.layer, "built-in");
});

test("a rule that did not match names the first condition that was false", () => {
  const two = explain(mail("a@x.example, b@x.example")).many;
  assert.equal(two.outcome, "condition_false");
  assert.deepEqual(two.because.map((/** @type {any} */ one) => [one.path, one.truth, one.seen.count, one.params.min]), [["if/all/0", "false", "2", 3]]);
  const agenda = explain(mail(THREE, { subject: "agenda" })).many;
  assert.deepEqual(agenda.because.map((/** @type {any} */ one) => [one.path, one.truth, one.evidence[0].where]), [["if/all/1/not", "true", "subject"]]);
  const either = explain(mail(THREE)).either;
  assert.deepEqual(either.because.map((/** @type {any} */ one) => one.path), ["if/any/0", "if/any/1"]);
});

test("every other way not to match has its word", () => {
  const { sales, ended, share, off, many } = explain(mail("a@p.example, b@p.example, c@p.example"));
  assert.deepEqual([sales.outcome, sales.scope], ["out_of_scope", "senders"]);
  assert.deepEqual([ended.outcome, ended.scope], ["out_of_scope", "until"]);
  assert.deepEqual([share.outcome, share.rollout_percent], ["not_rolled_out", 0]);
  assert.equal(off.outcome, "off");
  assert.equal(many.outcome, "unless");
  assert.deepEqual(many.unless.map((/** @type {any} */ one) => one.path), ["unless"]);
  assert.equal(explain(mail("a@p.example", { from: "me@private.example" })).copy.outcome, "private_account");
});

test("an exemption is named with its reason, its owner and its end, also when it does not apply", () => {
  const exempted = explain(mail("a@x.example", { subject: "weekly" })).external;
  assert.equal(exempted.outcome, "exempted");
  const { id, outcome, reason, owner, until } = exempted.exemptions[0];
  assert.deepEqual([id, outcome, reason, owner, until], ["EX-1", "applies", "weekly report", "o", "2030-01-01T00:00:00Z"]);
  const not = explain(mail("a@x.example")).external;
  assert.equal(not.outcome, "matched");
  assert.equal(not.exemptions[0].outcome, "condition_not_true");
});

test("a key that a higher layer changed is named with its place", () => {
  const upper = write("upper.json", { schema: 1, rules: [{ id: "many", mode: "warn" }] });
  const { many } = explain(mail(THREE), ["--policy", upper]);
  assert.deepEqual([many.mode, path.basename(many.keys.mode.file), path.basename(many.keys.if.file)], ["warn", "upper.json", "policy.json"]);
  const words = ["policy", "explain", "--policy", POLICY, "--policy", upper, "--rule", "many", write("mail.json", mail(THREE))];
  assert.match(lastlook(words).stdout, /mode is overridden in .*upper\.json:\d+/);
});

test("it says what the engine decides: each matched rule has its finding, and no other", () => {
  const file = write("agree.json", mail(THREE, { subject: "agenda" }));
  const { stdout } = lastlook(["policy", "explain", "--policy", POLICY, "--context", CONTEXT, "--format", "json", file]);
  const { verdict, rules } = JSON.parse(stdout);
  const checked = JSON.parse(lastlook(["check", "--policy", POLICY, "--context", CONTEXT, "--format", "json", file]).stdout);
  assert.deepEqual(verdict, checked);
  assert.deepEqual(
    rules.filter((/** @type {any} */ rule) => rule.outcome === "matched").map((/** @type {any} */ rule) => rule.rule).sort(),
    verdict.findings.map((/** @type {any} */ finding) => finding.rule).sort(),
  );
});

test("a condition that was not told what it needs says so", () => {
  const file = write("first.json", policy({ rules: [
    { id: "stranger", mode: "confirm", if: { first_time: {} } },
    { id: "leftover", mode: "confirm", if: { leftover_recipients: {} } },
  ] }));
  const draft = write("stranger.json", mail("a@x.example"));
  const ask = (/** @type {object} */ context) => {
    const words = ["policy", "explain", "--policy", file, "--format", "json", "--context", write("knows.json", context), draft];
    const { stdout, stderr } = lastlook(words);
    assert.equal(stderr, "");
    return Object.fromEntries(JSON.parse(stdout).rules.map((/** @type {any} */ rule) => [rule.rule, rule]));
  };
  const silent = ask({ now: "2026-11-20T09:00:00+09:00" });
  assert.deepEqual(silent.stranger.because[0].not_given, ["history"]);
  assert.deepEqual(silent.leftover.because[0].not_given, ["compose.initial_recipients", "compose.kind"]);
  assert.equal(ask({ history: [] }).stranger.outcome, "matched");
  assert.equal(ask({ history: ["a@x.example"] }).stranger.because[0].not_given, undefined);
  assert.match(lastlook(["policy", "explain", "--policy", file, draft]).stdout, /first_time \(if\): not given, so it stays silent: history/);
});

test("what schemas say a condition needs is what explain knows of", () => {
  const known = ["history", "now", "thread", "recent", "identities", "contacts", "compose.kind", "compose.original", "compose.initial_recipients", "parts"];
  const folder = path.join(PROJECT, "policy/conditions");
  const needs = fs.readdirSync(folder).flatMap((name) => JSON.parse(fs.readFileSync(path.join(folder, name), "utf8"))["x-needs"] ?? []);
  assert.ok(needs.includes("history"));
  assert.deepEqual(needs.filter((need) => !known.includes(need)), []);
});

test("people read it in three languages, whole or one rule", () => {
  const file = write("people.json", mail("a@x.example, b@x.example"));
  const say = (/** @type {string} */ language, /** @type {string[]} */ words = []) =>
    lastlook(["policy", "explain", "--policy", POLICY, "--context", CONTEXT, "--lang", language, ...words, file]).stdout;
  assert.match(say("en"), /recipients \(if\/all\/0\): not true – 2 counted, at least 3 needed {2}.*policy\.json:\d+/);
  assert.match(say("ja"), /recipients（if\/all\/0）：該当しない – 2件（3件以上が条件）/);
  assert.match(say("zh"), /recipients（if\/all\/0）：不成立 – 共2个（条件：至少3个）/);
  assert.doesNotMatch(say("en"), /explain\./, "a text is missing");
  const one = say("en", ["--rule", "sales"]);
  assert.match(one, /sales.*not matched/);
  assert.doesNotMatch(one, /external/);
});

test("wrong use says what to do", () => {
  const file = write("wrong.json", mail("a@x.example"));
  const unknown = lastlook(["policy", "explain", "--policy", POLICY, "--rule", "meny", file]);
  assert.equal(unknown.status, 64);
  assert.match(unknown.stderr, /there is no rule "meny" \(did you mean "many"/);
  assert.equal(lastlook(["policy", "explain", "--policy", POLICY]).status, 64);
  assert.equal(lastlook(["policy", "explain", "--policy", POLICY, "none.eml"]).status, 65);
  assert.equal(lastlook(["policy", "explain", "--policy", "none.json", file]).status, 78);
});

test("people read first why they were asked", () => {
  const file = write("order.json", mail("a@p.example, b@p.example"));
  const { stdout } = lastlook(["policy", "explain", "--policy", POLICY, "--context", CONTEXT, file]);
  const marks = [...stdout.matchAll(/^ {2}(\u25CF|\u25CB) /gm)].map(([, mark]) => mark).join("");
  assert.match(marks, /^\u25CF+\u25CB+$/);
});

test("a person's own file is a layer of its own, and can be left out", () => {
  const home = path.join(FOLDER, "home");
  write("home/.config/lastlook/policy.json", {
    schema: 1,
    rules: [
      { id: "empty-subject", mode: "justify" },
      { id: "user.late", mode: "confirm", if: { recipients: { min: 1 } } },
    ],
  });
  const file = write("own.json", mail("b@kodama.example.jp", { subject: "" }));
  const run = (/** @type {string[]} */ ...words) => lastlook(["policy", "explain", "--context", CONTEXT, ...words, file], { env: { HOME: home } });
  const own = run();
  assert.equal(own.stderr, "");
  assert.match(own.stdout, /user\.late {2}\[confirm\] matched {2}user .*home\/\.config\/lastlook\/policy\.json:\d+/);
  assert.match(own.stdout, /mode is overridden in user .*policy\.json:\d+/);
  assert.doesNotMatch(run("--no-user").stdout, /user\.late/);
  assert.doesNotMatch(run("--policy", POLICY).stdout, /user\.late/, "the files that were named, and nothing else");
  const named = run("--policy", POLICY, "--user", path.join(home, ".config/lastlook/policy.json"));
  assert.match(named.stdout, /user\.late/);
});
