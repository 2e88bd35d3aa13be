// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Every answer of the host is held against its shape before anything is decided by it.
// An unknown key in an answer that decides something is refused: a host that means something we do not understand
// must not be taken for one that says yes.

import { Failure } from "./failure.js";

/** @typedef {(value: unknown, where: string) => void} Check */

/**
 * @param {string} where
 * @param {string} expected
 * @returns {never}
 */
function garbage(where, expected) {
  throw new Failure("host_garbage", `The host's answer is not valid at ${where || "/"}: expected ${expected}.`);
}

/** @type {Check} */
const string = (value, where) => {
  if (typeof value !== "string") garbage(where, "a string");
};

/** @type {Check} */
const boolean = (value, where) => {
  if (typeof value !== "boolean") garbage(where, "true or false");
};

/** @type {Check} */
const count = (value, where) => {
  if (typeof value !== "number" || !Number.isSafeInteger(value) || value < 0) garbage(where, "a whole number from 0");
};

/** @type {Check} */
const onlyTrue = (value, where) => {
  if (value !== true) garbage(where, "true");
};

/** @type {Check} A window that never opens its Send would be no window. */
const secondsOfAMinute = (value, where) => {
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 60) garbage(where, "a whole number from 1 to 60");
};

/** @type {Check} */
const anything = () => {};

/** @type {Check} */
const anyObject = (value, where) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) garbage(where, "an object");
};

/**
 * @param {readonly string[]} words
 * @returns {Check}
 */
const oneOf = (words) => (value, where) => {
  if (typeof value !== "string" || !words.includes(value)) garbage(where, `one of ${words.join(", ")}`);
};

/**
 * @param {Check} each
 * @returns {Check}
 */
const arrayOf = (each) => (value, where) => {
  if (!Array.isArray(value)) garbage(where, "an array");
  else value.forEach((item, index) => each(item, `${where}/${index}`));
};

/**
 * @param {Record<string, Check>} required
 * @param {Record<string, Check>} [optional]
 * @returns {Check} an object with exactly these keys
 */
const closed =
  (required, optional = {}) =>
  (value, where) => {
    anyObject(value, where);
    const object = /** @type {Record<string, unknown>} */ (value);
    for (const key of Object.keys(object)) {
      if (!Object.hasOwn(required, key) && !Object.hasOwn(optional, key)) {
        throw new Failure("host_unknown_key", `The host's answer has a key this version does not know: ${where}/${key}`);
      }
    }
    for (const [key, check] of Object.entries(required)) {
      if (!Object.hasOwn(object, key)) garbage(`${where}/${key}`, "this key to be there");
      check(object[key], `${where}/${key}`);
    }
    for (const [key, check] of Object.entries(optional)) {
      if (Object.hasOwn(object, key)) check(object[key], `${where}/${key}`);
    }
  };

/**
 * @param {Record<string, Check>} required
 * @param {Record<string, Check>} [optional]
 * @returns {Check} an object with at least these keys; only for answers that decide nothing
 */
const open =
  (required, optional = {}) =>
  (value, where) => {
    anyObject(value, where);
    const object = /** @type {Record<string, unknown>} */ (value);
    for (const [key, check] of Object.entries(required)) check(object[key], `${where}/${key}`);
    for (const [key, check] of Object.entries(optional)) {
      if (Object.hasOwn(object, key)) check(object[key], `${where}/${key}`);
    }
  };

const finding = closed(
  {
    rule: string,
    mode: oneOf(["simulate", "warn", "confirm", "justify", "hold", "approve", "block"]),
    condition: string,
    title: string,
    message: string,
    on: oneOf(["draft", "result"]),
    evidence: arrayOf(closed({ where: string, excerpt: string, start: count, end: count, why: string }, { place: string })),
    evidence_total: count,
    fixes: arrayOf(closed({ id: string, label: string })),
  },
  { help: string },
);

const verdict = closed(
  {
    disposition: oneOf(["allow", "modify", "delay", "block"]),
    needs: arrayOf(oneOf(["confirm", "justify", "approve", "type_count", "retype_names"])),
    hold_seconds: count,
    recipients: arrayOf(
      closed({
        id: string,
        address: string,
        name: string,
        organisation: string,
        side: oneOf(["inside", "outside", "unknown"]),
        known: boolean,
        rules: arrayOf(string),
      }),
    ),
    acknowledge: arrayOf(string),
    pending: arrayOf(string),
    findings: arrayOf(finding),
    simulated: arrayOf(string),
    obligations: arrayOf(closed({ kind: string, by: string, params: anything }, { problem: string })),
    result: closed({
      to: arrayOf(string),
      cc: arrayOf(string),
      bcc: arrayOf(string),
      attachments: arrayOf(anything),
      extra_mails: arrayOf(anything),
    }),
    policy: closed({ id: string, serial: count, sha256: string }),
    digest: string,
  },
  {
    count_of: oneOf(["outside", "everybody"]),
    retype: arrayOf(string),
    tick_all: onlyTrue,
    countdown_seconds: secondsOfAMinute,
    top_message: string,
    notices: arrayOf(closed({ id: string, by: string, text: string })),
    changes: arrayOf(closed({ where: oneOf(["subject", "body", "headers", "attachments"]), by: string, label: string, text: string })),
  },
);

