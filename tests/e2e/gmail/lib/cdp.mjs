// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A client of the Chrome DevTools Protocol over the browser's pipe (--remote-debugging-pipe): JSON messages ended by a zero byte.

/** @typedef {{resolve: (value: any) => void, reject: (error: Error) => void, method: string}} Pending */

export class Cdp {
  /** @param {import("node:stream").Writable} write @param {import("node:stream").Readable} read */
  constructor(write, read) {
    this.write = write;
    this.nextId = 1;
    /** @type {Map<number, Pending>} */
    this.pending = new Map();
    /** @type {Set<(event: {method: string, params: any, sessionId?: string}) => void>} */
    this.listeners = new Set();
    /** @type {Buffer[]} */
    let chunks = [];
    read.on("data", (/** @type {Buffer} */ chunk) => {
      for (let from = 0; ; ) {
        const end = chunk.indexOf(0, from);
        if (end < 0) {
          chunks.push(chunk.subarray(from));
          return;
        }
        chunks.push(chunk.subarray(from, end));
        this.#receive(JSON.parse(Buffer.concat(chunks).toString("utf8")));
        chunks = [];
        from = end + 1;
      }
    });
    const gone = () => {
      for (const { reject, method } of this.pending.values()) reject(new Error(`the browser ended during ${method}`));
      this.pending.clear();
    };
    read.on("close", gone);
    read.on("error", gone);
    write.on("error", gone);
  }

  /** @param {any} message */
  #receive(message) {
    if (message.id === undefined) {
      for (const listener of this.listeners) listener(message);
      return;
    }
    const pending = this.pending.get(message.id);
    this.pending.delete(message.id);
    if (message.error) pending?.reject(new Error(`${pending.method}: ${message.error.message}`));
    else pending?.resolve(message.result);
  }

  /** @param {string} method @param {object} [params] @param {string} [sessionId] @returns {Promise<any>} */
  send(method, params = {}, sessionId) {
    const id = this.nextId++;
    return new Promise((resolve, reject) => {
      this.pending.set(id, { resolve, reject, method });
      this.write.write(`${JSON.stringify({ id, method, params, ...(sessionId ? { sessionId } : {}) })}\0`);
    });
  }
}
