// SPDX-License-Identifier: MPL-2.0
// @ts-check
// decisions, history, doctor and policy privacy as a shell sees them. What they read was written by the real host.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after, beforeEach } from "node:test";
import { fileURLToPath } from "node:url";
import { Host } from "../protocol/lib/host.mjs";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
const HOST = process.env.LASTLOOK_HOST ?? path.join(PROJECT, "build/ci/host/lastlook-host");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-store-cli-"));
const STATE = path.join(FOLDER, "state");
const DATABASE = path.join(STATE, "lastlook/store.sqlite");
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));
beforeEach(() => fs.rmSync(STATE, { recursive: true, force: true }));

const environment = { ...process.env, XDG_STATE_HOME: STATE, HOME: FOLDER };

/** @param {...string} words */
function lastlook(...words) {
  const { status, stdout, stderr, signal } = spawnSync(PROGRAM, words, { encoding: "utf8", env: environment });
  assert.equal(signal, null, `ended by ${signal}`);
  return { status, stdout, stderr };
}

/** @param {...string} words */
function json(...words) {
  const { status, stdout, stderr } = lastlook(...words, "--format", "json");
  assert.equal(stderr, "");
  return { status, answer: stdout.split("\n").filter((line) => line).map((line) => JSON.parse(line)) };
}

const DRAFT = { from: "yamada@kodama.example.jp", to: ["伊藤 <ito@c-corp.example>"], subject: "A secret plan", body: { text: "b" } };

/** What the real host does with a mail from the window to the server. @param {object} draft @param {string} [reason] */
async function sendOne(draft, reason = "") {
  const host = new Host([HOST], { environment });
  let id = 0;
  /** @param {string} method @param {object} params */
  const call = async (method, params) => {
    const { result, error } = await host.ask({ jsonrpc: "2.0", id: ++id, method, params });
    assert.equal(error, undefined, JSON.stringify(error));
    return result;
  };
  await call("hello", { protocol: 1, client: { name: "test", version: "0" }, capabilities: ["recipients", "hold"], lang: "en" });
  await call("history.learn", { account: "yamada@kodama.example.jp", headers: [], complete: true });
  const { verdict } = await call("draft.evaluate", { compose_id: "c", revision: 1, purpose: "send", draft });
  const { result_digest } = await call("draft.commit", {
    compose_id: "c", draft, digest: verdict.digest, policy_sha256: verdict.policy.sha256, acknowledged: verdict.acknowledge, reason,
  });
  await call("draft.sent", { compose_id: "c", digest: result_digest, message_id: "<1@kodama.example.jp>" });
  host.closeInput();
  await host.end;
}

test("what the host recorded is listed, verified and exported, and says nothing about the mail", async () => {
  await sendOne(DRAFT, "as agreed by telephone");
  const { status, answer } = json("decisions", "list");
  assert.equal(status, 0);
  assert.deepEqual(answer.map(({ record }) => record.event), ["found", "answered", "sent"]);
  assert.equal(answer[1].record.reason, "as agreed by telephone");
  const exported = lastlook("decisions", "export");
  assert.equal(exported.status, 0);
  assert.equal(exported.stdout.split("\n").length, 4);
  for (const word of ["secret", "ito@", "c-corp", "伊藤"]) assert.ok(!exported.stdout.includes(word), word);
  const verified = json("decisions", "verify");
  assert.equal(verified.status, 0);
  assert.equal(verified.answer[0].sound, true);
  assert.equal(json("decisions", "verify", "--head", verified.answer[0].head).status, 0);
});

test("a changed file is found, and named in the person's language", async () => {
  await sendOne(DRAFT, "reason one");
  assert.equal(lastlook("history", "status").status, 0); // its log goes into the file
  const bytes = fs.readFileSync(DATABASE);
  const wal = `${DATABASE}-wal`;
  const file = bytes.includes("reason one") ? DATABASE : wal;
  const changed = fs.readFileSync(file);
  const at = changed.indexOf("reason one");
  assert.ok(at >= 0);
  changed.write("reason two", at);
  fs.writeFileSync(file, changed);
  if (file === wal) return; // SQLite's own checksum drops a changed log
  const { status, stdout } = lastlook("decisions", "verify", "--lang", "ja");
  assert.equal(status, 1);
  assert.match(stdout, /記録2が書き換えられた/);
  assert.equal(lastlook("doctor").status, 1);
});

test("records are erased by person and by age, and the rest stays sound", async () => {
  const policy_form = json("decisions", "list").answer;
  assert.deepEqual(policy_form, []);
  await sendOne(DRAFT);
  assert.deepEqual(json("decisions", "erase", "--person", "nobody@c-corp.example").answer, [{ erased: 0 }]);
  assert.equal(json("decisions", "erase", "--before", "2100-01-01").answer[0].erased, 3);
  assert.equal(json("decisions", "verify").answer[0].sound, true);
  assert.equal(lastlook("decisions", "erase").status, 64);
  assert.equal(lastlook("decisions", "erase", "--before", "yesterday").status, 64);
});

