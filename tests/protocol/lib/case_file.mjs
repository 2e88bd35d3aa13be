// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One case: the first line says what it shows and which policy the machine has, each further line is one step.
// README.md lists the steps.
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { differences } from "./match.mjs";
import { framed, Host } from "./host.mjs";
import { problemsOf } from "./schema.mjs";

const FRAME_DOWN_BYTES = 786432;
// Replies of these codes say that the request broke the schema, so it must.
const SHAPE_ERRORS = [-32600, -32602];

/** @typedef {{policy?: any, policy_text?: string, policy_name?: string, policy_mode?: string, policy_owner?: number, no_policy_directory?: boolean, files?: Record<string, string>}} PolicyStep */

/**
 * Values that would be long or are not known beforehand:
 * {"$repeat": {"count": 3, "of": "p{i}@c.example"}} is an array, {"$text": {"count": 3, "of": "ab"}} a string,
 * {"$saved": "digest"} what a former {"save": …} kept.
 * @param {any} value
 * @param {Record<string, any>} saved
 * @returns {any}
 */
function fillIn(value, saved) {
  if (Array.isArray(value)) return value.map((item) => fillIn(item, saved));
  if (typeof value !== "object" || value === null) return value;
  if (value.$repeat) {
    return Array.from({ length: value.$repeat.count }, (_, i) => JSON.parse(JSON.stringify(value.$repeat.of).replaceAll("{i}", String(i))));
  }
  if (value.$text) return value.$text.of.repeat(value.$text.count);
  if (value.$saved) {
    if (!Object.hasOwn(saved, value.$saved)) throw new Error(`nothing was saved as ${value.$saved}`);
    return saved[value.$saved];
  }
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fillIn(member, saved)]));
}

/** @param {any} value @param {string} pointer */
function at(value, pointer) {
  return pointer.split("/").slice(1).reduce((here, step) => here?.[step], value);
}

class CaseRun {
  /**
   * @param {string[]} command
   * @param {any} schema
   * @param {import("./private_etc.mjs").PrivateEtc} etc
   */
  constructor(command, schema, etc) {
    this.command = command;
    this.host = new Host(command);
    this.schema = schema;
    this.etc = etc;
    /** @type {Record<string, any>} */
    this.saved = {};
    /** What was asked under each id. @type {Map<any, any>} */
    this.asked = new Map();
    /** @type {any} */
    this.last = null;
    this.closed = false;
  }

  /** @param {any} message */
  send(message) {
    this.asked.set(message?.id, message);
    this.host.send(message);
  }

