// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Puts one client's extension together: core + ui + that client + texts, as they stand, and zips them.
//   node extension/build.mjs --client CLIENT --out DIR
// gives DIR/CLIENT/ and DIR/lastlook-CLIENT-VERSION.xpi (or .zip). The same tree gives the same bytes
// (SOURCE_DATE_EPOCH is the only time that goes in).

import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { crc32OfBytes } from "./crc32.mjs";

const EXTENSION = dirname(fileURLToPath(import.meta.url));

/** What ships of a client's extension; the name of the package's ending. */
const CLIENTS = /** @type {Record<string, {ending: string}>} */ ({ thunderbird: { ending: "xpi" }, gmail: { ending: "zip" } });

/** Everything a browser reads. Types, and notes for people, stay here. */
const SHIPPED = /\.(js|html|css|json|svg)$/;

const SHARED = ["core", "ui", "icons", "_locales"];

/** The earliest time the ZIP format knows: 1980-01-01. */
const ZIP_EPOCH = 315_532_800;

/** @returns {string} the one version number of the house */
export function projectVersion() {
  const text = readFileSync(join(EXTENSION, "..", "CMakeLists.txt"), "utf8");
  const version = /project\s*\([^)]*?\bVERSION\s+([0-9]+(?:\.[0-9]+)*)/.exec(text)?.[1];
  if (!version) throw new Error("CMakeLists.txt names no project(… VERSION …).");
  return version;
}

/**
 * @param {string} client
 * @param {string} out
 * @returns {{folder: string, archive: string}}
 */
export function build(client, out) {
  const ending = Object.hasOwn(CLIENTS, client) ? CLIENTS[client]?.ending : undefined;
  if (!ending) throw new Error(`There is no client "${client}"; known: ${Object.keys(CLIENTS).join(", ")}.`);
  const version = projectVersion();
  const folder = resolve(out, client);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const part of [...SHARED, join("clients", client)]) copyShipped(part, folder);
  const manifestPath = join(folder, "clients", client, "manifest.json");
  const manifest = JSON.parse(readFileSync(manifestPath, "utf8"));
  rmSync(manifestPath);
  writeFileSync(join(folder, "manifest.json"), `${JSON.stringify({ ...manifest, version }, null, 2)}\n`);
  const archive = resolve(out, `lastlook-${client}-${version}.${ending}`);
  writeFileSync(archive, zip(folder, filesUnder(folder)));
  return { folder, archive };
}

/**
 * @param {string} part
 * @param {string} folder
 */
function copyShipped(part, folder) {
  cpSync(join(EXTENSION, part), join(folder, part), {
    recursive: true,
    filter: (source) => statSync(source).isDirectory() || SHIPPED.test(source),
  });
}

/**
 * @param {string} folder
 * @returns {string[]} every file, in an order that depends on nothing but the names
 */
export function filesUnder(folder) {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() ? filesUnder(join(folder, entry.name)) : [join(folder, entry.name)],
  );
  return found.sort((one, other) => (one < other ? -1 : 1));
}

/**
 * A ZIP (APPNOTE.TXT) with its files stored as they are: a mail program unpacks it once, and nothing about it depends
 * on a compressor's version.
 * @param {string} folder
 * @param {string[]} files
 * @returns {Buffer}
 */
function zip(folder, files) {
  const { time, date } = dosTime(Math.max(Number(process.env["SOURCE_DATE_EPOCH"] ?? ZIP_EPOCH), ZIP_EPOCH));
  const parts = [];
  const directory = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(relative(folder, file).split(sep).join("/"), "utf8");
    const bytes = readFileSync(file);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0); // version needed: 2.0
    common.writeUInt16LE(0x0800, 2); // names are UTF-8
    common.writeUInt16LE(0, 4); // stored
    common.writeUInt16LE(time, 6);
    common.writeUInt16LE(date, 8);
    common.writeUInt32LE(crc32OfBytes(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(name.length, 22);
    common.writeUInt16LE(0, 24); // no extra field
    parts.push(Buffer.from("PK\x03\x04", "latin1"), common, name, bytes);
    const central = Buffer.alloc(14);
    central.writeUInt32LE(offset, 10);
    directory.push(Buffer.from("PK\x01\x02\x14\x00", "latin1"), common, central, name);
    offset += 30 + name.length + bytes.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", 0, "latin1");
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

/** @param {number} seconds */
function dosTime(seconds) {
  const at = new Date(seconds * 1000);
  return {
    time: (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1),
    date: ((at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate(),
  };
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) {
  const { values } = parseArgs({ options: { client: { type: "string" }, out: { type: "string" } } });
  if (!values.client || !values.out) {
    console.error("usage: node extension/build.mjs --client thunderbird|gmail --out DIR");
    process.exit(64);
  }
  try {
    console.log(build(values.client, values.out).archive);
  } catch (error) {
    console.error(`build.mjs: ${error instanceof Error ? error.message : error}`);
    process.exit(1);
  }
}
