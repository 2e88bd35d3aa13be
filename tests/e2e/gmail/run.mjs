// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The end-to-end cases in real headless Chromium. See ../README.md.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../../extension/build.mjs";
import effects from "./cases/effects.mjs";
import faults, { withoutExtension } from "./cases/faults.mjs";
import files from "./cases/files.mjs";
import guard from "./cases/guard.mjs";
import held from "./cases/held.mjs";
import japanese from "./cases/japanese.mjs";
import managed, { BROKEN_TABLE, NEWER_TABLE, brokenTable, newerTable, shippedPolicies, withTable } from "./cases/managed.mjs";
import same from "./cases/same.mjs";
import unknown from "./cases/unknown.mjs";
import { Case } from "./lib/case.mjs";
import { Seat } from "./lib/seat.mjs";
import { MUTATIONS } from "./mutations.mjs";
import { POLICY } from "./policies.mjs";

/** A mutated guard asks nothing, so a dialog that has not come by then does not come. */
const PROVE_PATIENCE_MS = 5_000;

/** @typedef {{name: string, run: (t: Case) => Promise<void>}} CaseDefinition */
/** @typedef {{name: string, cases: CaseDefinition[], host: import("./lib/seat.mjs").HostKind, lang?: string, withExtension?: boolean,
 *   managed?: (seat: Seat) => object}} Group */
/** @typedef {{name: string, problem: unknown, milliseconds: number, log: string}} Result */

/** One Chromium each; groups run side by side. The longest comes first. @returns {Group[]} */
const groups = (long = false) => [
  { name: "faults", cases: faults, host: "proxy" },
  { name: "held", cases: held, host: "proxy" },
  { name: "guard", cases: guard, host: "direct" },
  { name: "unknown", cases: unknown(long ? 1_000 : 50), host: "direct" },
  { name: "files", cases: files, host: "direct" },
  { name: "same", cases: same, host: "proxy" },
  { name: "effects", cases: effects, host: "direct" },
  { name: "managed", cases: managed, host: "direct", managed: shippedPolicies },
  { name: "newer table", cases: newerTable, host: "direct", managed: withTable(NEWER_TABLE) },
  { name: "broken table", cases: brokenTable, host: "proxy", managed: withTable(BROKEN_TABLE) },
  { name: "japanese", cases: japanese, host: "direct", lang: "ja" },
  { name: "early", cases: withoutExtension, host: "direct", withExtension: false },
];

const USAGE = `usage: LASTLOOK_HOST=/path/to/lastlook-host node run.mjs [options]
  --only NAME     run one case (may be given several times)
  --list          print the names of the cases
  --jobs N        how many Chromiums side by side (default 2)
  --long          the long fuzz run
  --prove [NAME]  break the guard in the ways of mutations.mjs (or in one), and require that the named cases notice
  --keep          keep the throw-away folders`;

function parseArguments() {
  const options = { only: /** @type {string[]} */ ([]), list: false, prove: false, mutation: "", long: false, jobs: 2 };
  const words = process.argv.slice(2);
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--only") options.only.push(words.shift() ?? "");
    else if (word === "--list") options.list = true;
    else if (word === "--long") options.long = true;
    else if (word === "--prove") {
      options.prove = true;
      if (words[0] && !words[0].startsWith("--")) options.mutation = words.shift() ?? "";
    } else if (word === "--jobs") options.jobs = Number(words.shift());
    else if (word === "--keep") process.env.LASTLOOK_E2E_KEEP = "1";
    else {
      console.error(USAGE);
      process.exit(64);
    }
  }
  return options;
}

/** @param {Group} group @param {CaseDefinition[]} cases @param {string} extension @param {string} hostBinary @param {number | undefined} patience @param {(result: Result) => void} tell */
async function runGroup(group, cases, extension, hostBinary, patience, tell) {
  /** @type {Seat | undefined} */
  let seat;
  for (const definition of cases) {
    const started = Date.now();
    /** @type {unknown} */
    let problem;
    /** @type {Case | undefined} */
    let t;
    try {
      seat ??= await Seat.start({ hostBinary, policy: POLICY, extension, host: group.host, lang: group.lang, withExtension: group.withExtension, managed: group.managed });
      t = new Case(seat, patience ? { patience } : {});
      await definition.run(t);
    } catch (error) {
      problem = error;
    }
    const shown = problem && t ? await whatIsShown(t) : "";
    tell({ name: definition.name, problem, milliseconds: Date.now() - started, log: problem && seat ? `${shown}\n${tail(seat)}`.trim() : "" });
    await t?.cleanUp().catch(() => {});
    if (problem || group.withExtension === false) {
      // A seat where something went wrong is not used again.
      await seat?.close();
      seat = undefined;
    } else if (seat) {
      seat.fault({ mode: "pass" });
      seat.setHost(group.host);
    }
  }
  await seat?.close();
}