  /** Receives one frame and holds it against the schema. @param {boolean} [beyond_schema] */
  async receive(beyond_schema = false) {
    const frame = await this.host.nextFrame();
    if (frame.length > FRAME_DOWN_BYTES) throw new Error(`a frame of ${frame.length} bytes is too large`);
    this.last = JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(frame));
    this.checkReply(this.last, beyond_schema);
    return this.last;
  }

  /** @param {any} reply @param {boolean} beyond_schema */
  checkReply(reply, beyond_schema) {
    const request = this.asked.get(reply.id);
    const problems = problemsOf(this.schema, "result" in reply ? "result_reply" : "error_reply", reply);
    if ("result" in reply) {
      if (request) problems.push(...problemsOf(this.schema, "request", request));
      if (request && !reply.result.deferred) problems.push(...problemsOf(this.schema, `${request.method}.result`, reply.result));
    } else if (request && !beyond_schema && SHAPE_ERRORS.includes(reply.error.code) && problemsOf(this.schema, "request", request).length === 0) {
      problems.push(`the schema allows a request that the host refuses with ${reply.error.code}`);
    }
    if (problems.length) throw new Error(`against protocol.schema.json: ${problems.slice(0, 5).join("; ")}\n${JSON.stringify(reply).slice(0, 600)}`);
  }

  /** @param {any} pattern @param {any} value */
  compare(pattern, value) {
    const found = differences(fillIn(pattern, this.saved), value);
    if (found.length) throw new Error(`${found.slice(0, 5).join("; ")}\n${JSON.stringify(value).slice(0, 600)}`);
  }

  /** Pulls the whole of a deferred result. */
  async pull() {
    const request = this.asked.get(this.last.id);
    const { token, size_bytes } = this.last.result.deferred;
    const parts = [];
    for (let offset = 0, piece; !piece?.last; offset += parts[parts.length - 1].length) {
      this.send({ jsonrpc: "2.0", id: `pull-${offset}`, method: "part.get", params: { token, offset } });
      piece = (await this.receive()).result;
      if (!piece) throw new Error(`part.get was refused: ${JSON.stringify(this.last)}`);
      if (piece.offset !== offset || piece.size_bytes !== size_bytes) throw new Error("part.get answers for another piece");
      parts.push(Buffer.from(piece.data, "base64"));
    }
    const bytes = Buffer.concat(parts);
    if (bytes.length !== size_bytes) throw new Error(`pulled ${bytes.length} bytes of ${size_bytes}`);
    const result = JSON.parse(bytes.toString("utf8"));
    const problems = problemsOf(this.schema, `${request.method}.result`, result);
    if (problems.length) throw new Error(`the deferred result is against protocol.schema.json: ${problems.slice(0, 5).join("; ")}`);
    return result;
  }

  /** @type {Record<string, (argument: any, step: any) => Promise<void> | void>} */
  steps = {
    hello: async (overrides) => {
      const params = { protocol: 1, client: { name: "test", version: "0.1.0", program: "protocol cases" }, capabilities: ["recipients", "hold"], lang: "en", ...overrides };
      this.send({ jsonrpc: "2.0", id: "hello", method: "hello", params });
      this.compare({ jsonrpc: "2.0", id: "hello", result: { "...": "*" } }, await this.receive());
    },
    send: (message) => this.send(fillIn(message, this.saved)),
    send_text: (text) => this.host.sendRaw(framed(text)),
    send_raw_hex: (hex) => this.host.sendRaw(Buffer.from(hex, "hex")),
    send_raw: (pieces) => {
      for (const { hex, count } of pieces) this.host.sendRaw(Buffer.alloc(hex.length / 2 * count, Buffer.from(hex, "hex")));
    },
    expect: async (pattern, step) => this.compare(pattern, await this.receive(step.beyond_schema)),
    expect_deferred: async (pattern) => {
      this.compare({ jsonrpc: "2.0", id: "*", result: { deferred: { token: "*", size_bytes: "*" } } }, await this.receive());
      this.compare(pattern, await this.pull());
    },
    save: (pointers) => {
      for (const [name, pointer] of Object.entries(pointers)) {
        this.saved[name] = at(this.last, pointer);
        if (this.saved[name] === undefined) throw new Error(`there is no ${pointer} in the last reply`);
      }
    },
    set_policy: (step) => setPolicy(this.etc, step),
    remove_policy: (name) => this.etc.remove(name),
    block_store: () => writeFileSync(this.etc.state, "a file where the store's folder would be"),
    unblock_store: () => rmSync(this.etc.state),
    restart: async () => {
      await this.finish();
      this.host = new Host(this.command);
      this.closed = false;
      this.asked.clear();
    },
    close: () => this.close(),
    expect_end: async (status) => this.expectEnd(status),
  };

  close() {
    this.closed = true;
    this.host.closeInput();
  }

  /** @param {number} status */
  async expectEnd(status) {
    const end = await this.host.endWithin(1000);
    if (end?.status !== status) throw new Error(`the host did not end with ${status} within a second: ${JSON.stringify(end)} ${this.host.errors.slice(-300)}`);
  }

  async finish() {
    if (!this.closed && !this.host.ended) this.close();
    if (!this.host.ended) await this.expectEnd(0);
    if (this.host.frames.length) throw new Error(`a reply that nobody expected: ${this.host.frames[0].toString("utf8").slice(0, 300)}`);
    if (this.host.rest.length) throw new Error(`bytes on standard output that are no frame: ${this.host.rest.toString("latin1").slice(0, 300)}`);
  }
}

/** @param {import("./private_etc.mjs").PrivateEtc} etc @param {PolicyStep} step */
function setPolicy(etc, step) {
  const text = step.policy_text ?? (step.policy && JSON.stringify(step.policy));
  if (text === undefined) return;
  for (const [name, file] of Object.entries(step.files ?? {})) etc.write(name, file);
  etc.write(step.policy_name ?? "50-test.json", text, {
    mode: step.policy_mode === undefined ? undefined : parseInt(step.policy_mode, 8),
    owner: step.policy_owner,
  });
}

/**
 * @param {string} file
 * @param {{host: string, schema: any, etc: import("./private_etc.mjs").PrivateEtc}} world
 */
export async function runCaseFile(file, { host, schema, etc }) {
  const [head, ...steps] = readFileSync(file, "utf8").split("\n").filter((line) => line.trim() !== "").map((line) => JSON.parse(line));
  if (typeof head.case !== "string") throw new Error('the first line needs "case"');
  if (!steps.some((step) => Object.keys(step).some((key) => key.startsWith("expect")))) throw new Error("the case expects nothing");
  if (head.policy_owner !== undefined && !etc.isRoot) return "only root can give a file away";
  etc.reset(!head.no_policy_directory);
  setPolicy(etc, head);
  const run = new CaseRun(etc.wrap([host, ...(head.arguments ?? [])]), schema, etc);
  try {
    for (const [index, step] of steps.entries()) {
      const [kind] = Object.keys(step);
      if (!run.steps[kind]) throw new Error(`line ${index + 2}: there is no step ${kind}`);
      try {
        await run.steps[kind](step[kind], step);
      } catch (error) {
        throw new Error(`step ${index + 2} (${kind}): ${/** @type {Error} */ (error).message}`);
      }
    }
    await run.finish();
  } finally {
    run.host.child.kill("SIGKILL");
    await run.host.end;
  }
  return "";
}
