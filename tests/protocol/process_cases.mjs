// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What a conversation alone does not show: how the process lives, dies and uses its descriptors.
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { spawn, spawnSync } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { framed, header, Host } from "./lib/host.mjs";

/** @typedef {{host: string, etc: import("./lib/private_etc.mjs").PrivateEtc}} World */

const HELLO = { jsonrpc: "2.0", id: 1, method: "hello", params: { protocol: 1, client: { name: "test", version: "0" }, capabilities: ["recipients"], lang: "en" } };
const STATUS = { jsonrpc: "2.0", id: 2, method: "status", params: {} };

/** @param {number} count */
function evaluate(count) {
  const to = Array.from({ length: count }, (_, i) => `p${i}@c${i % 5000}.example`);
  return { jsonrpc: "2.0", id: 3, method: "draft.evaluate", params: { compose_id: "c", revision: 1, purpose: "send", draft: { from: "me@example.com", to, subject: "s", body: { text: "b" } } } };
}
// More than a second of work within one frame, which it nearly fills.
const LONG_EVALUATION = evaluate(300000);

/** @param {boolean} condition @param {string} message */
function check(condition, message) {
  if (!condition) throw new Error(message);
}

/** @param {number} ms */
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** @param {number} pid @param {string} field */
function kilobytes(pid, field) {
  const line = readFileSync(`/proc/${pid}/status`, "utf8").split("\n").find((one) => one.startsWith(`${field}:`));
  return Number(line?.replace(/\D/g, ""));
}

/** @param {World} world */
async function started({ host, etc }) {
  const running = new Host(etc.wrap([host]));
  await running.ask(HELLO);
  return running;
}

/** @param {Host} running @param {string} when */
async function endsAtOnce(running, when) {
  const before = Date.now();
  const end = await running.endWithin(1000);
  check(end !== null && end.signal === null && end.status === 0, `did not end within a second ${when}: ${JSON.stringify(end)} ${running.errors.slice(-300)}`);
  return Date.now() - before;
}