const patch = closed(
  {},
  {
    recipients: closed({ to: arrayOf(string), cc: arrayOf(string), bcc: arrayOf(string) }),
    from: string,
    subject: string,
    body: closed({}, { text: string, html: string }),
    headers: arrayOf(closed({ name: string, value: string })),
    attachments: closed({
      remove: arrayOf(string),
      add: arrayOf(closed({ name: string, type: string }, { size_bytes: count, sha256: string, token: string })),
    }),
  },
);

const hold = closed(
  {
    hold_id: string,
    state: oneOf(["saving", "waiting", "releasing", "asked"]),
    why: string,
    hold_seconds: count,
    release_at: string,
    remaining_ms: count,
    late_ms: count,
    form: oneOf(["countdown", "draft"]),
    may_cancel: boolean,
    subject: string,
    recipients: arrayOf(string),
    recipients_total: count,
    digest: string,
    where: anyObject,
  },
  { released: closed({ at: string, subject: string, recipients: arrayOf(string), recipients_total: count }) },
);

/** @type {Record<import("./types").Method, Check>} */
const SHAPES = {
  hello: open({
    protocol: count,
    host: open({ version: string }),
    policy: open({ id: string, serial: count, sha256: string, state: oneOf(["ok", "last_good", "fallback"]) }),
    capabilities: arrayOf(string),
    limits: open({ frame_up_bytes: count, frame_down_bytes: count, chunk_bytes: count }, { part_chunk_bytes: count, part_bytes: count }),
  }),
  "draft.evaluate": closed(
    { compose_id: string, revision: count, verdict },
    {
      silenceable: arrayOf(closed({ rule: string, condition: string, recipient: string, label: string })),
      parts: arrayOf(closed({ where: string, state: oneOf(["pending", "read", "uninspected"]) }, { kind: string })),
    },
  ),
  "draft.fix": closed({ patch }, { go_to: oneOf(["attachments", "subject", "body", "recipients", "sender"]) }),
  "draft.commit": closed({ patch, result_digest: string, hold_seconds: count }, { password: string }),
  "draft.verify": closed({ matches: boolean, digest: string }),
  "draft.shown": anyObject,
  "draft.sent": anyObject,
  "draft.cancelled": anyObject,
  "history.learn": closed({ account: string, complete: boolean, headers: count, cursor: string }),
  "history.silence": closed({ changed: boolean }),
  "history.silenced": open({ silenced: arrayOf(open({ condition: string, title: string, address: string, since: string })) }),
  "hold.put": closed({ hold }),
  "hold.list": closed({ holds: arrayOf(hold) }),
  "hold.release": closed({ patch, result_digest: string }, { password: string }),
  "hold.ask": closed({ hold }),
  "hold.sent": anyObject,
  "hold.cancel": anyObject,
  "client.problem": anyObject,
  "part.get": closed({ data: string, offset: count, size_bytes: count, last: boolean }),
  own_domains: open({ managed: boolean, domains: arrayOf(string), proposed: arrayOf(string), file: string }),
  "part.put": closed({ part_id: string, received: count }, { sha256: string, state: oneOf(["pending", "read", "uninspected"]) }),
  "part.state": closed({ states: arrayOf(oneOf(["unknown", "pending", "read", "uninspected"])) }),
  "part.drop": anyObject,
  status: open(
    {},
    {
      host: open({ version: string, started: string }),
      policy: open({
        id: string,
        serial: count,
        sha256: string,
        state: oneOf(["ok", "last_good", "fallback"]),
        problems: arrayOf(open({ file: string, line: count, column: count, message: string, remedy: string })),
      }),
      counts: open({ evaluated: count, committed: count, sent: count, cancelled: count }),
      store: open(
        {
          state: oneOf(["ok", "unavailable"]),
          accounts: arrayOf(open({ account: string, complete: boolean, headers: count, cursor: string })),
        },
        { problem: open({ message: string, remedy: string }), damaged: arrayOf(string) },
      ),
    },
  ),
};

/**
 * @template {import("./types").Method} M
 * @param {M} method
 * @param {unknown} result
 * @returns {import("./types").Results[M]}
 */
export function checkResult(method, result) {
  SHAPES[method](result, "");
  return /** @type {import("./types").Results[M]} */ (result);
}

/**
 * A reply as JSON-RPC 2.0 has it: an id and either a result or an error.
 * @param {unknown} message
 * @returns {{id: number | string | null, result?: unknown, error?: {code: number, message: string, data?: any}}}
 */
export function checkReply(message) {
  anyObject(message, "");
  const reply = /** @type {Record<string, unknown>} */ (message);
  /** @type {Record<string, Check>} */
  const body = Object.hasOwn(reply, "error")
    ? { error: closed({ code: anything, message: string }, { data: anyObject }) }
    : { result: anything };
  closed({ jsonrpc: oneOf(["2.0"]), id: anything, ...body })(reply, "");
  if (typeof reply.id !== "number" && typeof reply.id !== "string" && reply.id !== null) garbage("/id", "an id");
  const error = /** @type {any} */ (reply.error);
  if (error && !Number.isSafeInteger(error.code)) garbage("/error/code", "a whole number");
  return /** @type {any} */ (reply);
}

/**
 * @param {unknown} result
 * @returns {{token: string, sizeBytes: number} | null} where the real result waits, when this one only points to it
 */
export function deferredToken(result) {
  if (typeof result !== "object" || result === null || !Object.hasOwn(result, "deferred")) return null;
  closed({ deferred: closed({ token: string, size_bytes: count }) })(result, "");
  const { token, size_bytes } = /** @type {any} */ (result).deferred;
  return { token, sizeBytes: size_bytes };
}
