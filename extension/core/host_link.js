// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The one warm port to the host: opened at start-up, opened again when it is lost, every request with a deadline.
// There is no answer but a checked one: everything else is a Failure that says what went wrong.

import { Failure, asFailure } from "./failure.js";
import { CANNOT_CARRY_OUT, FRAME_TOO_LARGE, PROTOCOL_MISMATCH, UNKNOWN_METHOD } from "./error_codes.js";
import { checkReply, checkResult, deferredToken } from "./verdict_shape.js";
import { wellFormed } from "./well_formed.js";

/** @typedef {import("./types").Method} Method */
/** @typedef {import("./types").HelloResult} HelloResult */
/** @typedef {import("./types").PortLike} PortLike */

export const PROTOCOL = 1;

/** How long the host may take, by method. Not a setting: a person who waits longer thinks the program hangs. */
export const DEADLINES_MS = Object.freeze({
  hello: 10_000,
  "draft.evaluate": 10_000,
  "draft.fix": 10_000,
  "draft.commit": 10_000,
  "draft.verify": 10_000,
  "draft.shown": 5_000,
  "draft.sent": 5_000,
  "draft.cancelled": 5_000,
  "history.learn": 10_000,
  "history.silence": 5_000,
  "history.silenced": 5_000,
  own_domains: 5_000,
  "hold.put": 10_000,
  "hold.list": 10_000,
  "hold.release": 10_000,
  "hold.ask": 5_000,
  "hold.sent": 5_000,
  "hold.cancel": 5_000,
  "client.problem": 5_000,
  "part.get": 10_000,
  "part.put": 10_000,
  "part.state": 5_000,
  "part.drop": 5_000,
  status: 5_000,
});

/** Pauses between attempts to get a lost host back on our own. A send does not wait for them: it tries at once. */
export const RECONNECT_PAUSES_MS = Object.freeze([1_000, 2_000, 5_000, 15_000, 60_000]);

/** A deferred result above this is taken for nonsense. */
export const LARGEST_DEFERRED_BYTES = 64 * 1024 * 1024;

/** Without these methods the host cannot be used at all. */
const NEEDED_METHODS = ["draft.evaluate", "draft.commit", "draft.verify"];

/**
 * @typedef {object} HostLinkOptions
 * @property {() => PortLike} connect
 * @property {(errorText: string) => import("./types").FailureKind} classifyDisconnect
 * @property {() => Promise<object>} hello the params of `hello`
 * @property {() => void} [onReady]
 * @property {(callback: () => void, ms: number) => any} [setTimer]
 * @property {(timer: any) => void} [clearTimer]
 */

/**
 * One life of a port, from connect to disconnect.
 * @typedef {object} Connection
 * @property {PortLike} port
 * @property {Map<number, {resolve: (result: unknown) => void, reject: (failure: Failure) => void}>} pending
 * @property {Failure | null} lost
 */

export class HostLink {
  #options;
  /** @type {Connection | null} */
  #connection = null;
  /** @type {Promise<HelloResult> | null} */
  #ready = null;
  #lastId = 0;
  #failedAttempts = 0;
  /** @type {any} */
  #reconnectTimer = null;
  #closed = false;

