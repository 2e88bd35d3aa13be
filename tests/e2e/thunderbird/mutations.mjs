// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Ways to break the guard, for `run.mjs --prove`. Each names the cases that must notice.
import path from "node:path";
import { changeXpi } from "./lib/xpi.mjs";

/** @typedef {import("./run.mjs").CaseDefinition} CaseDefinition */

/**
 * @typedef {object} Mutation
 * @property {string} name
 * @property {boolean} hostAlwaysAllows  put the proxy in front of the host, and let it rewrite every answer
 * @property {boolean} mailLeaves  the mail of a case that notices has left, or was turned away by the server
 * @property {(definition: CaseDefinition, group: string) => boolean} mustNotice
 * @property {(xpi: string, folder: string) => string} change  gives the package to install
 */

/** Runs this script before the extension's own. @param {string} script */
const before = (script) => (/** @type {string} */ xpi, /** @type {string} */ folder) => {
  const changed = path.join(folder, "mutated.xpi");
  changeXpi(xpi, changed, (manifest, entries) => {
    entries.set("mutation.js", Buffer.from(script));
    manifest.background.scripts.unshift("mutation.js");
  });
  return changed;
};

/** @param {string} file @param {string} from @param {string} to */
const replace = (file, from, to) => (/** @type {string} */ xpi, /** @type {string} */ folder) => {
  const changed = path.join(folder, "mutated.xpi");
  changeXpi(xpi, changed, (_manifest, entries) => {
    const text = entries.get(file)?.toString("utf8") ?? "";
    if (!text.includes(from)) throw new Error(`the mutation finds no "${from}" in ${file}`);
    entries.set(file, Buffer.from(text.replace(from, to)));
  });
  return changed;
};

/** @type {Mutation[]} */
export const MUTATIONS = [
  {
    name: "the extension's listener answers {} to everything",
    hostAlwaysAllows: false,
    mailLeaves: true,
    mustNotice: ({ guards }) => guards === true,
    change: before("const event = browser.compose.onBeforeSend;\nconst add = event.addListener.bind(event);\nevent.addListener = () => add(() => ({}));\n"),
  },
  {
    name: "the host's answers are rewritten to allow",
    hostAlwaysAllows: true,
    mailLeaves: true,
    mustNotice: ({ guards }, group) => guards === true && group === "guard",
    change: (xpi) => xpi,
  },
  {
    name: "the extension asks, and lets the mail go whatever the answer is",
    hostAlwaysAllows: false,
    mailLeaves: true,
    mustNotice: ({ keeps }) => keeps === true,
    change: before(
      "const event = browser.compose.onBeforeSend;\nconst add = event.addListener.bind(event);\n" +
        "event.addListener = (listener) => add(async (...all) => {\n  await listener(...all);\n  return {};\n});\n",
    ),
  },
  {
    name: "answers of the host are not held against their shape",
    hostAlwaysAllows: false,
    mailLeaves: false,
    mustNotice: ({ name }) => ["check-unknown-key", "check-missing-verdict", "commit-unknown-key-in-patch"].includes(name),
    change: replace("core/verdict_shape.js", 'SHAPES[method](result, "");', ""),
  },
  {
    name: "the read-back after a change is taken for granted",
    hostAlwaysAllows: false,
    mailLeaves: false,
    mustNotice: ({ name }) => name === "read-back-differs",
    change: replace("core/send_flow.js", "if (!verified.matches)", "if (false)"),
  },
  {
    name: "updates do not wait for open questions",
    hostAlwaysAllows: false,
    mailLeaves: false,
    mustNotice: ({ name }) => name === "update-while-asking",
    change: replace("clients/thunderbird/background.js", "browser.runtime.onUpdateAvailable.addListener(", "void ("),
  },
];