test("the history is listed, forgotten and silenced, and back", async () => {
  await sendOne(DRAFT);
  assert.deepEqual(json("history", "list").answer.map(({ address, name, sent }) => ({ address, name, sent })),
    [{ address: "ito@c-corp.example", name: "伊藤", sent: 1 }]);
  assert.match(lastlook("history", "list", "--lang", "ja").stdout, /伊藤 <ito@c-corp\.example>：1通/);
  assert.equal(lastlook("history", "silence", "first_time", "ito@c-corp.example").status, 0);
  assert.equal(json("history", "status").answer[0].silenced.length, 1);
  assert.equal(lastlook("history", "silence", "no_such_condition", "ito@c-corp.example").status, 64);
  assert.equal(lastlook("history", "unsilence", "first_time", "ito@c-corp.example").status, 0);
  assert.equal(lastlook("history", "unsilence", "first_time", "ito@c-corp.example").status, 1);
  assert.equal(lastlook("history", "forget", "ito@c-corp.example").status, 0);
  assert.equal(lastlook("history", "forget", "ito@c-corp.example").status, 1);
  assert.deepEqual(json("history", "list").answer, []);
  assert.equal(json("history", "status").answer[0].accounts.length, 1);
  assert.equal(lastlook("history", "forget", "--all").status, 0);
  assert.equal(json("history", "status").answer[0].accounts.length, 0);
  assert.equal(lastlook("history", "forget").status, 64);
});

test("silencing: a condition that does not ask by habit is refused, and so is everything where the policy forbids it", () => {
  assert.equal(lastlook("history", "silence", "recipients", "ito@c-corp.example").status, 64);
  assert.equal(lastlook("history", "silence", "first_time", "ito@c-corp.example").status, 0);
  const policies = path.join(FOLDER, "policies");
  fs.mkdirSync(path.join(policies, "lastlook/policy.d"), { recursive: true });
  fs.writeFileSync(path.join(policies, "lastlook/policy.d/50-silence.json"),
    JSON.stringify({ schema: 1, lists: { internal: ["kodama.example.jp"] }, settings: { "history.silence": "forbid" } }));
  // The policy directory is compiled in: a copy stands in the place of /etc, in a mount namespace of its own.
  const script = `mount --bind ${policies} /etc && "$0" history silence dormant ito@c-corp.example; echo "status $?";
    "$0" history unsilence first_time ito@c-corp.example; echo "status $?"`;
  const run = spawnSync("unshare", [process.getuid?.() === 0 ? "-m" : "-rm", "sh", "-c", script, PROGRAM], { encoding: "utf8", env: environment });
  assert.match(run.stdout, /^status 77$[^]*^status 0$/m, run.stdout + run.stderr);
  assert.match(run.stderr, /^lastlook: .*policy/m);
  assert.deepEqual(json("history", "status").answer[0].silenced, []);
});

test("doctor: well, without a home, and with a damaged store", async () => {
  await sendOne(DRAFT);
  const well = json("doctor");
  assert.equal(well.status, 0, JSON.stringify(well.answer));
  for (const check of ["policy", "store", "integrity", "key", "decisions", "history"]) {
    assert.ok(well.answer[0].checks.some((/** @type {any} */ one) => one.check === check && one.ok), check);
  }
  fs.rmSync(`${DATABASE}-wal`, { force: true });
  fs.rmSync(`${DATABASE}-shm`, { force: true });
  fs.writeFileSync(DATABASE, "no database at all ".repeat(500));
  const damaged = lastlook("doctor", "--lang", "zh");
  assert.equal(damaged.status, 1);
  assert.match(damaged.stdout, /损坏的存储文件已另存为/);
  fs.rmSync(STATE, { recursive: true });
  fs.writeFileSync(STATE, "");
  assert.equal(lastlook("doctor").status, 1);
  const refused = lastlook("decisions", "list");
  assert.equal(refused.status, 74);
  assert.match(refused.stderr, /^lastlook: .*store/);
  fs.rmSync(STATE);
});

test("a full disk: a small file system of its own", () => {
  const script = `mount -t tmpfs -o size=300k none ${FOLDER}/small && export XDG_STATE_HOME=${FOLDER}/small &&
    "$0" history status >/dev/null; head -c 1000000 /dev/zero >${FOLDER}/small/filler 2>/dev/null; "$0" history silence first_time a@c-corp.example`;
  fs.mkdirSync(path.join(FOLDER, "small"));
  const run = spawnSync("unshare", [process.getuid?.() === 0 ? "-m" : "-rm", "sh", "-c", script, PROGRAM], { encoding: "utf8", env: environment });
  assert.equal(run.status, 74, run.stdout + run.stderr);
  assert.match(run.stderr, /disk|room|written/);
});

test("privacy: one page in three languages, by what the policy says", () => {
  /** @param {string} form */
  const policy = (form) => {
    const file = path.join(FOLDER, `${form}.json`);
    fs.writeFileSync(file, JSON.stringify({ schema: 1, policy: { id: "kodama", serial: 7 }, settings: { "decisions.recipients": form } }));
    return file;
  };
  const pages = new Set();
  for (const form of ["none", "count", "domain", "hmac", "clear"]) {
    for (const lang of ["en", "ja", "zh"]) {
      const { status, stdout } = lastlook("policy", "privacy", "--policy", policy(form), "--lang", lang);
      assert.equal(status, 0);
      assert.match(stdout, /^# .+\n/);
      assert.match(stdout, /kodama/);
      assert.ok(!/[{}]|privacy\./.test(stdout), stdout);
      pages.add(stdout);
    }
  }
  assert.equal(pages.size, 15);
  assert.equal(lastlook("policy", "privacy", "--policy", "/nonexistent.json").status, 78);
});

test("a held mail is named by at least four characters of its id: an empty variable of a script cancels nothing", () => {
  for (const id of ["", "a", "abc"]) {
    const { status, stderr } = lastlook("hold", "cancel", id);
    assert.equal(status, 64, id);
    assert.match(stderr, /at least 4 characters/, id);
  }
  const { status, stderr } = lastlook("hold", "cancel", "abcd");
  assert.equal(status, 1);
  assert.match(stderr, /no such mail is held/);
});
