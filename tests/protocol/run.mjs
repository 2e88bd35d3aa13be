// SPDX-License-Identifier: MPL-2.0
// @ts-check
// node tests/protocol/run.mjs --host PATH [NAME…]: runs the protocol cases against the real program.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { PrivateEtc } from "./lib/private_etc.mjs";
import { runCaseFile } from "./lib/case_file.mjs";
import { processCases } from "./process_cases.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const args = process.argv.slice(2);
const at = args.indexOf("--host");
const host = at >= 0 ? resolve(args.splice(at, 2)[1] ?? "") : resolve(here, "../../build/ci/host/lastlook-host");

const schema = JSON.parse(readFileSync(join(here, "../../host/wire/protocol.schema.json"), "utf8"));
const etc = new PrivateEtc();
const why_not = etc.whyNot();
if (why_not) {
  console.error(`cannot run the host with a policy of the tests' own: ${why_not}`);
  etc.cleanUp();
  process.exit(1);
}

/** @type {{name: string, run: () => Promise<string | void>}[]} */
const cases = readdirSync(here).filter((name) => name.endsWith(".jsonl")).sort()
  .map((name) => ({ name, run: () => runCaseFile(join(here, name), { host, schema, etc }) }));
for (const [name, run] of Object.entries(processCases)) {
  cases.push({ name, run: async () => { etc.reset(); return run({ host, etc }); } });
}
const chosen = cases.filter(({ name }) => args.length === 0 || args.some((part) => name.includes(part)));

let passed = 0;
let failed = 0;
for (const { name, run } of chosen) {
  try {
    const skipped = await run();
    if (skipped) {
      console.log(`skip ${name}: ${skipped}`);
    } else {
      ++passed;
    }
  } catch (error) {
    ++failed;
    console.log(`FAIL ${name}: ${/** @type {Error} */ (error).message}`);
  }
}
etc.cleanUp();
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 && passed > 0 ? 0 : 1);
