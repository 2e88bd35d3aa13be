// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One running lastlook-host, spoken to as a mail program does.
import { spawn } from "node:child_process";
import { endianness } from "node:os";

const LITTLE = endianness() === "LE";

/** @param {number} size */
export function header(size) {
  const bytes = Buffer.alloc(4);
  if (LITTLE) bytes.writeUInt32LE(size);
  else bytes.writeUInt32BE(size);
  return bytes;
}

/** @param {Buffer | string} body */
export function framed(body) {
  const bytes = Buffer.from(/** @type {string} */ (body));
  return Buffer.concat([header(bytes.length), bytes]);
}

export class Host {
  /**
   * @param {string[]} command
   * @param {{environment?: NodeJS.ProcessEnv}} [options]
   */
  constructor(command, options = {}) {
    this.child = spawn(command[0], command.slice(1), { stdio: ["pipe", "pipe", "pipe"], env: options.environment ?? process.env });
    this.errors = "";
    /** Everything that came on standard output and is not yet a frame. */
    this.rest = Buffer.alloc(0);
    /** @type {Buffer[]} */
    this.frames = [];
    /** @type {(() => void)[]} */
    this.waiting = [];
    /** @type {{status: number | null, signal: NodeJS.Signals | null} | null} */
    this.ended = null;
    this.child.stdin.on("error", () => {});  // the host may go first
    this.child.stderr.on("data", (data) => (this.errors += data));
    this.child.stdout.on("data", (data) => {
      this.rest = this.rest.length ? Buffer.concat([this.rest, data]) : data;
      this.#cutFrames();
    });
    this.end = new Promise((resolve) => {
      this.child.on("error", (error) => {
        this.errors += String(error);
        this.ended = { status: null, signal: null };
        this.#wake();
        resolve(this.ended);
      });
      this.child.on("close", (status, signal) => {
        this.ended = { status, signal };
        this.#wake();
        resolve(this.ended);
      });
    });
  }

  #cutFrames() {
    for (;;) {
      if (this.rest.length < 4) break;
      const size = LITTLE ? this.rest.readUInt32LE() : this.rest.readUInt32BE();
      if (this.rest.length < 4 + size) break;
      this.frames.push(this.rest.subarray(4, 4 + size));
      this.rest = this.rest.subarray(4 + size);
    }
    this.#wake();
  }

  #wake() {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  /** @param {any} message */
  send(message) {
    this.sendRaw(framed(JSON.stringify(message)));
  }

  /** @param {Buffer} bytes */
  sendRaw(bytes) {
    this.child.stdin.write(bytes);
  }

  /**
   * The next frame's bytes.
   * @param {number} [withinMs]
   */
  async nextFrame(withinMs = 20000) {
    const deadline = Date.now() + withinMs;
    while (this.frames.length === 0) {
      if (this.ended) throw new Error(`the host ended (${JSON.stringify(this.ended)}): ${this.errors.slice(-500)}`);
      if (Date.now() >= deadline) throw new Error(`no reply within ${withinMs} ms`);
      /** @type {NodeJS.Timeout | undefined} */
      let timer;
      await Promise.race([
        new Promise((resolve) => this.waiting.push(() => resolve(undefined))),
        new Promise((resolve) => (timer = setTimeout(resolve, deadline - Date.now()))),
      ]);
      clearTimeout(timer);
    }
    return /** @type {Buffer} */ (this.frames.shift());
  }

  /** @param {number} [withinMs] */
  async next(withinMs) {
    return JSON.parse((await this.nextFrame(withinMs)).toString("utf8"));
  }

  /** @param {any} message */
  async ask(message) {
    this.send(message);
    return this.next();
  }

  closeInput() {
    this.child.stdin.end();
  }

  /**
   * How the process ended, or null when it has not within the time; then it is killed.
   * @param {number} withinMs
   */
  async endWithin(withinMs) {
    /** @type {NodeJS.Timeout | undefined} */
    let timer;
    const end = await Promise.race([this.end, new Promise((resolve) => (timer = setTimeout(() => resolve(null), withinMs)))]);
    clearTimeout(timer);
    if (end === null) {
      this.child.kill("SIGKILL");
      await this.end;
    }
    return /** @type {{status: number | null, signal: NodeJS.Signals | null} | null} */ (end);
  }
}
