// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Puts the lists of this folder into ../recommended.json.
//   node policy/lists/write-lists.mjs [--check]     --check writes nothing; exit status 1 if something would change
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));
const POLICY = path.join(HERE, "../recommended.json");
const WIDTH = 125;

/** @param {string} name @returns {string[]} */
function entries(name) {
  const lines = fs.readFileSync(path.join(HERE, `${name}.txt`), "utf8").split("\n");
  return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
}

/** The entries as lines of the policy. @param {string[]} list */
function wrapped(list) {
  const lines = ["     "];
  list.forEach((entry, index) => {
    const word = ` ${JSON.stringify(entry)}${index + 1 < list.length ? "," : ""}`;
    if (`${lines.at(-1)}${word}`.length > WIDTH) lines.push("     ");
    lines[lines.length - 1] += word;
  });
  return lines.join("\n");
}

/** The policy with the lists in it. @param {string} policy */
export function withLists(policy) {
  for (const file of fs.readdirSync(HERE).filter((name) => name.endsWith(".txt"))) {
    const name = path.basename(file, ".txt");
    const place = new RegExp(`("${name}": \\[\n)[^\\]]*(\n    \\])`);
    if (!place.test(policy)) throw new Error(`recommended.json has no list "${name}"`);
    policy = policy.replace(place, (_all, open, close) => `${open}${wrapped(entries(name))}${close}`);
  }
  return policy;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const policy = fs.readFileSync(POLICY, "utf8");
  const written = withLists(policy);
  if (process.argv.includes("--check")) process.exitCode = written === policy ? 0 : 1;
  else fs.writeFileSync(POLICY, written);
}
