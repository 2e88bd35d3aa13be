// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A native port without a host: replays what the test says. Replies are copied through JSON, as a real port does.

/** @typedef {{id: number, method: string, params: any}} Request */
/** @typedef {(request: Request, port: FakePort) => unknown} Script a result, an Error-like `{error}`, or undefined to stay silent */

export const POLICY = { id: "test", serial: 1, sha256: "p1", state: "ok", problems: [] };

export const HELLO = {
  protocol: 1,
  host: { version: "0.1.0" },
  lang: "en",
  policy: POLICY,
  capabilities: ["draft.evaluate", "draft.fix", "draft.commit", "draft.verify", "draft.sent", "draft.cancelled", "part.get"],
  limits: { frame_up_bytes: 8_388_608, frame_down_bytes: 786_432, chunk_bytes: 524_288 },
};

export class FakePort {
  /** @type {Request[]} */
  requests = [];
  open = true;
  #script;
  /** @type {((message: any) => void)[]} */
  #onMessage = [];
  /** @type {((port: any) => void)[]} */
  #onDisconnect = [];
  onMessage = { addListener: (/** @type {(message: any) => void} */ callback) => void this.#onMessage.push(callback) };
  onDisconnect = { addListener: (/** @type {(port: any) => void} */ callback) => void this.#onDisconnect.push(callback) };

  /** @param {Script} script answers everything but hello, which it may answer too */
  constructor(script) {
    this.#script = script;
  }

  /** @param {any} message */
  postMessage(message) {
    if (!this.open) throw new Error("Attempt to postMessage on disconnected port");
    const request = JSON.parse(JSON.stringify(message));
    this.requests.push(request);
    queueMicrotask(() => {
      const answer = /** @type {any} */ (this.#script(request, this));
      if (answer === undefined) return;
      if (answer?.raw !== undefined) this.say(answer.raw);
      else if (answer?.error) this.say({ jsonrpc: "2.0", id: request.id, error: answer.error });
      else this.say({ jsonrpc: "2.0", id: request.id, result: answer });
    });
  }

  /** @param {unknown} message the host says this, asked or not */
  say(message) {
    if (!this.open) return;
    const copy = JSON.parse(JSON.stringify(message));
    for (const callback of this.#onMessage) callback(copy);
  }

  /** @param {string} [errorText] the host is gone */
  die(errorText = "") {
    if (!this.open) return;
    this.open = false;
    for (const callback of this.#onDisconnect) callback({ error: errorText ? { message: errorText } : null });
  }

  /** The extension's own end: browsers do not tell the one who disconnects. */
  disconnect() {
    this.open = false;
  }
}

/**
 * @param {Script} script
 * @returns {Script} the same, with an ordinary hello in front
 */
export function afterHello(script) {
  return (request, port) => (request.method === "hello" ? HELLO : script(request, port));
}

/** Timers that fire when the test says so. */
export class FakeTimers {
  /** @type {Map<number, {callback: () => void, at: number}>} */
  #pending = new Map();
  #now = 0;
  #last = 0;

  set = (/** @type {() => void} */ callback, /** @type {number} */ ms) => {
    this.#last += 1;
    this.#pending.set(this.#last, { callback, at: this.#now + ms });
    return this.#last;
  };

  clear = (/** @type {number} */ timer) => void this.#pending.delete(timer);

  /** @param {number} ms */
  async pass(ms) {
    const until = this.#now + ms;
    for (;;) {
      await settle();
      const due = [...this.#pending].filter(([, { at }]) => at <= until).sort(([, one], [, other]) => one.at - other.at)[0];
      if (!due) break;
      this.#pending.delete(due[0]);
      this.#now = due[1].at;
      due[1].callback();
    }
    this.#now = until;
    await settle();
  }
}

/** Lets everything that only waits for promises happen. */
export async function settle() {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}
