#!/usr/bin/env node
// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Stands between Thunderbird and the real lastlook-host and commits the fault that the control file names:
//   fault_proxy.mjs CONTROL.json LOG REAL_HOST [arguments of the browser…]
// CONTROL.json: {"mode": MODE, "method": METHOD, "delay_ms": N, "record": true to log drafts}. It is read again at every request, so a running proxy can be
// switched. The fault strikes only requests of METHOD (default draft.evaluate); everything else passes untouched.
// It decides nothing itself: every answer comes from the real host, and is passed on, spoiled or kept back.
import { spawn } from "node:child_process";
import fs from "node:fs";

const [control, log, host, ...hostArguments] = process.argv.slice(2);
const child = spawn(host, hostArguments, { stdio: ["pipe", "pipe", "inherit"] });
const note = (/** @type {string} */ line) => fs.appendFileSync(log, `${line}\n`);
const readControl = () => JSON.parse(fs.readFileSync(control, "utf8"));

/** Requests on their way: id → the fault that shall strike the answer. @type {Map<any, {mode: string, method: string, delay_ms?: number}>} */
const marked = new Map();

/** @param {Buffer} body */
function frame(body) {
  const length = Buffer.alloc(4);
  // The protocol wants the machine's byte order; every machine Thunderbird runs on is little-endian.
  length.writeUInt32LE(body.length);
  return Buffer.concat([length, body]);
}

/** @param {NodeJS.ReadableStream} stream @param {(body: Buffer) => void} onFrame */
function readFrames(stream, onFrame) {
  /** @type {Buffer[]} */
  let chunks = [];
  let size = 0;
  stream.on("data", (chunk) => {
    chunks.push(chunk);
    size += chunk.length;
    let all;
    for (;;) {
      if (size < 4) return;
      all = chunks.length === 1 ? chunks[0] : Buffer.concat(chunks);
      chunks = [all];
      const length = all.readUInt32LE(0);
      if (size < 4 + length) return;
      onFrame(all.subarray(4, 4 + length));
      chunks = [all.subarray(4 + length)];
      size -= 4 + length;
    }
  });
}

const NEW_SUBJECT = "[checked] offer";

/** What each fault makes of the host's answer; undefined: nothing is passed on. */
/** @type {Record<string, (answer: any) => Buffer | undefined>} */
const spoilers = {
  garbage: () => Buffer.from("\u0000this is not JSON {{{", "latin1"),
  not_an_object: () => Buffer.from('"sure, send it"'),
  unknown_key: (answer) => encode({ ...answer, result: { ...answer.result, verdict: { ...answer.result.verdict, send_it_anyway: true } } }),
  unknown_key_in_patch: (answer) => encode({ ...answer, result: { ...answer.result, patch: { ...answer.result.patch, details: { to: [] } } } }),
  missing_verdict: (answer) => {
    const { verdict: _verdict, ...rest } = answer.result;
    return encode({ ...answer, result: rest });
  },
  wrong_types: (answer) => encode({ ...answer, result: { ...answer.result, verdict: { ...answer.result.verdict, disposition: 1, needs: "none", findings: {} } } }),
  unknown_disposition: (answer) => encode({ ...answer, result: { ...answer.result, verdict: { ...answer.result.verdict, disposition: "send" } } }),
  empty_result: (answer) => encode({ ...answer, result: {} }),
  wrong_id: (answer) => encode({ ...answer, id: 999_999 }),
  internal_error: (answer) => encode({ jsonrpc: "2.0", id: answer.id, error: { code: -32603, message: "out of luck", data: { name: "internal_error", remedy: "try again" } } }),
  too_old: (answer) =>
    encode({
      jsonrpc: "2.0",
      id: answer.id,
      error: { code: 1010, message: "this host speaks protocol 0 only", data: { name: "protocol_mismatch", remedy: "update the host", host_is_old: true } },
    }),
  // Not faults but the mutation of --prove: a host without rules.
  always_allow: (answer) => {
    const { result } = answer;
    if (result?.verdict) {
      Object.assign(result.verdict, { disposition: "allow", needs: [], hold_seconds: 0, acknowledge: [], findings: [], obligations: [] });
      for (const recipient of result.verdict.recipients ?? []) recipient.rules = [];
    }
    if (result?.patch) result.patch = {};
    if ("matches" in (result ?? {})) result.matches = true;
    return encode(answer.error ? { jsonrpc: "2.0", id: answer.id, result: { patch: {}, result_digest: "sha256:none", hold_seconds: 0 } } : answer);
  },
  // A host of another day, that changes the subject: no rule of today's does.
  new_subject: (answer) => {
    const { patch } = answer.result ?? {};
    if (patch) patch.subject = NEW_SUBJECT;
    return encode(answer);
  },
  new_subject_read: (answer) => encode({ ...answer, result: { ...answer.result, matches: true } }),
  no_match: (answer) => encode({ ...answer, result: { ...answer.result, matches: false } }),
  hang: () => undefined,
  delay: (answer) => encode(answer),
  pass: (answer) => encode(answer),
};

/** @param {any} value */
const encode = (value) => Buffer.from(JSON.stringify(value), "utf8");

readFrames(process.stdin, (body) => {
  const fault = readControl();
  let request;
  try {
    request = JSON.parse(body.toString("utf8"));
  } catch {
    request = {};
  }
  note(`request ${request.method}`);
  if (fault.record && request.method === "draft.evaluate") note(`evaluate ${JSON.stringify(request.params)}`);
  const struck = fault.mode === "always_allow" || request.method === (fault.method ?? "draft.evaluate");
  if (struck && fault.mode !== "pass") {
    if (fault.mode === "crash") {
      // The host has the request, and dies before it can answer.
      note("fault crash");
      child.kill("SIGKILL");
      process.exit(139);
    }
    marked.set(request.id, fault);
  }
  // The read-back of that subject is judged here; everything else of the mail is as it was.
  if (fault.mode === "new_subject" && request.method === "draft.verify" && request.params.draft.subject === NEW_SUBJECT) {
    marked.set(request.id, { ...fault, mode: "new_subject_read" });
  }
  child.stdin.write(frame(body));
});

readFrames(child.stdout, (body) => {
  const answer = JSON.parse(body.toString("utf8"));
  const fault = marked.get(answer.id);
  marked.delete(answer.id);
  if (!fault) {
    process.stdout.write(frame(body));
    return;
  }
  note(`fault ${fault.mode}`);
  if (!(fault.mode in spoilers)) throw new Error(`unknown fault ${fault.mode}`);
  const spoiled = spoilers[fault.mode](answer);
  if (spoiled) setTimeout(() => process.stdout.write(frame(spoiled)), fault.delay_ms ?? 0);
});

process.stdin.on("end", () => child.stdin.end());
child.stdin.on("error", () => {});
process.stdout.on("error", () => process.exit(0));
child.on("exit", (code) => {
  // Let an answer that is still in the pipe out first.
  setTimeout(() => process.exit(code ?? 1), 20);
});
