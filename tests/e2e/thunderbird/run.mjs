// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The end-to-end cases in real headless Thunderbird. See ../README.md.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import access from "./cases/access.mjs";
import attachments from "./cases/attachments.mjs";
import effects from "./cases/effects.mjs";
import evidence from "./cases/evidence.mjs";
import faults from "./cases/faults.mjs";
import fixes from "./cases/fixes.mjs";
import guard from "./cases/guard.mjs";
import habits, { fillFolders } from "./cases/habits.mjs";
import managed from "./cases/managed.mjs";
import held from "./cases/held.mjs";
import heldKilled from "./cases/held_killed.mjs";
import patience from "./cases/patience.mjs";
import startup from "./cases/startup.mjs";
import status from "./cases/status.mjs";
import { buildExtension } from "./lib/build_extension.mjs";
import { Case } from "./lib/case.mjs";
import { sleep } from "./lib/marionette.mjs";
import { Seat } from "./lib/seat.mjs";
import { MUTATIONS } from "./mutations.mjs";
import { ASKING_POLICY, EFFECTS_POLICY, EVIDENCE_POLICY, GUARD_POLICY, HABITS_POLICY, HELD_POLICY, PEOPLE, PLAIN_POLICY } from "./policies.mjs";

/** A mutated guard asks nothing, so a window that has not come by then does not come. */
const PROVE_PATIENCE_MS = 4_000;

/**
 * `guards`: must fail without the guard. `keeps`: in it a mail is kept back for good, or until the person tries again.
 */
/** @typedef {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}} CaseDefinition */
/** @typedef {{name: string, cases: CaseDefinition[], policy: object, host: import("./lib/seat.mjs").HostKind, startsItself?: boolean,
 *   prepare?: (thunderbird: import("./lib/thunderbird.mjs").Thunderbird) => Promise<void>}} Group `prepare`: before the extension is there */

/** One seat each; groups run side by side. The longest comes first. @type {Group[]} */
const GROUPS = [
  { name: "patience", cases: patience, policy: ASKING_POLICY, host: "direct" },
  { name: "held", cases: held, policy: HELD_POLICY, host: "direct" },
  { name: "held-killed", cases: heldKilled, policy: HELD_POLICY, host: "direct", startsItself: true },
  { name: "faults", cases: faults, policy: ASKING_POLICY, host: "proxy" },
  { name: "startup", cases: startup, policy: PLAIN_POLICY, host: "direct", startsItself: true },
  { name: "managed", cases: managed, policy: PLAIN_POLICY, host: "direct", startsItself: true },
  { name: "guard", cases: guard, policy: GUARD_POLICY, host: "direct" },
  { name: "habits", cases: habits, policy: HABITS_POLICY, host: "direct", prepare: fillFolders },
  { name: "effects", cases: [...effects, ...fixes], policy: EFFECTS_POLICY, host: "direct" },
  { name: "access", cases: access, policy: HELD_POLICY, host: "direct" },
  { name: "status", cases: status, policy: PLAIN_POLICY, host: "direct" },
  { name: "attachments", cases: attachments, policy: ASKING_POLICY, host: "direct" },
  { name: "evidence", cases: evidence, policy: EVIDENCE_POLICY, host: "direct" },
];

const USAGE = `usage: LASTLOOK_HOST=/path/to/lastlook-host node run.mjs [options]
  --only NAME     run one case (may be given several times)
  --list          print the names of the cases
  --jobs N        how many Thunderbirds side by side (default 3)
  --xpi FILE      use this package instead of building one
  --prove         break the guard in several ways (mutations.mjs), and require that the cases notice
  --long          100 rounds of killing Thunderbird while it holds a mail, instead of 5
  --keep          keep the throw-away folders`;

