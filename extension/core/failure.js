// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Why a mail could not be checked. Every failure keeps the mail; some leave the person a deliberate way out.

/** @typedef {import("./types").FailureKind} FailureKind */

/**
 * The failures that only say "there is no working host here". They may be passed over with a second, deliberate
 * click. A host that answers nonsense, or a change that did not take, may not: there something was wrong with the check.
 * Newsgroups are in because the host has no words for them yet and there would be no other way to post.
 * @type {readonly FailureKind[]}
 */
const UNCHECKED_KINDS = Object.freeze(
  /** @type {FailureKind[]} */ ([
    "host_missing",
    "host_crashed",
    "host_timeout",
    "host_too_old",
    "host_too_new",
    "newsgroups",
  ]),
);

/** @param {FailureKind} kind */
export function kindMayGoUnchecked(kind) {
  return UNCHECKED_KINDS.includes(kind);
}

export class Failure extends Error {
  /**
   * @param {FailureKind} kind
   * @param {string} message English, for the details
   * @param {{code?: number, name?: string, remedy?: string, missing?: string[]}} [host] what the host's error said
   */
  constructor(kind, message, host = {}) {
    super(message);
    this.name = "Failure";
    /** @readonly */
    this.kind = kind;
    /** @readonly */
    this.code = host.code ?? 0;
    /** @readonly */
    this.remedy = host.remedy ?? "";
    /** @readonly What the person still owes, when the host says so. */
    this.missing = host.missing ?? [];
  }
}

/**
 * @param {unknown} error
 * @returns {Failure}
 */
export function asFailure(error) {
  if (error instanceof Failure) return error;
  return new Failure("internal", error instanceof Error ? `${error.name}: ${error.message}` : String(error));
}
