// SPDX-License-Identifier: MPL-2.0
// @ts-check
// core/verdict_shape.js and host/wire/protocol.schema.json say the same: what the host may answer is accepted, and an answer
// with one key more, one key less or a foreign word is not.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as CODES from "../../extension/core/error_codes.js";
import { checkReply, checkResult } from "../../extension/core/verdict_shape.js";
import { problemsOf } from "../protocol/lib/schema.mjs";

const WIRE = new URL("../../host/wire/", import.meta.url);
const SCHEMA = JSON.parse(readFileSync(new URL("protocol.schema.json", WIRE), "utf8"));

/** @type {import("../../extension/core/types").Method[]} */
const METHODS = [
  "hello", "draft.evaluate", "draft.fix", "draft.commit", "draft.verify", "draft.shown", "draft.sent", "draft.cancelled", "history.learn", "history.silence",
  "history.silenced", "own_domains", "hold.put", "hold.list", "hold.release", "hold.ask", "hold.sent", "hold.cancel", "part.get", "part.put",
  "part.state", "part.drop", "status",
];

/** Answers that decide something; in them nothing unknown is borne. */
const DECIDING = [...METHODS.slice(1, 5), .../** @type {const} */ (["hold.put", "hold.list", "hold.release", "part.put", "part.state"])];

/** Strings that fit the schema's patterns. */
const FITTING = ["text", "to[0]", "attachments[0]", `sha256:${"0".repeat(64)}`, "0".repeat(64), "0.1.0", "2026-11-22T09:00:00Z", "", "/draft"];

/**
 * @param {any} schema
 * @param {boolean} full with everything that may be left out
 * @returns {any} a value that fits
 */
function sample(schema, full) {
  if (schema === true) return { any: ["thing"] };
  if (schema.$ref) return sample(SCHEMA.definitions[schema.$ref.replace("#/definitions/", "")], full);
  if ("const" in schema) return schema.const;
  if (schema.enum) return schema.enum[0];
  const alternatives = schema.oneOf ?? schema.anyOf;
  if (alternatives) return sample(alternatives[0], full);
  switch (schema.type) {
    case "object": {
      const names = Object.keys(schema.properties ?? {}).filter((name) => full || schema.required?.includes(name));
      return Object.fromEntries(names.map((name) => [name, sample(schema.properties[name], full)]));
    }
    case "array":
      return full ? [sample(schema.items ?? true, full)] : [];
    case "string":
      return FITTING.find((text) => !schema.pattern || new RegExp(schema.pattern).test(text));
    case "boolean":
      return true;
    case "integer":
    case "number":
      return schema.minimum ?? 0;
    default:
      return { any: ["thing"] };
  }
}

/** @param {string} method */
const definition = (method) => SCHEMA.definitions[`${method}.result`];

for (const method of METHODS) {
  test(`${method}: what the schema allows is accepted, with and without what may be left out`, () => {
    for (const full of [true, false]) {
      const value = sample(definition(method), full);
      assert.deepEqual(problemsOf(SCHEMA, `${method}.result`, value), []);
      assert.equal(checkResult(method, value), value);
    }
  });
}

/**
 * Every closed object inside a value, with its path; what the schema leaves open is left out.
 * @param {any} schema
 * @param {any} value
 * @param {string[]} path
 * @returns {{path: string[], schema: any}[]}
 */
function closedObjects(schema, value, path = []) {
  if (schema?.$ref) return closedObjects(SCHEMA.definitions[schema.$ref.replace("#/definitions/", "")], value, path);
  if (Array.isArray(value)) return value.flatMap((item, index) => closedObjects(schema.items, item, [...path, String(index)]));
  if (typeof value !== "object" || value === null || schema?.additionalProperties !== false) return [];
  const inner = Object.keys(value).flatMap((name) => closedObjects(schema.properties[name], value[name], [...path, name]));
  return [{ path, schema }, ...inner];
}

/**
 * @param {any} value
 * @param {string[]} path
 * @param {(object: any) => void} change
 */
function changed(value, path, change) {
  const copy = structuredClone(value);
  change(path.reduce((here, step) => here[step], copy));
  return copy;
}

for (const method of DECIDING) {
  test(`${method}: one key more, one key less, or a foreign word is refused, at every depth`, () => {
    const value = sample(definition(method), true);
    const objects = closedObjects(definition(method), value);
    assert.ok(objects.length > 0);
    for (const { path, schema } of objects) {
      const where = `/${path.join("/")}`;
      const more = changed(value, path, (object) => (object.surprise = true));
      assert.throws(() => checkResult(method, more), (/** @type {any} */ error) => error.kind === "host_unknown_key", `${where} with a key more`);
      for (const name of schema.required ?? []) {
        const less = changed(value, path, (object) => delete object[name]);
        assert.throws(() => checkResult(method, less), (/** @type {any} */ error) => error.kind === "host_garbage", `${where} without ${name}`);
      }
      for (const [name, property] of Object.entries(schema.properties)) {
        if (problemsOf(SCHEMA, `${method}.result`, changed(value, path, (object) => (object[name] = null))).length === 0) continue;
        const foreign = changed(value, path, (object) => (object[name] = null));
        assert.throws(() => checkResult(method, foreign), `${where}/${name} null`);
        for (const word of /** @type {any} */ (property).enum ?? []) {
          checkResult(method, changed(value, path, (object) => (object[name] = word)));
        }
        if (/** @type {any} */ (property).enum) {
          assert.throws(() => checkResult(method, changed(value, path, (object) => (object[name] = "moon"))), `${where}/${name} moon`);
        }
      }
    }
  });
}

test("error replies of the schema are accepted", () => {
  for (const full of [true, false]) {
    const reply = sample(SCHEMA.definitions.error_reply, full);
    assert.deepEqual(problemsOf(SCHEMA, "error_reply", reply), []);
    checkReply(reply);
  }
});

test("the error codes are those of PROTOCOL.md", () => {
  const page = readFileSync(new URL("PROTOCOL.md", WIRE), "utf8");
  for (const [name, code] of Object.entries(CODES)) {
    assert.ok(page.includes(`| ${code} | ${name.toLowerCase()} |`), `${name} ${code}`);
  }
});