/** @type {Record<string, (world: World) => Promise<string | void>>} */
export const processCases = {
  "the host is one static file": async ({ host }) => {
    const bytes = readFileSync(host);
    check(bytes.subarray(0, 4).toString("latin1") === "\x7fELF" && bytes[4] === 2, "not a 64-bit ELF file");
    const offset = Number(bytes.readBigUInt64LE(32));
    const [size, count] = [bytes.readUInt16LE(54), bytes.readUInt16LE(56)];
    // A program header of type PT_INTERP (3) names the dynamic loader; a static program has none.
    const types = Array.from({ length: count }, (_, i) => bytes.readUInt32LE(offset + i * size));
    check(!types.includes(3), "it asks for a dynamic loader");
  },

  "it maps no shared object while it works": async (world) => {
    const running = await started(world);
    await running.ask(evaluate(2));
    const maps = readFileSync(`/proc/${running.child.pid}/maps`, "utf8");
    check(!/\.so\b/.test(maps), `it loaded ${maps.split("\n").find((line) => /\.so\b/.test(line))}`);
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
  },

  "input closed mid-evaluation ends it at once": async (world) => {
    const running = await started(world);
    running.send(LONG_EVALUATION);
    await pause(250);
    check(running.frames.length === 0 && running.ended === null, "the evaluation was too short to show anything");
    running.closeInput();
    await endsAtOnce(running, "when its input was closed mid-evaluation");
    check(running.frames.length === 0, "it had answered before: the case shows nothing");
  },

  "input closed while its queue is full ends it at once": async (world) => {
    const running = await started(world);
    running.send(LONG_EVALUATION);
    for (let i = 0; i < 500; ++i) running.send(STATUS);
    await pause(250);
    check(running.frames.length === 0, "the evaluation was too short to show anything");
    running.closeInput();
    await endsAtOnce(running, "when its input was closed with a full queue");
    check(running.frames.length === 0, "it had answered before: the case shows nothing");
  },

  "the same over pipes, as browsers use them": async ({ host, etc }) => {
    const folder = mkdtempSync(join(tmpdir(), "lastlook-pipe-"));
    const pipe = join(folder, "in");
    check(spawnSync("mkfifo", [pipe]).status === 0, "no mkfifo");
    const both = openSync(pipe, "r+");  // so that the next two opens do not wait for each other
    const reading = openSync(pipe, "r");
    const writing = openSync(pipe, "w");
    closeSync(both);
    const [program, ...rest] = etc.wrap([host]);
    const child = spawn(program, rest, { stdio: [reading, "pipe", "ignore"] });
    closeSync(reading);
    const ended = new Promise((resolve) => child.on("close", (status) => resolve(status)));
    let replies = 0;
    child.stdout?.on("data", () => ++replies);
    // The writer is a process of its own: what does not fit the pipe must wait without holding up this one.
    const input = Buffer.concat([framed(JSON.stringify(HELLO)), framed(JSON.stringify(LONG_EVALUATION)), ...Array(200).fill(framed(JSON.stringify(STATUS)))]);
    const writer = spawn("cat", [], { stdio: ["pipe", writing, "ignore"] });
    closeSync(writing);
    writer.stdin?.on("error", () => {});
    writer.stdin?.write(input);
    for (const before = Date.now(); replies === 0 && Date.now() - before < 5000; ) await pause(5);
    await pause(400);  // the pipe holds the rest of the input back
    check(replies === 1, `expected the reply to hello alone, got ${replies} pieces`);
    writer.kill("SIGKILL");
    const end = await Promise.race([ended, pause(1000).then(() => "late")]);
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true });
    check(end === 0, `did not end within a second: ${end}`);
  },

  "a client that reads no more ends it": async (world) => {
    const running = await started(world);
    running.child.stdout.destroy();
    running.send(STATUS);
    await endsAtOnce(running, "when nobody reads its output");
  },

  "a client that does not read and then leaves ends it": async (world) => {
    const running = await started(world);
    running.child.stdout.pause();
    for (let i = 0; i < 50; ++i) running.send({ ...evaluate(1500), id: i + 1 });
    await pause(700);
    running.closeInput();
    // The stream is never read to its end, so "close" would not come; "exit" does.
    const before = Date.now();
    while (running.child.exitCode === null && Date.now() - before < 1000) await pause(10);
    check(running.child.exitCode === 0, "it lingers behind a client that does not read");
  },

  "frames that are cut off end it quietly": async (world) => {
    for (const cut of [header(100).subarray(0, 2), header(100), Buffer.concat([header(100), Buffer.from("{")]), Buffer.concat([header(0xffffffff), Buffer.alloc(1000)])]) {
      const running = await started(world);
      running.sendRaw(cut);
      running.closeInput();
      await endsAtOnce(running, "after a cut frame");
      check(running.frames.length === 0 && running.rest.length === 0, "it answered a cut frame");
    }
  },

  "a frame of a gigabyte costs no memory": async (world) => {
    const running = await started(world);
    await running.ask(STATUS);
    const before = kilobytes(running.child.pid ?? 0, "VmHWM");
    const size = 1 << 30;
    running.sendRaw(header(size));
    const piece = Buffer.alloc(1 << 20, "a");
    for (let sent = 0; sent < size; sent += piece.length) {
      if (!running.child.stdin.write(piece)) await new Promise((resolve) => running.child.stdin.once("drain", () => resolve(undefined)));
    }
    const reply = await running.next();
    check(reply.id === null && reply.error.code === 1001, `answered ${JSON.stringify(reply)}`);
    check((await running.ask(STATUS)).result !== undefined, "it does not go on");
    const grown = kilobytes(running.child.pid ?? 0, "VmHWM") - before;
    check(grown < 2048, `it grew by ${grown} KiB`);
    running.closeInput();
    await endsAtOnce(running, "after a huge frame");
  },

  "frames that arrive byte by byte are read": async (world) => {
    const running = await started(world);
    for (const byte of framed(JSON.stringify(STATUS))) {
      running.sendRaw(Buffer.from([byte]));
      await pause(1);
    }
    check((await running.next()).id === 2, "no reply");
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
  },

  "many requests at once are all answered": async (world) => {
    const running = await started(world);
    for (let i = 1; i <= 300; ++i) running.send({ ...STATUS, id: i });
    const ids = new Set();
    for (let i = 1; i <= 300; ++i) ids.add((await running.next()).id);
    check(ids.size === 300, `only ${ids.size} different replies`);
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
  },

  "what a library prints does not reach the client": async (world) => {
    // Descriptor 1 is standard error; only a private descriptor leads to the client.
    const running = await started(world);
    const pid = running.child.pid ?? 0;
    const [out, error] = [1, 2].map((fd) => spawnSync("readlink", [`/proc/${pid}/fd/${fd}`], { encoding: "utf8" }).stdout);
    check(out === error && out !== "", `descriptor 1 is ${out}, standard error ${error}`);
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
  },

  "without a standard error the log does not become frames": async ({ host, etc }) => {
    const running = new Host(etc.wrap(["sh", "-c", 'exec "$0" 2>&-', host]));
    check((await running.ask(HELLO)).result !== undefined, "no hello");
    running.sendRaw(header(0));  // logs a warning
    check((await running.next()).error.code === 1001, "not refused");
    check((await running.ask(STATUS)).id === 2, "no status");
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
    check(running.rest.length === 0, "something that is no frame came on standard output");
  },

  "the log never holds what is in a mail": async (world) => {
    const running = await started(world);
    const secret = "zebrafish";
    const draft = { from: `${secret}@example.com`, to: [`${secret}@c.example`, secret], subject: secret, body: { text: secret, html: `<p>${secret}</p>` }, attachments: [{ id: "1", name: `${secret}.pdf`, content: "AAAA" }], headers: { [`X-${secret}`]: secret } };
    const params = { compose_id: secret, revision: 1, purpose: "send", draft };
    await running.ask({ jsonrpc: "2.0", id: 5, method: "draft.evaluate", params });
    await running.ask({ jsonrpc: "2.0", id: 6, method: "draft.evaluate", params: { ...params, draft: { ...draft, headers: { [secret]: 5 } } } });
    await running.ask({ jsonrpc: "2.0", id: 7, method: secret, params });
    await running.ask({ jsonrpc: "2.0", id: 8, method: "draft.commit", params: { ...params, digest: "sha256:0", policy_sha256: secret, reason: secret } });
    await running.ask({ jsonrpc: "2.0", id: 9, method: "draft.fix", params: { ...params, rule: secret, fix: secret } });
    await running.ask({ jsonrpc: "2.0", id: 10, method: "draft.sent", params: { compose_id: secret, digest: "sha256:0", message_id: secret } });
    running.sendRaw(framed(`{"${secret}": ${secret}`));
    await running.next();
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
    check(running.errors.includes("draft.evaluate"), "the log says nothing at all: the case shows nothing");
    check(!running.errors.includes(secret), `the log quotes the mail: ${running.errors}`);
  },

  "a known caller is recorded, another refused, none accepted": async ({ host, etc }) => {
    const manifest = "/usr/lib/mozilla/native-messaging-hosts/lastlook.json";
    const known = new Host(etc.wrap([host, manifest, "lastlook@lastlook"]));
    check((await known.ask(HELLO)).result !== undefined, "our own extension is refused");
    await known.ask(STATUS);
    known.closeInput();
    await endsAtOnce(known, "after its input was closed");
    check(known.errors.includes("started by lastlook@lastlook"), `the caller is not in the log: ${known.errors}`);
    for (const strange of [[manifest, "other@other"], ["chrome-extension://abcdefghijklmnopabcdefghijklmnop/"]]) {
      const refused = new Host(etc.wrap([host, ...strange]));
      const end = await refused.endWithin(1000);
      check(end?.status === 77, `${strange} was not refused: ${JSON.stringify(end)}`);
      check(refused.errors.includes("extension"), "the log does not say why");
      check(refused.rest.length === 0 && refused.frames.length === 0, "it wrote to standard output");
    }
    const manifest_only = new Host(etc.wrap([host, manifest]));
    check((await manifest_only.ask(HELLO)).result !== undefined, "a caller that names no id is refused");
    manifest_only.closeInput();
    await endsAtOnce(manifest_only, "after its input was closed");
  },

  "files leave as a ZIP that 7-Zip opens with the password of the answer": async (world) => {
    const rule = { id: "zip", mode: "warn", if: { recipients: { not_in: "internal" } }, do: [{ encrypt_attachments: {} }] };
    world.etc.write("50-test.json", JSON.stringify({ schema: 1, lists: { internal: ["kodama.example.jp"] }, rules: [rule] }));
    const running = new Host(world.etc.wrap([world.host]));
    await running.ask({ ...HELLO, params: { ...HELLO.params, capabilities: ["recipients", "attachments"] } });
    /** @type {[string, Buffer][]} Of more than one answer of part.get, and of the same name. */
    const files = [["見積書.bin", randomBytes(1_500_000)], ["見積書.bin", Buffer.from("お見積り\n".repeat(9))]];
    const attachments = files.map(([name, bytes], i) => ({ id: String(i), name, content: bytes.toString("base64") }));
    const draft = { from: "me@kodama.example.jp", to: ["ito@c-corp.example"], subject: "s", body: { text: "b" }, attachments };
    let id = 2;
    const ask = async (/** @type {string} */ method, /** @type {object} */ params) => {
      const { result, error } = await running.ask({ jsonrpc: "2.0", id: id++, method, params });
      check(error === undefined, `${method}: ${JSON.stringify(error)}`);
      return result;
    };
    const { verdict } = await ask("draft.evaluate", { compose_id: "c", revision: 1, purpose: "send", draft });
    const commit = await ask("draft.commit", { compose_id: "c", draft, digest: verdict.digest, policy_sha256: verdict.policy.sha256, acknowledged: verdict.acknowledge });
    const [{ name, token, size_bytes, sha256 }] = commit.patch.attachments.add;
    const pieces = [];
    for (let offset = 0, last = false; !last; ) {
      const piece = await ask("part.get", { token, offset });
      pieces.push(Buffer.from(piece.data, "base64"));
      offset += pieces[pieces.length - 1].length;
      last = piece.last;
    }
    running.closeInput();
    const zip = Buffer.concat(pieces);
    check(pieces.length > 2 && zip.length === size_bytes && createHash("sha256").update(zip).digest("hex") === sha256, "the pieces are not the whole");
    check(name === "attachments.zip", name);
    const folder = mkdtempSync(join(tmpdir(), "lastlook-zip-"));
    writeFileSync(join(folder, name), zip);
    const run = spawnSync("7zz", ["x", `-p${commit.password}`, `-o${folder}`, join(folder, name)], { encoding: "utf8", input: "", env: { ...process.env, LC_ALL: "C.UTF-8" } });
    try {
      check(run.status === 0, `7zz: ${run.error ?? run.stdout + run.stderr}`);
      check(readFileSync(join(folder, "見積書.bin")).equals(files[0][1]) && readFileSync(join(folder, "見積書 (2).bin")).equals(files[1][1]), "other bytes");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },

  "--version, and what it says to people": async ({ host }) => {
    const version = spawnSync(host, ["--version"], { encoding: "utf8" });
    check(version.status === 0 && /^lastlook-host \d+\.\d+\.\d+\n$/.test(version.stdout) && version.stderr === "", `--version: ${JSON.stringify(version)}`);
    const help = spawnSync(host, ["--help"], { encoding: "utf8", input: "" });
    check(help.status === 64 && help.stdout === "" && help.stderr.includes("lastlook check"), `--help: ${JSON.stringify(help)}`);
    // script(1) gives it a terminal.
    const by_hand = spawnSync("script", ["-qec", host, "/dev/null"], { encoding: "utf8", input: "" });
    if (by_hand.error) return "no script(1) to give it a terminal";
    check(by_hand.status === 64 && by_hand.stdout.includes("lastlook check"), `by hand: ${JSON.stringify(by_hand)}`);
    return undefined;
  },

  "an empty input ends it without a word": async ({ host }) => {
    const run = spawnSync(host, [], { encoding: "utf8", input: "" });
    check(run.status === 0 && run.stdout === "" && run.stderr === "", JSON.stringify(run));
  },

  "nothing of the environment changes its policy": async ({ host, etc }) => {
    etc.write("50-test.json", JSON.stringify({ schema: 1, policy: { id: "kodama", serial: 3 } }));
    const environment = { ...process.env, LASTLOOK_POLICY_DIRECTORY: "/nonexistent", LASTLOOK_POLICY: "/nonexistent", HOME: "/nonexistent", XDG_CONFIG_HOME: "/nonexistent" };
    const running = new Host(etc.wrap([host]), { environment });
    check((await running.ask(HELLO)).result.policy.id === "kodama", "the policy is another one");
    running.closeInput();
    await endsAtOnce(running, "after its input was closed");
  },
};
