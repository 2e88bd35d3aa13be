// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A tab's way to the host, through the extension's worker. Like HostLink it knows no answer but a whole one: a worker that was
// stopped, an extension that was reloaded or a silence that lasts too long is a Failure.

import { Failure } from "../../core/failure.js";

/** Longer than the worker waits for the host (hello and the request itself), so that its own account comes first. */
export const ANSWER_WITHIN_MS = 25_000;

/** @typedef {{resolve: (result: any) => void, reject: (failure: Failure) => void, timer: any}} Pending */

export class WorkerLink {
  /** @type {chrome.runtime.Port | null} */
  #port = null;
  /** @type {Map<number, Pending>} */
  #pending = new Map();
  #lastId = 0;
  #session;

  /** @param {string} session of this tab, for as long as its page is there */
  constructor(session) {
    this.#session = session;
  }

  /** Opens the bridge ahead of the first send; its failure is met again by the send that needs it. */
  start() {
    try {
      this.#open();
    } catch {
      // See above.
    }
  }

  /**
   * @param {string} method
   * @param {object} params
   * @returns {Promise<any>}
   */
  request(method, params) {
    return new Promise((resolve, reject) => {
      const id = ++this.#lastId;
      const timer = setTimeout(() => this.#lose(new Failure("host_timeout", `No answer to ${method} within ${ANSWER_WITHIN_MS} ms.`)), ANSWER_WITHIN_MS);
      this.#pending.set(id, { resolve, reject, timer });
      try {
        this.#open().postMessage({ id, method, params });
      } catch (error) {
        this.#lose(lossOf(String(error)));
      }
    });
  }

  #open() {
    if (this.#port) return this.#port;
    if (!chrome.runtime?.id) throw new Error("The extension was reloaded.");
    const port = chrome.runtime.connect({ name: this.#session });
    this.#port = port;
    port.onMessage.addListener((reply) => {
      const pending = this.#pending.get(reply?.id);
      if (!pending) return;
      this.#pending.delete(reply.id);
      clearTimeout(pending.timer);
      const { failure } = reply;
      if (failure) pending.reject(new Failure(failure.kind, failure.message, failure));
      else pending.resolve(reply.result);
    });
    port.onDisconnect.addListener(() => {
      if (this.#port === port) this.#lose(lossOf("The extension's worker was stopped."));
    });
    return port;
  }

  /** @param {Failure} failure */
  #lose(failure) {
    const port = this.#port;
    this.#port = null;
    for (const { reject, timer } of this.#pending.values()) {
      clearTimeout(timer);
      reject(failure);
    }
    this.#pending.clear();
    try {
      port?.disconnect();
    } catch {
      // It is closed already.
    }
  }
}

/** @param {string} message */
function lossOf(message) {
  return new Failure(chrome.runtime?.id ? "host_crashed" : "extension_gone", message);
}
