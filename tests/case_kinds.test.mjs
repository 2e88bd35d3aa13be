// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every condition and every effect has cases of four kinds; tests/cases/README.md says what they are.
import assert from "node:assert/strict";
import fs from "node:fs";
import test from "node:test";

const CASES = new URL("./cases/", import.meta.url);
const POLICY = new URL("../policy/", import.meta.url);
const KINDS = ["match", "no match", "border", "hostile"];

/** @param {string} folder @returns {{file: string, test: any}[]} */
function casesIn(folder) {
  const place = new URL(`${folder}/`, CASES);
  if (!fs.existsSync(place)) return [];
  return fs
    .readdirSync(place)
    .filter((file) => file.endsWith(".json"))
    .flatMap((file) => JSON.parse(fs.readFileSync(new URL(file, place), "utf8")).cases.map((/** @type {any} */ one) => ({ file, test: one })));
}

const names = ["conditions", "effects"].flatMap((kind) =>
  fs
    .readdirSync(new URL(`${kind}/`, POLICY))
    .filter((file) => file.endsWith(".schema.json"))
    .map((file) => file.replace(".schema.json", "")),
);

for (const name of names) {
  test(`${name} has a case of each kind`, () => {
    const cases = casesIn(name);
    const kinds = new Set(cases.map(({ test: { kind } }) => kind));
    assert.deepEqual(KINDS.filter((kind) => !kinds.has(kind)), [], "kinds that are missing");
    for (const { file, test: one } of cases) {
      assert.ok(one.kind === undefined || KINDS.includes(one.kind), `${file}: "${one.name}" is of the kind "${one.kind}"`);
    }
    // What is labelled must be what it says: a rule is found, or none is.
    for (const { test: one } of cases.filter(({ test: { expect } }) => expect.rules)) {
      if (one.kind === "match") assert.notDeepEqual(one.expect.rules, [], one.name);
    }
    assert.ok(
      cases.some(({ test: { expect } }) => expect.refused) || !("properties" in schemaOf(name)),
      "no case refuses a parameter",
    );
  });
}

/** @param {string} name */
function schemaOf(name) {
  const kind = fs.existsSync(new URL(`conditions/${name}.schema.json`, POLICY)) ? "conditions" : "effects";
  return JSON.parse(fs.readFileSync(new URL(`${kind}/${name}.schema.json`, POLICY), "utf8"));
}