  /** @param {HostLinkOptions} options */
  constructor(options) {
    this.#options = {
      setTimer: (/** @type {() => void} */ callback, /** @type {number} */ ms) => setTimeout(callback, ms),
      clearTimer: (/** @type {any} */ timer) => clearTimeout(timer),
      onReady: () => {},
      ...options,
    };
  }

  /** Opens the port ahead of the first send. Its failure is not lost: the send that needs the host meets it again. */
  start() {
    this.ready().catch(() => {});
  }

  /**
   * The host's hello; opens the port when there is none.
   * @returns {Promise<HelloResult>}
   */
  ready() {
    if (!this.#ready) {
      const attempt = this.#open();
      this.#ready = attempt;
      attempt.then(
        () => {
          this.#failedAttempts = 0;
          this.#options.onReady();
        },
        (failure) => {
          if (this.#ready === attempt) this.#ready = null;
          this.#planReconnect(failure);
        },
      );
    }
    return this.#ready;
  }

  /**
   * @template {Method} M
   * @param {M} method
   * @param {object} params
   * @returns {Promise<import("./types").Results[M]>} a checked result, or a Failure
   */
  async request(method, params) {
    await this.ready();
    const connection = this.#connection;
    if (!connection) throw new Failure("host_crashed", "The host's port closed before the request could be sent.");
    return this.#call(connection, method, params);
  }

  /** Ends the link for good. */
  close() {
    this.#closed = true;
    this.#options.clearTimer(this.#reconnectTimer);
    if (this.#connection) this.#drop(this.#connection, new Failure("host_crashed", "The link was closed."));
  }

  /** @returns {Promise<HelloResult>} */
  async #open() {
    this.#options.clearTimer(this.#reconnectTimer);
    const params = await this.#options.hello();
    /** @type {PortLike} */
    let port;
    try {
      port = this.#options.connect();
    } catch (error) {
      throw new Failure("host_missing", `The host could not be started: ${String(error)}`);
    }
    /** @type {Connection} */
    const connection = { port, pending: new Map(), lost: null };
    this.#connection = connection;
    port.onMessage.addListener((message) => this.#receive(connection, message));
    port.onDisconnect.addListener((closedPort) => {
      const text = String(closedPort?.error?.message ?? "");
      const kind = this.#options.classifyDisconnect(text);
      this.#drop(connection, new Failure(kind, text || "The host ended without a word."));
    });
    try {
      const hello = await this.#call(connection, "hello", { protocol: PROTOCOL, ...params });
      if (hello.protocol !== PROTOCOL) {
        const kind = hello.protocol < PROTOCOL ? "host_too_old" : "host_too_new";
        throw new Failure(kind, `The host speaks protocol ${hello.protocol}, this extension ${PROTOCOL}.`);
      }
      const missing = NEEDED_METHODS.filter((method) => !hello.capabilities.includes(method));
      if (missing.length > 0) throw new Failure("host_too_old", `The host does not know ${missing.join(", ")}.`);
      return hello;
    } catch (error) {
      let failure = asFailure(error);
      if (failure.code === UNKNOWN_METHOD) {
        failure = new Failure("host_too_old", failure.message, { code: failure.code, remedy: failure.remedy });
      }
      this.#drop(connection, failure);
      throw failure;
    }
  }

  /**
   * @template {Method} M
   * @param {Connection} connection
   * @param {M} method
   * @param {object} params
   * @returns {Promise<import("./types").Results[M]>}
   */
  async #call(connection, method, params) {
    let result = await this.#send(connection, method, params);
    try {
      const deferred = deferredToken(result);
      if (deferred) result = await this.#pull(connection, deferred);
      return checkResult(method, result);
    } catch (error) {
      const failure = asFailure(error);
      // A host that answers nonsense once is not asked again on the same port.
      if (failure.kind === "host_garbage" || failure.kind === "host_unknown_key") this.#drop(connection, failure);
      throw failure;
    }
  }

  /**
   * @param {Connection} connection
   * @param {Method} method
   * @param {object} params
   * @returns {Promise<unknown>} the result as it came
   */
  #send(connection, method, params) {
    if (connection.lost) return Promise.reject(connection.lost);
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const timer = this.#options.setTimer(() => {
        // A host that hangs is not asked again either: dropping the port ends it, the next send starts a fresh one.
        const failure = new Failure("host_timeout", `No answer to ${method} within ${DEADLINES_MS[method]} ms.`);
        this.#drop(connection, failure);
      }, DEADLINES_MS[method]);
      connection.pending.set(id, {
        resolve: (result) => {
          this.#options.clearTimer(timer);
          resolve(result);
        },
        reject: (failure) => {
          this.#options.clearTimer(timer);
          reject(failure);
        },
      });
      try {
        connection.port.postMessage({ jsonrpc: "2.0", id, method, params: wellFormed(params) });
      } catch (error) {
        this.#drop(connection, new Failure("host_crashed", `The request could not be sent: ${String(error)}`));
      }
    });
  }

  /**
   * @param {Connection} connection
   * @param {unknown} message
   */
  #receive(connection, message) {
    if (connection.lost) return;
    try {
      const reply = checkReply(message);
      if (reply.id === null) {
        // The host could not tell which request it was; one of the pending ones. None of them may pass.
        const failure = hostFailure(reply.error);
        for (const request of connection.pending.values()) request.reject(failure);
        connection.pending.clear();
        return;
      }
      const request = typeof reply.id === "number" ? connection.pending.get(reply.id) : undefined;
      if (!request) throw new Failure("host_garbage", "The host answered a request that was never made.");
      connection.pending.delete(/** @type {number} */ (reply.id));
      if (reply.error) request.reject(hostFailure(reply.error));
      else request.resolve(reply.result);
    } catch (error) {
      this.#drop(connection, asFailure(error));
    }
  }

  /**
   * @param {Connection} connection
   * @param {{token: string, sizeBytes: number}} deferred
   * @returns {Promise<unknown>}
   */
  async #pull(connection, { token, sizeBytes }) {
    if (sizeBytes > LARGEST_DEFERRED_BYTES) {
      throw new Failure("host_garbage", `The host announced an answer of ${sizeBytes} bytes.`);
    }
    const bytes = new Uint8Array(sizeBytes);
    let offset = 0;
    for (let last = false; !last; ) {
      const part = checkResult("part.get", await this.#send(connection, "part.get", { token, offset }));
      const chunk = bytesFromBase64(part.data);
      const end = offset + chunk.length;
      last = part.last;
      if (part.offset !== offset || part.size_bytes !== sizeBytes || end > sizeBytes || last !== (end === sizeBytes)) {
        throw new Failure("host_garbage", "The pieces of the host's answer do not fit together.");
      }
      if (chunk.length === 0 && !last) throw new Failure("host_garbage", "The host sent an empty piece.");
      bytes.set(chunk, offset);
      offset = end;
    }
    try {
      return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
    } catch (error) {
      throw new Failure("host_garbage", `The host's answer is not JSON: ${String(error)}`);
    }
  }

  /**
   * The port is of no more use: everything that waits for it fails.
   * @param {Connection} connection
   * @param {Failure} failure
   */
  #drop(connection, failure) {
    if (connection.lost) return;
    connection.lost = failure;
    for (const request of connection.pending.values()) request.reject(failure);
    connection.pending.clear();
    try {
      connection.port.disconnect();
    } catch {
      // It is already closed.
    }
    if (this.#connection === connection) {
      this.#connection = null;
      const wasReady = this.#ready;
      this.#ready = null;
      // While hello is under way, ready() itself plans the next attempt.
      if (wasReady) wasReady.then(() => this.#planReconnect(failure), () => {});
    }
  }

  /**
   * @param {unknown} error
   */
  #planReconnect(error) {
    const { kind } = asFailure(error);
    // A host that is not installed, or does not fit, does not change by being asked again and again: the next send asks.
    const worthIt = kind === "host_crashed" || kind === "host_timeout" || kind === "host_garbage";
    if (this.#closed || !worthIt || this.#failedAttempts >= RECONNECT_PAUSES_MS.length) return;
    const pause = RECONNECT_PAUSES_MS[this.#failedAttempts] ?? 0;
    this.#failedAttempts += 1;
    this.#options.clearTimer(this.#reconnectTimer);
    this.#reconnectTimer = this.#options.setTimer(() => this.start(), pause);
  }
}

/**
 * @param {{code: number, message: string, data?: any} | undefined} error
 * @returns {Failure}
 */
function hostFailure(error) {
  const code = error?.code ?? 0;
  const message = error?.message ?? "The host refused the request.";
  const remedy = typeof error?.data?.remedy === "string" ? error.data.remedy : "";
  const missing = Array.isArray(error?.data?.missing) ? error.data.missing.map(String) : [];
  /** @type {import("./types").FailureKind} */
  let kind = "host_error";
  if (code === PROTOCOL_MISMATCH) kind = error?.data?.host_is_old === false ? "host_too_new" : "host_too_old";
  else if (code === FRAME_TOO_LARGE) kind = "draft_too_large";
  else if (code === CANNOT_CARRY_OUT) kind = "cannot_carry_out";
  return new Failure(kind, message, { code, remedy, missing });
}

/**
 * @param {string} text
 * @returns {Uint8Array}
 */
function bytesFromBase64(text) {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw new Failure("host_garbage", "A piece of the host's answer is not base64.");
  }
}
