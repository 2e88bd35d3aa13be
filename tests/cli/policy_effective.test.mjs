// SPDX-License-Identifier: MPL-2.0
// @ts-check
// lastlook policy effective and schema: what all layers say together, who said it, and what may be said.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { FOLDER, PROJECT, lastlook, mail, policy, write } from "./program.mjs";

const EXAMPLES = path.join(PROJECT, "policy/examples");
const LOWER = write("lower.json", {
  ...policy({
    policy: { id: "kodama", serial: 3 },
    groups: { sales: { addresses: ["*@sales.kodama.example.jp"] } },
    settings: { "hold.minutes": 7 },
    rules: [
      {
        id: "many",
        mode: "confirm",
        scope: { senders: ["sales"], from: "2026-01-01", until: "2099-01-01T00:00:00+09:00", hours: "18:00-07:30" },
        if: { all: [{ recipients: { not_in: "internal", min: 3 } }, { not: { text: { any_of: ["agenda"] } } }] },
        unless: { any: [{ recipients_all: { in: "partners" } }] },
        do: [{ hold: { minutes: 2 } }],
        offer: [{ move_to_bcc: { not_in: "internal" } }],
        message: { en: "e", ja: "日本語", zh: "中文" },
        help: "https://wiki.kodama.example.jp/many",
        rollout_percent: 50,
      },
      { id: "strict", mode: "block", final: true, if: { recipients: { in: "blocked" } } },
    ],
    exemptions: [{ id: "EX", rules: ["many"], scope: { except_senders: ["sales"] }, if: { attachments: { max: 0 } }, reason: "r", owner: "o", until: "2099-01-01" }],
  }),
  lists: {
    internal: ["kodama.example.jp"],
    partners: ["p.example", { entry: "q.example", reason: "contract", owner: "o", until: "2099-01-01" }],
    organisations: [{ name: "A商事", domains: ["a.example"] }],
    managers: [{ sender: "yamada@kodama.example.jp", manager: "mori@kodama.example.jp" }],
  },
});
const UPPER = write("upper.json", { schema: 1, lists: { partners: { extend: ["r.example"] } }, rules: [{ id: "many", mode: "block" }] });

/** @param {string[]} words */
const effective = (...words) => {
  const answer = lastlook(["policy", "effective", ...words]);
  assert.equal(answer.status, 0, answer.stderr);
  return answer.stdout;
};

test("what is printed reads back to the same policy, with and without comments", () => {
  const files = fs.readdirSync(EXAMPLES).filter((name) => name.endsWith(".json")).map((name) => [path.join(EXAMPLES, name)]);
  for (const layers of [[LOWER, UPPER], ...files]) {
    const once = effective(...layers);
    assert.equal(effective("--no-builtin", write("once.json", once)), once, layers.join());
    const commented = effective("--why", ...layers);
    assert.match(commented, /\/\/ /);
    assert.equal(effective("--no-builtin", write("commented.json", commented)), once, layers.join());
  }
});

test("it decides as its layers do", () => {
  const merged = write("merged.json", effective(LOWER, UPPER));
  const draft = write("mail.json", mail("a@x.example, b@x.example, c@q.example", { from: "sato@sales.kodama.example.jp" }));
  const context = write("context.json", { now: "2026-11-20T19:00:00+09:00" });
  const check = (/** @type {string[]} */ ...words) =>
    JSON.parse(lastlook(["check", "--format", "json", "--context", context, ...words, draft]).stdout);
  const layered = check("--policy", LOWER, "--policy", UPPER);
  const one = check("--no-builtin", "--policy", merged);
  assert.equal(layered.disposition, "block");
  assert.deepEqual({ ...one, policy: null }, { ...layered, policy: null });
});

test("--why names layer, file and line of every part", () => {
  const { policy: merged, why } = JSON.parse(effective("--why", "--format", "json", LOWER, UPPER));
  assert.equal(merged.rules.find((/** @type {any} */ rule) => rule.id === "many").mode, "block");
  const lines = (/** @type {string} */ name) => why[name].map((/** @type {any} */ one) => [one.layer, path.basename(one.file)]);
  assert.deepEqual(lines("rules/many/mode"), [["command line", "upper.json"]]);
  assert.deepEqual(lines("rules/many/if"), [["command line", "lower.json"]]);
  assert.deepEqual(lines("rules/external/if"), [["built-in", "built-in"]]);
  assert.deepEqual(lines("settings/hold.minutes"), [["command line", "lower.json"]]);
  assert.deepEqual(lines("lists/partners"), [["command line", "upper.json"], ["command line", "lower.json"]]);
  const [place] = why["rules/many/mode"];
  assert.match(fs.readFileSync(UPPER, "utf8").split("\n")[place.line - 1] ?? "", /"mode"/);
  assert.match(effective("--why", LOWER), /"confirm.ticks": "outside",? {2}\/\/ default/);
});