/** The dialogs that were open when a case failed, in their own words. @param {Case} t */
async function whatIsShown(t) {
  const lines = [];
  for (const tab of t.tabs) {
    for (const kind of await tab.dialogs().catch(() => [])) {
      const text = await tab.dialog(/** @type {any} */ (kind), { timeout: 300, states: ["loading", "ready", "block", "failure"] }).then((dialog) => dialog.run((root) => root.querySelector("#details-text")?.textContent || root.querySelector("dialog").innerText)).catch(String);
      lines.push(`shown: ${kind}: ${text.replace(/\s+/g, " ").slice(0, 300)}`);
    }
  }
  return lines.join("\n");
}

/** @param {Seat} seat */
function tail(seat) {
  const lines = fs.existsSync(seat.log) ? fs.readFileSync(seat.log, "utf8").split("\n") : [];
  return lines.filter((line) => /lastlook|chrome-extension/i.test(line)).slice(-8).join("\n");
}

/** The message, and the places in cases/ only. @param {unknown} problem */
function whatWentWrong(problem) {
  if (!(problem instanceof Error)) return String(problem);
  const places = [...(problem.stack ?? "").matchAll(/cases\/[\w.]+:\d+/g)].map(([place]) => place);
  return `${problem.message}\nat ${places.join(", ")}`;
}

/** @param {Group[]} all @param {number} jobs @param {(group: Group) => Promise<void>} run */
async function sideBySide(all, jobs, run) {
  const queue = [...all];
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let group = queue.shift(); group; group = queue.shift()) await run(group);
    }),
  );
}

async function main() {
  const options = parseArguments();
  const all = groups(options.long);
  const names = all.flatMap(({ cases }) => cases.map(({ name }) => name));
  if (options.list) return console.log(names.join("\n"));
  for (const name of options.only) if (!names.includes(name)) throw new Error(`there is no case ${name}; --list prints them`);
  const hostBinary = path.resolve(process.env.LASTLOOK_HOST ?? "");
  if (!process.env.LASTLOOK_HOST || !fs.existsSync(hostBinary)) throw new Error("LASTLOOK_HOST must name the built lastlook-host");
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-gmail-build-"));
  fs.chmodSync(work, 0o755);
  process.on("exit", () => fs.rmSync(work, { recursive: true, force: true }));
  const { folder } = build("gmail", work);
  const started = Date.now();
  let passed = 0;
  let failed = 0;
  if (options.prove) {
    for (const mutation of MUTATIONS.filter(({ name }) => !options.mutation || name === options.mutation)) {
      const mutated = path.join(work, "mutated");
      fs.rmSync(mutated, { recursive: true, force: true });
      fs.cpSync(folder, mutated, { recursive: true });
      mutation.change(mutated);
      /** @type {string[]} */
      const noticed = [];
      await sideBySide(all, options.jobs, (group) => {
        const cases = group.cases.filter(({ name }) => mutation.noticedBy.includes(name));
        return runGroup(group, cases, mutated, hostBinary, PROVE_PATIENCE_MS, ({ name, problem }) => {
          if (problem) noticed.push(name);
        });
      });
      const ok = noticed.length === mutation.noticedBy.length;
      ok ? passed++ : failed++;
      console.log(`${ok ? "ok    " : "FAILED"} ${mutation.name}: noticed by ${noticed.join(", ") || "nobody"}`);
    }
  } else {
    await sideBySide(all, options.jobs, (group) => {
      const cases = group.cases.filter(({ name }) => options.only.length === 0 || options.only.includes(name));
      return runGroup(group, cases, folder, hostBinary, undefined, ({ name, problem, milliseconds, log }) => {
        problem ? failed++ : passed++;
        console.log(`${problem ? "FAILED" : "ok    "} ${name} (${milliseconds} ms)`);
        if (problem) console.log(`${whatWentWrong(problem)}\n${log}`.trim().replace(/^/gm, "       "));
      });
    });
  }
  console.log(`${Math.round((Date.now() - started) / 1000)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exit(1);
});
