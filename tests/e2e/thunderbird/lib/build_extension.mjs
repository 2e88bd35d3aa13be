// SPDX-License-Identifier: MPL-2.0
// @ts-check
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const BUILD = fileURLToPath(new URL("../../../../extension/build.mjs", import.meta.url));

/** Builds the Thunderbird package into `folder`. @param {string} folder @returns {string} the .xpi */
export function buildExtension(folder) {
  fs.mkdirSync(folder, { recursive: true });
  execFileSync(process.execPath, [BUILD, "--client", "thunderbird", "--out", folder], { stdio: ["ignore", "ignore", "inherit"] });
  const built = fs.readdirSync(folder).find((name) => name.endsWith(".xpi"));
  if (!built) throw new Error(`extension/build.mjs left no .xpi in ${folder}`);
  return path.join(folder, built);
}
