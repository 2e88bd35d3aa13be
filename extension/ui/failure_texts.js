// SPDX-License-Identifier: MPL-2.0
// @ts-check
// For each way a check can fail: what happened, and what to do.

/** @typedef {import("../core/types").FailureKind} FailureKind */

/** @type {Record<FailureKind, {what: string, todo: string}>} */
export const FAILURE_TEXTS = {
  host_missing: { what: "failHostMissing", todo: "todoHostMissing" },
  host_crashed: { what: "failHostCrashed", todo: "todoTryAgain" },
  host_timeout: { what: "failHostTimeout", todo: "todoTryAgain" },
  host_garbage: { what: "failHostGarbage", todo: "todoReinstall" },
  host_unknown_key: { what: "failHostUnknownKey", todo: "todoSameVersion" },
  host_too_old: { what: "failHostTooOld", todo: "todoUpdateHost" },
  host_too_new: { what: "failHostTooNew", todo: "todoUpdateExtension" },
  host_error: { what: "failHostError", todo: "todoReport" },
  draft_too_large: { what: "failDraftTooLarge", todo: "todoSmaller" },
  cannot_carry_out: { what: "failCannotCarryOut", todo: "todoAskAdministrator" },
  hold_failed: { what: "failHold", todo: "todoTryAgain" },
  patch_failed: { what: "failPatch", todo: "todoTryAgain" },
  restore_failed: { what: "failRestore", todo: "todoCheckRecipients" },
  newsgroups: { what: "failNewsgroups", todo: "todoNewsgroups" },
  parts_pending: { what: "failPartsPending", todo: "todoTryAgain" },
  window_failed: { what: "failWindow", todo: "todoTryAgain" },
  page_unknown: { what: "failPageUnknown", todo: "todoPageUnknown" },
  page_changed: { what: "failPageChanged", todo: "todoPageChanged" },
  extension_gone: { what: "failExtensionGone", todo: "todoReloadTab" },
  internal: { what: "failInternal", todo: "todoReport" },
};
