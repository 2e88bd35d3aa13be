// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The extension as an organisation gives it out: a signed package, and the update address that names it.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { EXTENSION_ID, PROGRAMS } from "./seat.mjs";

/** That of the manifest's "key". A release is signed with a key of its own, which stands in no repository. */
const KEY = fileURLToPath(new URL("../development-key.pem", import.meta.url));

/**
 * @param {string} extension the built folder
 * @param {string} directory where to put it
 * @returns {string} the update address
 */
export function packageExtension(extension, directory) {
  const copy = path.join(directory, "package");
  fs.cpSync(extension, copy, { recursive: true });
  const program = PROGRAMS.find((one) => fs.existsSync(one)) ?? "";
  const home = path.join(directory, "package-home");
  fs.mkdirSync(home, { recursive: true });
  const made = spawnSync(program, ["--headless=new", "--no-sandbox", `--user-data-dir=${home}/profile`, `--pack-extension=${copy}`, `--pack-extension-key=${KEY}`], {
    encoding: "utf8",
    env: { ...process.env, HOME: home, XDG_CONFIG_HOME: path.join(home, ".config") },
    timeout: 60_000,
  });
  const archive = `${copy}.crx`;
  if (!fs.existsSync(archive)) throw new Error(`Chromium made no package: ${made.stderr}`);
  const { version } = JSON.parse(fs.readFileSync(path.join(copy, "manifest.json"), "utf8"));
  const update = path.join(directory, "update.xml");
  fs.writeFileSync(
    update,
    `<?xml version="1.0" encoding="UTF-8"?>\n<gupdate xmlns="http://www.google.com/update2/response" protocol="2.0">` +
      `<app appid="${EXTENSION_ID}"><updatecheck codebase="${pathToFileURL(archive)}" version="${version}"/></app></gupdate>\n`,
  );
  return String(pathToFileURL(update));
}
