// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Verdicts in the shape of the contract, for tests.

/** @typedef {import("../../extension/core/types").Verdict} Verdict */

/**
 * @param {string} id
 * @param {string} address
 * @param {Partial<import("../../extension/core/types").VerdictRecipient>} [more]
 * @returns {import("../../extension/core/types").VerdictRecipient}
 */
export function recipient(id, address, more = {}) {
  return { id, address, name: "", organisation: address.split("@")[1] ?? "", side: "outside", known: false, rules: [], ...more };
}

/**
 * @param {Partial<Verdict>} [more]
 * @returns {Verdict} nothing found, nothing asked
 */
export function verdict(more = {}) {
  return {
    disposition: "allow",
    needs: [],
    hold_seconds: 0,
    recipients: [recipient("to[0]", "hanako@example.co.jp", { side: "inside" })],
    acknowledge: [],
    pending: [],
    findings: [],
    simulated: [],
    obligations: [],
    result: { to: ["hanako@example.co.jp"], cc: [], bcc: [], attachments: [], extra_mails: [] },
    policy: { id: "test", serial: 1, sha256: "p1" },
    digest: "sha256:draft",
    ...more,
  };
}

/**
 * @param {Partial<import("../../extension/core/types").Finding>} [more]
 * @returns {import("../../extension/core/types").Finding}
 */
export function finding(more = {}) {
  return {
    rule: "external",
    mode: "confirm",
    condition: "recipients",
    title: "Outside your organisation",
    message: "This mail leaves your organisation.",
    on: "draft",
    evidence: [{ where: "to[0]", excerpt: "ito@c-corp.example", start: 0, end: 18, why: "" }],
    evidence_total: 1,
    fixes: [],
    ...more,
  };
}

/** One outside recipient, to be ticked. */
export function asking(/** @type {Partial<Verdict>} */ more = {}) {
  return verdict({
    needs: ["confirm"],
    recipients: [recipient("to[0]", "ito@c-corp.example")],
    acknowledge: ["to[0]"],
    findings: [finding()],
    result: { to: ["ito@c-corp.example"], cc: [], bcc: [], attachments: [], extra_mails: [] },
    ...more,
  });
}
