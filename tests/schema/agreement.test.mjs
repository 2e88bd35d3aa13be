// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The JSON Schema that editors use and the reader that decides say the same: every policy of this repository, and each of
// them with one thing in it spoilt (another type, a key more, a key less, an empty value, a number out of range, a word
// that is none), is accepted by both or refused by both. What only the reader can know is listed, with the reason.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import test from "node:test";
import { PROJECT, lastlook } from "../cli/program.mjs";

const { default: Ajv } = createRequire(path.join(PROJECT, "extension/package.json"))("ajv");
const READER = process.env.LASTLOOK_READER ?? path.join(PROJECT, "build/ci/tests/schema/read_policies");

/** One of each kind at one place is enough; a second one guards against a first that happens to be spoilt elsewhere. */
const OF_EACH_KIND = 2;

/**
 * What the reader refuses and no schema can: by what it says.
 * @type {[RegExp, string][]}
 */
const ONLY_THE_READER = [
  [/there is no (list|group|rule) "/, "names stand elsewhere in the policy, or in a lower layer"],
  [/no (address|mailbox)\b|no address pattern|no domain|no addresses|may not be matched/, "what an address or a domain is"],
  [/is no pattern|pattern would take|pattern matches nothing/, "what RE2 takes"],
  [/can never be true|no more than 1000 are counted/, "two numbers that go together"],
  [/is not a date|no date|no version|no span of the day/, "dates and times of day"],
  [/locks no setting/, "patterns of the names of settings"],
  [/is no value of "empty_to"/, "a word or an address"],
  [/is no extension|is no name of a list file/, "names of files"],
  [/list file|this list|this row|quotation mark|either entries or senders/, "what stands in the file of a list, and that its rows are of one kind"],
  [/^(a flag|a name|a word|an empty word|an exception|"text") .*(empty|found|fit)/, "what is left of a text without its blanks, and what fits into a mail"],
  [/with "personal_data" all hidden places/, "two keys that do not go together"],
  [/can only be offered|cannot be offered/, "which effects a person decides on; the schema of each says it in words"],
  [/the new rule "[^"]*" has no mode/, "what a rule of a lower layer says"],
  [/without saying why and how long|within 72 hours/, "what a file is that overrides, and its two dates"],
];

/**
 * What the schema refuses and the reader accepts, by the place in the policy.
 * @type {[RegExp, string][]}
 */
const ONLY_THE_SCHEMA = [
];

/** @typedef {{policy: any, files?: Record<string, string>}} Seed */
/** @typedef {Seed & {from: string, what: string}} Candidate */

/** @returns {Candidate[]} every policy that stands in a file of this repository */
function seeds() {
  /** @type {Candidate[]} */
  const found = [];
  /** @param {string} from @param {any} policies @param {Record<string, string>} [files] */
  const add = (from, policies, files) => {
    for (const policy of [policies].flat()) if (policy !== undefined) found.push({ from, what: "as written", policy, files });
  };
  for (const folder of ["policy/examples", "policy/presets"]) {
    const files = Object.fromEntries(
      fs.readdirSync(path.join(PROJECT, folder)).filter((name) => /\.(csv|txt|tsv)$/.test(name)).map((name) => [name, fs.readFileSync(path.join(PROJECT, folder, name), "utf8")]),
    );
    for (const name of fs.readdirSync(path.join(PROJECT, folder)).filter((one) => one.endsWith(".json"))) {
      add(`${folder}/${name}`, jsonOf(path.join(folder, name)), files);
    }
  }
  add("policy/recommended.json", jsonOf("policy/recommended.json"));
  for (const folder of ["cases", "accidents", "cli/lint"]) {
    for (const name of fs.readdirSync(path.join(PROJECT, "tests", folder), { recursive: true, encoding: "utf8" }).sort()) {
      if (!name.endsWith(".json")) continue;
      const file = jsonOf(path.join("tests", folder, name));
      if (file === undefined) continue;
      if (!file.cases) {
        add(`tests/${folder}/${name}`, file);
        continue;
      }
      for (const one of [file, ...file.cases]) {
        const where = `tests/${folder}/${name}: ${one.name ?? ""}`;
        add(where, one.policy, one.files ?? file.files);
        add(where, one.user, one.files ?? file.files);
      }
    }
  }
  return found;
}

/** @param {string} file @returns {any} undefined for what is no JSON: comments are for the reader's own tests */
function jsonOf(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(PROJECT, file), "utf8"));
  } catch {
    return undefined;
  }
}

const WRONG = [null, true, 0, -1, 1.5, 1e13, "", "zz", [], ["zz"], [1], ["zz", "zz"], {}, { zz: 1 }];

/** @param {(string | number)[]} at @returns {string} places that mean the same have the same name */
function kindOfPlace(at) {
  const isName = (/** @type {number} */ i) => i === 1 && (at[0] === "groups" || (at[0] === "lists" && at[1] !== "organisations"));
  return at.map((step, i) => (typeof step === "number" || isName(i) ? "*" : step)).join("/");
}

/**
 * Every policy that differs from `policy` in one thing.
 * @param {any} policy
 * @param {(place: string, what: string) => boolean} wanted
 * @returns {Generator<{policy: any, what: string}>}
 */