test("--why tells a person's own file from the organisation's: layer, file, line and column", () => {
  const own = write("own.json", {
    schema: 1,
    settings: { "confirm.countdown_seconds": 5 },
    rules: [{ id: "many", mode: "block" }, { id: "user.mine", mode: "warn", if: { attachments: { min: 1 } } }],
  });
  const { policy: merged, why } = JSON.parse(effective("--why", "--format", "json", "--user", own, LOWER));
  assert.equal(merged.settings["confirm.countdown_seconds"], 5);
  for (const name of ["rules/many/mode", "rules/user.mine/if", "settings/confirm.countdown_seconds"]) {
    const [place] = why[name];
    assert.deepEqual([place.layer, place.file], ["user", own], name);
    const line = fs.readFileSync(own, "utf8").split("\n")[place.line - 1] ?? "";
    assert.ok(line.slice(place.column - 1).startsWith(`"${name.split("/").at(-1)}"`), `${name}: ${line}`);
  }
  assert.equal(why["rules/many/if"][0].layer, "command line");
  assert.match(effective("--why", "--user", own, LOWER), /"mode": "block",? {2}\/\/ user .*own\.json:\d+/);
  const refused = lastlook(["policy", "effective", "--user", write("milder.json", { schema: 1, rules: [{ id: "many", mode: "off" }] }), LOWER]);
  assert.equal(refused.status, 78);
  assert.match(refused.stderr, /milder\.json:\d+:\d+: the mode of "many" may not be lowered/);
});

test("without files it is what the host has in force, your own file included unless it is refused", () => {
  const home = path.join(FOLDER, "home");
  const run = (/** @type {string[]} */ ...words) => lastlook(["policy", "effective", ...words], { env: { HOME: home } });
  write("home/.config/lastlook/policy.json", { schema: 1, settings: { "confirm.countdown_seconds": 7 } });
  const own = run("--why");
  assert.deepEqual([own.status, own.stderr], [0, ""]);
  assert.match(own.stdout, /"confirm.countdown_seconds": 7,? {2}\/\/ user .*home\/\.config\/lastlook\/policy\.json:\d+/);
  assert.match(run("--no-user").stdout, /"confirm.countdown_seconds": 0/);
  write("home/.config/lastlook/policy.json", { schema: 1, lists: { internal: ["x.example"] } });
  const left = run("--why");
  assert.equal(left.status, 0);
  assert.match(left.stderr, /your own file is left out: .*policy\.json:\d+:\d+: "lists" is the organisation's/);
  assert.match(left.stdout, /"confirm.countdown_seconds": 0/);
});

test("a policy that is refused is not printed", () => {
  const { status, stdout, stderr } = lastlook(["policy", "effective", write("bad.json", '{"schema":1,"rulez":[]}')]);
  assert.deepEqual([status, stdout], [78, ""]);
  assert.match(stderr, /did you mean "rules"/);
});

test("the schema of a policy, of a condition, of an effect and of the settings", () => {
  const schema = (/** @type {string[]} */ ...words) => JSON.parse(lastlook(["policy", "schema", ...words]).stdout);
  const whole = schema();
  for (const folder of ["conditions", "effects"]) {
    const names = fs.readdirSync(path.join(PROJECT, "policy", folder)).map((name) => name.replace(".schema.json", ""));
    const defined = whole.definitions[folder.slice(0, -1)].properties;
    assert.deepEqual(Object.keys(defined).filter((name) => !["all", "any", "not"].includes(name)).sort(), names.sort());
    for (const name of names) assert.equal(schema(name).title, name);
  }
  assert.ok(schema("settings").properties["hold.minutes"]);
  const unknown = lastlook(["policy", "schema", "recipent"]);
  assert.equal(unknown.status, 64);
  assert.match(unknown.stderr, /did you mean "recipients"/);
});

test("every reference inside the whole schema leads somewhere", () => {
  const whole = JSON.parse(lastlook(["policy", "schema"]).stdout);
  /** @param {any} value @returns {string[]} */
  const references = (value) =>
    value === null || typeof value !== "object"
      ? []
      : Object.entries(value).flatMap(([key, member]) => (key === "$ref" && typeof member === "string" ? [member] : references(member)));
  const found = new Set(references(whole));
  assert.ok(found.size > 8);
  for (const reference of found) assert.ok(whole.definitions[reference.replace("#/definitions/", "")], reference);
});
