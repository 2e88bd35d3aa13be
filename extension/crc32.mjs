// SPDX-License-Identifier: MPL-2.0
// @ts-check
// CRC-32 as ZIP wants it (APPNOTE.TXT 4.4.7). Node has its own only from version 22 on.

const TABLE = new Uint32Array(256).map((_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  return value;
});

/**
 * @param {Uint8Array} bytes
 * @returns {number}
 */
export function crc32OfBytes(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) value = (value >>> 8) ^ (TABLE[(value ^ byte) & 0xff] ?? 0);
  return (value ^ 0xffffffff) >>> 0;
}
