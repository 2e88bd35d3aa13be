// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A client of Marionette, the remote-control protocol built into Thunderbird: JSON in length-prefixed packets over TCP.
import net from "node:net";

/** Thrown when Thunderbird answers a command with an error. */
export class MarionetteError extends Error {
  /** @param {{error?: string, message?: string, stacktrace?: string}} answer */
  constructor(answer) {
    super(`${answer.error}: ${answer.message}`);
    this.code = answer.error;
  }
}

/** @param {number} milliseconds */
export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

/**
 * Asks again and again until the answer is truthy.
 * @template T
 * @param {string} what  named in the error
 * @param {() => Promise<T> | T} ask
 * @param {{timeout?: number, every?: number}} [options]
 * @returns {Promise<NonNullable<T>>}
 */
export async function waitFor(what, ask, { timeout = 15_000, every = 40 } = {}) {
  const deadline = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (answer) return /** @type {NonNullable<T>} */ (answer);
    if (Date.now() > deadline) throw new Error(`waited ${timeout} ms in vain for: ${what}`);
    await sleep(every);
  }
}

export class Marionette {
  /** @param {net.Socket} socket */
  constructor(socket) {
    this.socket = socket;
    this.received = Buffer.alloc(0);
    this.nextId = 1;
    /** @type {Map<number, {resolve: (value: any) => void, reject: (error: Error) => void}>} */
    this.pending = new Map();
    this.greeted = new Promise((resolve, reject) => {
      this.onGreeting = resolve;
      socket.once("close", () => {
        reject(new Error("Marionette closed the connection"));
        for (const { reject: rejectCommand } of this.pending.values()) rejectCommand(new Error("Thunderbird closed the Marionette connection"));
        this.pending.clear();
      });
    });
    this.greeted.catch(() => {});
    socket.on("error", () => {});
    socket.on("data", (chunk) => this.#onData(chunk));
  }

  /** @param {number} port @param {number} timeout @returns {Promise<Marionette>} */
  static async connect(port, timeout) {
    const deadline = Date.now() + timeout;
    for (;;) {
      try {
        const socket = await new Promise((resolve, reject) => {
          const attempt = net.connect(port, "127.0.0.1", () => resolve(attempt));
          attempt.once("error", reject);
        });
        const client = new Marionette(socket);
        await client.greeted;
        return client;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await sleep(25);
      }
    }
  }

  /** @param {Buffer} chunk */
  #onData(chunk) {
    this.received = Buffer.concat([this.received, chunk]);
    for (;;) {
      const colon = this.received.indexOf(":");
      if (colon < 0) return;
      const length = Number(this.received.subarray(0, colon).toString("ascii"));
      if (this.received.length < colon + 1 + length) return;
      const packet = JSON.parse(this.received.subarray(colon + 1, colon + 1 + length).toString("utf8"));
      this.received = this.received.subarray(colon + 1 + length);
      if (!Array.isArray(packet)) {
        this.onGreeting?.(packet);
        continue;
      }
      const [, id, error, result] = packet;
      const waiting = this.pending.get(id);
      this.pending.delete(id);
      if (error) waiting?.reject(new MarionetteError(error));
      else waiting?.resolve(result);
    }
  }

  /** @param {string} name @param {object} [parameters] @returns {Promise<any>} */
  command(name, parameters = {}) {
    const id = this.nextId++;
    const body = Buffer.from(JSON.stringify([0, id, name, parameters]), "utf8");
    return new Promise((resolve, reject) => {
      if (this.socket.destroyed) return reject(new Error("Thunderbird is gone"));
      this.pending.set(id, { resolve, reject });
      this.socket.write(Buffer.concat([Buffer.from(`${body.length}:`, "ascii"), body]));
    });
  }

  close() {
    this.socket.destroy();
  }
}
