// SPDX-License-Identifier: MPL-2.0
// @ts-check

/**
 * What a closed port to the host means. The texts are those of Chromium's native_message_process_host.cc.
 * @param {string} text
 * @returns {import("../../core/types").FailureKind}
 */
export function classifyDisconnect(text) {
  if (/not found|forbidden|disabled by the system administrator|Failed to start/i.test(text)) return "host_missing";
  if (/Error when communicating/i.test(text)) return "host_garbage";
  return "host_crashed";
}