function parseArguments() {
  const options = { only: /** @type {string[]} */ ([]), list: false, prove: false, jobs: 3, xpi: "" };
  const words = process.argv.slice(2);
  while (words.length > 0) {
    const word = words.shift();
    if (word === "--only") options.only.push(words.shift() ?? "");
    else if (word === "--list") options.list = true;
    else if (word === "--prove") options.prove = true;
    else if (word === "--jobs") options.jobs = Number(words.shift());
    else if (word === "--xpi") options.xpi = path.resolve(words.shift() ?? "");
    else if (word === "--long") continue; // cases/held_killed.mjs
    else if (word === "--keep") process.env.LASTLOOK_E2E_KEEP = "1";
    else {
      console.error(USAGE);
      process.exit(64);
    }
  }
  return options;
}

/** Runs the cases of one group, and tells each result as it is known. */
/** @param {Group} group @param {CaseDefinition[]} cases @param {string} xpi @param {string} hostBinary @param {{hostAlwaysAllows: boolean, mailLeaves: boolean}} [mutation] @param {(result: Result) => void} [tell] */
async function runGroup(group, cases, xpi, hostBinary, mutation, tell = () => {}) {
  /** @type {import("./lib/seat.mjs").Seat | undefined} */
  let seat;
  const makeSeat = async () => {
    seat = await Seat.make({ hostBinary, policy: group.policy, people: PEOPLE, host: mutation?.hostAlwaysAllows ? "proxy" : group.host });
    if (mutation?.hostAlwaysAllows) seat.fault({ mode: "always_allow" });
    if (group.startsItself || !seat.thunderbird) return;
    await seat.thunderbird.start();
    await seat.thunderbird.ready();
    await seat.thunderbird.run((tools) => tools.watchDialogs());
    await group.prepare?.(seat.thunderbird);
    await seat.thunderbird.install(xpi);
  };
  for (const definition of cases) {
    const started = Date.now();
    /** @type {unknown} */
    let problem;
    let left = 0;
    /** @type {Case | undefined} */
    let t;
    try {
      if (!seat) await makeSeat();
      t = new Case(/** @type {Seat} */ (seat), definition.name, mutation ? { patience: PROVE_PATIENCE_MS } : {});
      await definition.run(t, xpi);
    } catch (error) {
      problem = error;
    }
    if (t && mutation?.mailLeaves) {
      // Without a guard the mail must have left (or have been turned away by the server, where the case asks for that).
      for (let waited = 0; waited < 4_000 && left === 0; waited += 100) {
        left = t.mails().length + t.seat.sink.refused;
        await sleep(100);
      }
    }
    tell({ name: definition.name, problem, milliseconds: Date.now() - started, notes: t?.notes ?? [], left, log: problem && seat ? tail(seat) : "" });
    // A seat that cannot be tidied, or where something went wrong, is not used again.
    const tidy = !problem && !group.startsItself && (await t?.cleanUp().then(() => true, () => false));
    if (!tidy && !(mutation && !group.startsItself && (await t?.cleanUp().then(() => true, () => false)))) {
      await seat?.close();
      seat = undefined;
    } else if (seat) {
      seat.sink.refused = 0;
      seat.fault({ mode: mutation?.hostAlwaysAllows ? "always_allow" : "pass" });
      if (!mutation?.hostAlwaysAllows) seat.setHost(group.host);
    }
  }
  await seat?.close();
}

/** @typedef {{name: string, problem: unknown, milliseconds: number, notes: {level: string, text: string}[], left: number, log: string}} Result */

/** The end of Thunderbird's output, without the noise every start makes. @param {Seat} seat */
function tail(seat) {
  if (!fs.existsSync(seat.log)) return "";
  return fs
    .readFileSync(seat.log, "utf8")
    .split("\n")
    .filter((line) => /lastlook|moz-extension|JavaScript error/i.test(line) && !/services-settings|nimbus/.test(line))
    .slice(-12)
    .join("\n");
}

