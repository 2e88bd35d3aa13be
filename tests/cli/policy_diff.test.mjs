// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy diff: what a new policy means that the old one did not.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { PROJECT, lastlook, policy, write } from "./program.mjs";

/** @type {any} */
const BASE = {
  ...policy({
    groups: { sales: { addresses: ["a@kodama.example.jp", "b@kodama.example.jp"] } },
    settings: { "hold.minutes": 5 },
    rules: [
      { id: "many", mode: "confirm", if: { all: [{ recipients: { not_in: "internal", min: 3 } }, { text: { any_of: ["x", "y"] } }] } },
      { id: "other", mode: "warn", if: { attachments: { min: 1 } }, unless: { recipients: { in: "partners" } }, do: [{ add_bcc: ["a@kodama.example.jp"] }] },
    ],
    exemptions: [{ id: "EX", rules: ["many"], if: { recipients: { max: 3 } }, reason: "r", owner: "o", until: "2090-01-01" }],
  }),
  lists: { internal: ["kodama.example.jp"], partners: ["p.example", "q.example"] },
};

/** @param {(base: any) => void} change @returns {any[]} */
function diff(change) {
  const changed = structuredClone(BASE);
  change(changed);
  const { status, stdout, stderr } = lastlook(["policy", "diff", "--format", "json", write("old.json", BASE), write("new.json", changed)]);
  assert.equal(stderr, "");
  const { changes } = JSON.parse(stdout);
  assert.equal(status, changes.length > 0 ? 1 : 0);
  return changes;
}

/** @param {(base: any) => void} change */
const summary = (change) => diff(change).map(({ what, id, key, change: kind }) => [what, id, key ?? "", kind].join(" "));

test("no difference, and none by order", () => {
  assert.deepEqual(diff(() => {}), []);
  assert.deepEqual(
    diff((base) => {
      base.rules.reverse();
      base.rules[1].if.all.reverse();
      base.rules[1].if.all[0].text.any_of.reverse();
      base.lists.partners.reverse();
      base.groups.sales.addresses.reverse();
    }),
    [],
  );
});

test("every way to tighten and loosen a rule", () => {
  /** @type {[(rules: any) => void, string][]} */
  const cases = [
    [([many]) => (many.mode = "block"), "rule many mode tightened"],
    [([many]) => (many.mode = "warn"), "rule many mode loosened"],
    [([many]) => (many.if.all[0].recipients.min = 2), "rule many if tightened"],
    [([many]) => (many.if.all[0].recipients.min = 4), "rule many if loosened"],
    [([many]) => many.if.all[1].text.any_of.push("z"), "rule many if tightened"],
    [([many]) => many.if.all[1].text.any_of.pop(), "rule many if loosened"],
    [([many]) => many.if.all.pop(), "rule many if tightened"],
    [([many]) => many.if.all.push({ attachments: { min: 1 } }), "rule many if loosened"],
    [([many]) => (many.if = { any: [many.if] }), "rule many if changed"],
    [([many]) => ((many.if.all[0].recipients.min = 2), many.if.all[1].text.any_of.pop()), "rule many if changed"],
    [([many]) => (many.unless = { recipients: { in: "partners" } }), "rule many unless loosened"],
    [([, other]) => delete other.unless, "rule other unless tightened"],
    [([, other]) => (other.unless.recipients.in = ["partners"]), ""],
    [([, other]) => (other.unless.recipients.max = 2), "rule other unless changed"],
    [([, other]) => other.do.push({ hold: { minutes: 1 } }), "rule other do tightened"],
    [([, other]) => delete other.do, "rule other do loosened"],
    [([many]) => (many.scope = { senders: ["sales"] }), "rule many scope loosened"],
    [([many]) => (many.rollout_percent = 50), "rule many rollout_percent loosened"],
    [([, other]) => (other.final = true), "rule other final tightened"],
    [([many]) => (many.message = { en: "e" }), "rule many message changed"],
  ];
  for (const [change, expected] of cases) {
    assert.deepEqual(summary(({ rules }) => change(rules)), expected ? [expected] : [], change.toString());
  }
});

test("rules, exemptions, lists, groups and settings that come and go", () => {
  assert.deepEqual(summary(({ rules }) => rules.pop()), ["rule other  removed"]);
  assert.deepEqual(summary(({ rules }) => rules.push({ id: "new", mode: "warn", if: { attachments: { min: 1 } } })), ["rule new  added"]);
  assert.deepEqual(summary(({ exemptions }) => exemptions.pop()), ["exemption EX  removed"]);
  assert.deepEqual(summary(({ exemptions }) => (exemptions[0].until = "2091-01-01")), ["exemption EX until loosened"]);
  assert.deepEqual(summary(({ exemptions }) => (exemptions[0].if.recipients.max = 2)), ["exemption EX if tightened"]);
  assert.deepEqual(summary((base) => (base.settings["hold.minutes"] = 6)), ["setting hold.minutes  tightened"]);
  assert.deepEqual(summary((base) => (base.settings["confirm.ticks"] = "none")), ["setting confirm.ticks  loosened"]);
  const [entries] = diff((base) => (base.lists.partners = ["q.example", "r.example"]));
  assert.deepEqual([entries.what, entries.id, entries.before, entries.after], ["list", "partners", ["p.example"], ["r.example"]]);
  const [group] = diff((base) => base.groups.sales.addresses.pop());
  assert.deepEqual([group.what, group.id, group.before, group.after], ["group", "sales", ["b@kodama.example.jp"], null]);
  assert.deepEqual(summary((base) => (base.lists.organisations = [{ name: "A", domains: ["a.example"] }])), [
    "organisation A  added",
    "organisation 記入例商事  removed", // the example in the built-in list, which this list takes the place of
  ]);
});

test("a file and what effective makes of it are the same policy", () => {
  for (const name of fs.readdirSync(path.join(PROJECT, "policy/examples")).filter((one) => one.endsWith(".json"))) {
    const file = path.join(PROJECT, "policy/examples", name);
    const merged = write("merged.json", lastlook(["policy", "effective", file]).stdout);
    const { status, stdout } = lastlook(["policy", "diff", file, merged]);
    assert.deepEqual([status, stdout], [0, ""], name);
  }
});

test("people read it, and bad use says what to do", () => {
  const old = write("old.json", BASE);
  const strict = structuredClone(BASE);
  strict.rules[0].mode = "block";
  strict.lists.partners.push("r.example");
  const { stdout } = lastlook(["policy", "diff", old, write("strict.json", strict)]);
  assert.equal(stdout, 'changed  list "partners"\n    + "r.example"\ntightened  rule "many", "mode": "confirm" → "block"\n');
  assert.equal(lastlook(["policy", "diff", old]).status, 64);
  assert.equal(lastlook(["policy", "diff", old, "none.json"]).status, 78);
});
