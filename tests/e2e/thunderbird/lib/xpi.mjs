// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Opens an extension package and packs it again changed: a higher version, or a listener that guards nothing.
import fs from "node:fs";
import zlib from "node:zlib";

const LOCAL_HEADER = 0x04034b50; // APPNOTE.TXT 4.3.7
const CENTRAL_HEADER = 0x02014b50; // APPNOTE.TXT 4.3.12
const END_OF_DIRECTORY = 0x06054b50; // APPNOTE.TXT 4.3.16

/** @param {string} file @returns {Map<string, Buffer>} */
export function readXpi(file) {
  const zip = fs.readFileSync(file);
  let end = zip.length - 22;
  while (end >= 0 && zip.readUInt32LE(end) !== END_OF_DIRECTORY) end--;
  if (end < 0) throw new Error(`${file} is not a ZIP file`);
  /** @type {Map<string, Buffer>} */
  const entries = new Map();
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count--) {
    if (zip.readUInt32LE(at) !== CENTRAL_HEADER) throw new Error(`${file}: broken directory`);
    const method = zip.readUInt16LE(at + 10);
    const packed = zip.readUInt32LE(at + 20);
    const nameLength = zip.readUInt16LE(at + 28);
    const local = zip.readUInt32LE(at + 42);
    const name = zip.subarray(at + 46, at + 46 + nameLength).toString("utf8");
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = zip.subarray(start, start + packed);
    if (!name.endsWith("/")) entries.set(name, method === 0 ? bytes : zlib.inflateRawSync(bytes));
    at += 46 + nameLength + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}

/** @param {Buffer} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (0xedb88320 & -(crc & 1));
  }
  return ~crc >>> 0;
}

/** Writes the entries uncompressed. @param {string} file @param {Map<string, Buffer>} entries */
export function writeXpi(file, entries) {
  const body = [];
  const directory = [];
  let offset = 0;
  for (const [name, bytes] of entries) {
    const nameBytes = Buffer.from(name, "utf8");
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt32LE(crc32(bytes), 10);
    common.writeUInt32LE(bytes.length, 14);
    common.writeUInt32LE(bytes.length, 18);
    common.writeUInt16LE(nameBytes.length, 22);
    common.writeUInt16LE(0x21, 8); // 1980-01-01, the first day a ZIP can name
    const local = Buffer.alloc(4);
    local.writeUInt32LE(LOCAL_HEADER);
    body.push(local, common, nameBytes, bytes);
    const central = Buffer.alloc(6);
    central.writeUInt32LE(CENTRAL_HEADER);
    central.writeUInt16LE(20, 4);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(offset, 10);
    directory.push(central, common, rest, nameBytes);
    offset += 4 + common.length + nameBytes.length + bytes.length;
  }
  const directoryBytes = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END_OF_DIRECTORY);
  end.writeUInt16LE(entries.size, 8);
  end.writeUInt16LE(entries.size, 10);
  end.writeUInt32LE(directoryBytes.length, 12);
  end.writeUInt32LE(offset, 16);
  fs.writeFileSync(file, Buffer.concat([...body, directoryBytes, end]));
}

/** @param {string} from @param {string} to @param {(manifest: any, entries: Map<string, Buffer>) => void} change */
export function changeXpi(from, to, change) {
  const entries = readXpi(from);
  const manifest = JSON.parse(/** @type {Buffer} */ (entries.get("manifest.json")).toString("utf8"));
  change(manifest, entries);
  entries.set("manifest.json", Buffer.from(JSON.stringify(manifest, null, 2)));
  writeXpi(to, entries);
}

/** The same extension as an update. @param {string} from @param {string} to */
export function raiseVersion(from, to) {
  changeXpi(from, to, (manifest) => {
    manifest.version = `${manifest.version}.1`;
  });
}