/** The message, and the places in cases/ only. @param {unknown} problem */
function whatWentWrong(problem) {
  if (!(problem instanceof Error)) return String(problem);
  const places = [...(problem.stack ?? "").matchAll(/cases\/[\w.]+:\d+/g)].map(([place]) => place);
  return `${problem.message}\nat ${places.join(", ")}`;
}

/** @param {Group[]} groups @param {number} jobs @param {(group: Group) => Promise<void>} run */
async function sideBySide(groups, jobs, run) {
  const queue = [...groups];
  await Promise.all(
    Array.from({ length: jobs }, async () => {
      for (let group = queue.shift(); group; group = queue.shift()) await run(group);
    }),
  );
}

/** @typedef {{xpi: string, work: string, hostBinary: string, jobs: number, wanted: (definition: CaseDefinition) => boolean}} Run */

/** @param {Run} run */
async function runAll({ xpi, hostBinary, jobs, wanted }) {
  let passed = 0;
  let failed = 0;
  await sideBySide(GROUPS, jobs, (group) =>
    runGroup(group, group.cases.filter(wanted), xpi, hostBinary, undefined, ({ name, problem, milliseconds, notes, log }) => {
      problem ? failed++ : passed++;
      console.log(`${problem ? "FAILED" : "ok    "} ${name} (${milliseconds} ms)${notes.map(({ text }) => `; ${text}`).join("")}`);
      if (problem) console.log(`${whatWentWrong(problem)}\n${log}`.trim().replace(/^/gm, "       "));
    }),
  );
  return { passed, failed };
}

/** Passed is here: the case failed, as it must with a broken guard. @param {Run} run */
async function prove({ xpi, work, hostBinary, jobs, wanted }) {
  let passed = 0;
  let failed = 0;
  for (const mutation of MUTATIONS) {
    console.log(`mutation: ${mutation.name}`);
    const mutated = mutation.change(xpi, work);
    await sideBySide(GROUPS, jobs, (group) => {
      const cases = group.cases.filter((one) => wanted(one) && mutation.mustNotice(one, group.name));
      return runGroup(group, cases, mutated, hostBinary, mutation, ({ name, problem, left }) => {
        const explained = left > 0 || !mutation.mailLeaves;
        const noticed = problem !== undefined && explained;
        noticed ? passed++ : failed++;
        const first = String(problem instanceof Error ? problem.message : problem).split("\n")[0];
        const outcome = problem ? `fails as it must (${first})` : "passes although the guard is broken";
        console.log(`${noticed ? "ok    " : "FAILED"} ${name}: ${outcome}${explained ? "" : "; but no mail left, so something else is wrong"}`);
      });
    });
  }
  return { passed, failed };
}

async function main() {
  const options = parseArguments();
  const all = GROUPS.flatMap(({ cases }) => cases.map(({ name }) => name));
  if (options.list) return console.log(all.join("\n"));
  for (const name of options.only) {
    if (!all.includes(name)) throw new Error(`there is no case ${name}; --list prints them`);
  }
  const hostBinary = process.env.LASTLOOK_HOST;
  if (!hostBinary || !fs.existsSync(hostBinary)) throw new Error("LASTLOOK_HOST must name the built lastlook-host");
  const wanted = (/** @type {CaseDefinition} */ { name }) => options.only.length === 0 || options.only.includes(name);
  const work = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-e2e-xpi-"));
  process.on("exit", () => fs.rmSync(work, { recursive: true, force: true }));
  const xpi = options.xpi || buildExtension(work);
  const started = Date.now();
  const run = { xpi, work, hostBinary: path.resolve(hostBinary), jobs: options.jobs, wanted };
  const { passed, failed } = await (options.prove ? prove(run) : runAll(run));
  console.log(`${Math.round((Date.now() - started) / 1000)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed ? 1 : 0;
}

main().catch((error) => {
  console.error(error.message);
  console.log("0 passed, 1 failed");
  process.exit(1);
});
