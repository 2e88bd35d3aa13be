// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every text comes from _locales, every language has every text, and no text lies about unused.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join, relative } from "node:path";
import { test } from "node:test";
import { filesUnder } from "../../extension/build.mjs";

const EXTENSION = fileURLToPath(new URL("../../extension/", import.meta.url));
const LANGUAGES = ["en", "ja", "zh_CN"];

/** @param {string} language @returns {Record<string, {message: string}>} */
const messages = (language) => JSON.parse(readFileSync(join(EXTENSION, "_locales", language, "messages.json"), "utf8"));

const sources = ["ui", "core", "clients"]
  .flatMap((folder) => filesUnder(join(EXTENSION, folder)))
  .filter((file) => /\.(js|html|json)$/.test(file))
  .map((file) => ({ name: relative(EXTENSION, file), text: readFileSync(file, "utf8") }));
const all = sources.map(({ text }) => text).join("\n");

/** Keys that are asked for in a way one can read: `t("key"`, `plural("key"`, data-i18n, __MSG_key__. */
function keysAskedFor() {
  const keys = new Set();
  for (const [, key] of all.matchAll(/(?<![\w.])t\(\s*"([^"]+)"/g)) keys.add(key);
  for (const [, key] of all.matchAll(/getMessage\(\s*"([^"]+)"/g)) keys.add(key);
  for (const [, key] of all.matchAll(/data-i18n(?:-label)?="([^"]+)"/g)) keys.add(key);
  for (const [, key] of all.matchAll(/__MSG_(\w+)__/g)) keys.add(key);
  for (const [, key] of all.matchAll(/plural\(\s*"([^"]+)"/g)) keys.add(`${key}One`).add(`${key}Other`);
  return keys;
}

test("every language is there", () => {
  assert.deepEqual(readdirSync(join(EXTENSION, "_locales")).sort(), [...LANGUAGES].sort());
});

test("every language has the same texts, none of them empty", () => {
  const english = Object.keys(messages("en")).sort();
  for (const language of LANGUAGES) {
    const texts = messages(language);
    assert.deepEqual(Object.keys(texts).sort(), english, language);
    for (const [key, { message }] of Object.entries(texts)) assert.ok(message.trim() || key === "listSeparator", `${language} ${key}`);
  }
});

test("a text takes the same numbers and names in every language", () => {
  const slots = (/** @type {string} */ text) => [...new Set(text.match(/\$[1-9]/g) ?? [])].sort().join(" ");
  const english = messages("en");
  for (const language of LANGUAGES) {
    for (const [key, { message }] of Object.entries(messages(language))) {
      assert.equal(slots(message), slots(english[key]?.message ?? ""), `${language} ${key}`);
    }
  }
});

test("every text that is asked for exists", () => {
  const known = new Set(Object.keys(messages("en")));
  assert.deepEqual([...keysAskedFor()].filter((key) => !known.has(key)), []);
  assert.ok(keysAskedFor().size > 60);
});

test("every text is used somewhere", () => {
  const asked = keysAskedFor();
  // Tables of keys (failures, fields, modes …) hold them as plain strings; plural ones without their ending.
  const used = (/** @type {string} */ key) =>
    asked.has(key) || all.includes(`"${key}"`) || all.includes(`"${key.replace(/(One|Other)$/, "")}"`);
  assert.deepEqual(Object.keys(messages("en")).filter((key) => !used(key)), []);
});

test("the words people know the product by", () => {
  assert.equal(messages("ja")["backButton"]?.message, "戻って直す");
  assert.equal(messages("ja")["sendButton"]?.message, "この内容で送信");
  assert.equal(messages("en")["backButton"]?.message, "Go back and fix");
  assert.equal(messages("en")["sendButton"]?.message, "Send as shown");
});

test("no page holds a text of its own", () => {
  for (const { name, text } of sources.filter((source) => source.name.endsWith(".html"))) {
    const content = text.replace(/<!--[\s\S]*?-->|<!doctype[^>]*>/gi, "").replace(/<[^>]+>/g, "");
    assert.equal(content.trim(), "", name);
    for (const [found] of text.matchAll(/\s(?:title|alt|placeholder|aria-label)="[^"]*"/g)) assert.fail(`${name}: ${found}`);
  }
});

test("no script of a page holds a text of its own", () => {
  for (const { name, text } of sources.filter((source) => /^ui\/.*\.js$/.test(source.name))) {
    const code = text.replace(/\/\*[\s\S]*?\*\//g, "").replace(/(?<![:"'`])\/\/.*$/gm, "");
    for (const [, literal = ""] of code.matchAll(/"((?:[^"\\]|\\.)*)"/g)) {
      const isSentence = /[A-Za-z]{2,} [a-z]{2,}/.test(literal) && !/[.#\[\]:>=]/.test(literal);
      const isForeign = /[぀-ヿ一-鿿]/.test(literal);
      // Lists of class names and selectors are the two things with spaces that are no text.
      const at = code.indexOf(`"${literal}"`);
      const isForTheMachine = /(class: |querySelector(All)?\(|matches\(|closest\()$/.test(code.slice(0, at));
      assert.ok(!(isSentence || isForeign) || isForTheMachine, `${name}: "${literal}"`);
    }
  }
});