function* spoilt(policy, wanted) {
  /** @param {any} value @param {(string | number)[]} at @returns {Generator<{policy: any, what: string}>} */
  function* below(value, at) {
    const place = kindOfPlace(at).replace(/(\/(all|any)\/\*|\/not)+(?=\/)/g, "");
    /** @param {any} other */
    const replaced = (other) => {
      if (at.length === 0) return other;
      const copy = structuredClone(policy);
      const parent = at.slice(0, -1).reduce((inner, step) => inner[step], copy);
      parent[/** @type {any} */ (at.at(-1))] = other;
      return copy;
    };
    for (const wrong of WRONG) {
      const what = `${place} is ${JSON.stringify(wrong)}`;
      if (JSON.stringify(wrong) !== JSON.stringify(value) && wanted(place, what)) yield { policy: replaced(wrong), what };
    }
    if (typeof value === "number") {
      for (const wrong of [value + 1e9, -value - 1, value + 0.5]) {
        const what = `${place} is another number`;
        if (wanted(place, what)) yield { policy: replaced(wrong), what };
      }
    }
    if (typeof value !== "object" || value === null || /\/(mail|context)$/.test(place)) return;
    if (!Array.isArray(value)) {
      for (const key of ["zz", "x-tool", "examples"]) {
        const what = `${place} with the key ${key}`;
        if (wanted(place, what)) yield { policy: replaced({ ...value, [key]: 1 }), what };
      }
      for (const key of Object.keys(value)) {
        const what = `${place} without ${key}`;
        const { [key]: _gone, ...rest } = value;
        if (wanted(place, what)) yield { policy: replaced(rest), what };
      }
    }
    for (const [key, member] of Object.entries(value)) yield* below(member, [...at, Array.isArray(value) ? Number(key) : key]);
  }
  yield* below(policy, []);
}

/** @returns {Candidate[]} the spoilt ones, no two alike */
function mutants(/** @type {Candidate[]} */ from) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  const wanted = (/** @type {string} */ _place, /** @type {string} */ what) => {
    const count = counts.get(what) ?? 0;
    counts.set(what, count + 1);
    return count < OF_EACH_KIND;
  };
  return from.flatMap(({ policy, files, from: file }) => [...spoilt(policy, wanted)].map((one) => ({ ...one, files, from: file })));
}

/** @param {Candidate[]} candidates @returns {{accepted: boolean, message?: string, remedy?: string}[]} */
function read(candidates) {
  const input = candidates.map(({ policy, files }) => JSON.stringify({ policy, files: files ?? {} })).join("\n") + "\n";
  const { status, stdout, stderr } = spawnSync(READER, { input, encoding: "utf8", maxBuffer: 1 << 28 });
  assert.equal(status, 0, stderr);
  const answers = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assert.equal(answers.length, candidates.length);
  return answers;
}

const validate = new Ajv({ strict: false, allErrors: false }).compile(JSON.parse(lastlook(["policy", "schema"]).stdout));
const written = seeds();

/** @param {Candidate[]} candidates @returns {{problems: string[], used: Set<RegExp>, refused: number}} */
function compare(candidates) {
  /** @type {Set<RegExp>} */
  const used = new Set();
  const problems = [];
  let refused = 0;
  for (const [index, { accepted, message = "", remedy = "" }] of read(candidates).entries()) {
    const { policy, what, from } = /** @type {Candidate} */ (candidates[index]);
    const bySchema = validate(policy);
    refused += accepted ? 0 : 1;
    if (!accepted && (message === "" || remedy === "")) problems.push(`${from}: ${what}: refused without a word`);
    if (accepted === bySchema) continue;
    const known = accepted ? ONLY_THE_SCHEMA.find(([pattern]) => pattern.test(what)) : ONLY_THE_READER.find(([pattern]) => pattern.test(message));
    if (known) used.add(known[0]);
    else problems.push(`${from}: ${what}: ${accepted ? `only the schema refuses: ${new Ajv().errorsText(validate.errors)}` : `only the reader refuses: ${message}`}`);
  }
  return { problems, used, refused };
}

/** @type {Set<RegExp>} */
const everUsed = new Set();

test(`the ${written.length} policies of this repository are accepted or refused by both`, () => {
  assert.ok(written.length > 400, `only ${written.length}`);
  const { problems, used } = compare(written);
  for (const one of used) everUsed.add(one);
  assert.deepEqual(problems, []);
});

test("each of them with one thing spoilt is accepted or refused by both", () => {
  const spoiltOnes = mutants(written.filter(({ policy }) => validate(policy)));
  const { problems, used, refused } = compare(spoiltOnes);
  for (const one of used) everUsed.add(one);
  assert.ok(spoiltOnes.length > 5000, `only ${spoiltOnes.length}`);
  assert.ok(refused > spoiltOnes.length / 2 && refused < spoiltOnes.length, `${refused} of ${spoiltOnes.length} refused`);
  if (process.env.SHOW) fs.writeFileSync(process.env.SHOW, problems.join("\n"));
  assert.equal(problems.length, 0, problems.slice(0, 40).join("\n"));
});

test("no exception is listed that nothing needs", () => {
  const idle = [...ONLY_THE_READER, ...ONLY_THE_SCHEMA].filter(([pattern]) => !everUsed.has(pattern));
  assert.deepEqual(idle, []);
});
