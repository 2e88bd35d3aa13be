// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Peer: the least that a native-messaging host in Node does. Reads a frame, parses the JSON, writes it back. No rules.
import { readSync, writeSync } from "node:fs";

/** @param {number} size */
function read(size) {
  const bytes = Buffer.allocUnsafe(size);
  for (let at = 0; at < size; ) {
    const count = readSync(0, bytes, at, size - at, null);
    if (count === 0) process.exit(0);
    at += count;
  }
  return bytes;
}

for (;;) {
  const message = JSON.parse(read(read(4).readUInt32LE()).toString("utf8"));
  const body = Buffer.from(JSON.stringify(message));
  const header = Buffer.allocUnsafe(4);
  header.writeUInt32LE(body.length);
  const frame = Buffer.concat([header, body]);
  for (let at = 0; at < frame.length; ) at += writeSync(1, frame, at);
}
