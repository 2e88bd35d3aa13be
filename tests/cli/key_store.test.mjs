// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The key of the store in a real key store: GNOME Keyring on a message bus of its own.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { fileURLToPath } from "node:url";

const PROJECT = fileURLToPath(new URL("../..", import.meta.url));
const PROGRAM = process.env.LASTLOOK_CLI ?? path.join(PROJECT, "build/ci/host/lastlook");
const FOLDER = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-key-"));
after(() => fs.rmSync(FOLDER, { recursive: true, force: true }));

/**
 * Runs a script in a desktop session of its own; "$0" is lastlook, `open` starts the key store and opens it, `shut` locks
 * it, `ms` prints milliseconds. @param {string} name @param {string} script
 */
function session(name, script) {
  const home = path.join(FOLDER, name);
  fs.mkdirSync(path.join(home, "run"), { recursive: true, mode: 0o700 });
  const before = `open() {
      eval "$(printf pw | gnome-keyring-daemon --unlock --components=secrets)"
      # It goes into the background before it has its name on the bus.
      for turn in $(seq 100); do
        daemon=$(dbus-send --session --print-reply=literal --dest=org.freedesktop.DBus / \\
          org.freedesktop.DBus.GetConnectionUnixProcessID string:org.freedesktop.secrets 2>/dev/null | awk '{ print $2 }')
        [ -n "$daemon" ] && return
        sleep 0.1
      done
      echo "gnome-keyring-daemon never came" >&2
      exit 2
    }
    shut() {
      dbus-send --session --print-reply --dest=org.freedesktop.secrets /org/freedesktop/secrets \\
        org.freedesktop.Secret.Service.Lock array:objpath:/org/freedesktop/secrets/collection/login >/dev/null
    }
    ms() { date +%s%3N; }
    `;
  const { status, stdout, stderr } = spawnSync("dbus-run-session", ["--", "sh", "-c", before + script, PROGRAM], {
    encoding: "utf8",
    timeout: 60_000,
    env: { PATH: process.env.PATH, HOME: home, XDG_RUNTIME_DIR: path.join(home, "run"), XDG_STATE_HOME: path.join(home, "state"), LANG: "C.UTF-8" },
  });
  const key = path.join(home, "state/lastlook/store.key");
  return { status, stdout, stderr, key: fs.existsSync(key) ? fs.readFileSync(key, "utf8") : "" };
}

// A key store that answers late is asked again another time (host/store/README.md), so on a busy machine a session can end otherwise
// than an idle one; it may not do so again and again.
/** @param {string} name the folder of the sessions @param {() => void} sessions */
function atLeastOnce(name, sessions) {
  for (let left = 4; ; left -= 1) {
    fs.rmSync(path.join(FOLDER, name), { recursive: true, force: true });
    try {
      return sessions();
    } catch (error) {
      if (left === 0) throw error;
    }
  }
}

const KEPT = /^in the key store: [0-9a-f]{16}\n$/;
const IN_FILE = /^[0-9a-f]{64}\n$/;

test("an open key store keeps the key, and gives it to the next session", () => {
  atLeastOnce("open", () => {
    const first = session("open", `open; "$0" history silence first_time ito@c-corp.example`);
    assert.equal(first.status, 0, first.stderr);
    assert.match(first.key, KEPT);
    const second = session("open", `open; "$0" history status --format json`);
    assert.equal(second.status, 0, second.stderr);
    assert.equal(JSON.parse(second.stdout).silenced[0].address, "ito@c-corp.example");
    assert.equal(second.key, first.key);
  });
});

test("without a session bus the history waits, and nothing is forgotten", () => {
  const home = path.join(FOLDER, "open");
  const env = { PATH: process.env.PATH, HOME: home, XDG_STATE_HOME: path.join(home, "state") };
  const away = spawnSync(PROGRAM, ["history", "status"], { encoding: "utf8", env });
  assert.equal(away.status, 74);
  assert.match(away.stderr, /key store/);
  assert.equal(spawnSync(PROGRAM, ["decisions", "verify"], { encoding: "utf8", env }).status, 0);
  assert.equal(session("open", `open; "$0" history status`).status, 0);
});

test("a locked one makes nobody wait, shows no window, and is used again once it is open", () => {
  const { status, stdout, stderr } = session("open", `open; shut; before=$(ms); "$0" history status; echo "status $?"
    echo "took $(($(ms) - before))"; "$0" decisions list >/dev/null || exit 3`);
  assert.equal(status, 0, stderr);
  assert.match(stdout, /status 74/);
  assert.match(stderr, /key store, which is locked/);
  assert.ok(Number(/took (\d+)/.exec(stdout)?.[1]) < 5000, stdout);
  assert.equal(session("open", `open; "$0" history status`).status, 0);
});

test("one that hangs makes nobody wait", () => {
  const { stdout, stderr } = session("open", `open; kill -STOP $daemon; before=$(ms); "$0" history status; echo "status $?"
    echo "took $(($(ms) - before))"; kill -CONT $daemon`);
  assert.match(stdout, /status 74/, stderr);
  assert.match(stderr, /key store, which does not answer/);
  assert.ok(Number(/took (\d+)/.exec(stdout)?.[1]) < 5000, stdout);
});

test("where it is locked from the beginning, the key goes into the file", () => {
  const { status, key, stderr } = session("locked", `open; shut; "$0" history silence first_time ito@c-corp.example`);
  assert.equal(status, 0, stderr);
  assert.match(key, IN_FILE);
  assert.equal(fs.statSync(path.join(FOLDER, "locked/state/lastlook/store.key")).mode & 0o777, 0o600);
  // An open one that comes later changes nothing.
  const later = session("locked", `open; "$0" history status --format json`);
  assert.equal(JSON.parse(later.stdout).silenced.length, 1, later.stderr);
  assert.equal(later.key, key);
});

test("a lost key is told and recorded; the history begins anew when it is asked to", () => {
  atLeastOnce("lost", () => {
    session("lost", `open; "$0" history silence first_time ito@c-corp.example`);
    fs.rmSync(path.join(FOLDER, "lost/.local/share/keyrings"), { recursive: true });
    const { stdout, stderr, key } = session("lost", `open; "$0" history status; echo "status $?"; "$0" decisions list
      "$0" decisions verify || exit 3; "$0" history forget --all; "$0" history status; echo "then $?"`);
    assert.match(stdout, /status 74/, stderr);
    assert.match(stderr, /another key/);
    assert.match(stdout, /the history's key was lost/);
    assert.match(stdout, /then 0/);
    assert.match(key, KEPT);
  });
});
