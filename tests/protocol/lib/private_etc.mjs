// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The host's policy directory is compiled in and cannot be given by argument or environment. So that a test can still
// choose the policy, the host runs in a mount namespace of its own in which a copy stands in the place of /etc.
import { chmodSync, chownSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { spawnSync } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";

export const POLICY_DIRECTORY = "/etc/lastlook/policy.d";

export class PrivateEtc {
  constructor() {
    this.base = mkdtempSync(join(tmpdir(), "lastlook-etc-"));
    this.etc = join(this.base, "etc");
    mkdirSync(this.etc);
    // Enough of /etc for a program to run as usual; no need to copy anybody's secrets.
    for (const name of ["localtime", "passwd", "group", "nsswitch.conf", "hosts", "ld.so.cache"]) {
      try {
        cpSync(join("/etc", name), join(this.etc, name), { dereference: true });
      } catch {
        // Not every machine has each of them.
      }
    }
    this.directory = join(this.etc, "lastlook", "policy.d");
    /** What the host remembers goes there, never into the home of whoever runs the tests. */
    this.state = join(this.base, "state");
    this.home = join(this.base, "home");
    mkdirSync(this.home);
    this.isRoot = process.getuid?.() === 0;
  }

  /** Empties the directory and forgets what hosts remembered; with `present` false there is none at all. @param {boolean} [present] */
  reset(present = true) {
    rmSync(join(this.etc, "lastlook"), { recursive: true, force: true });
    rmSync(this.state, { recursive: true, force: true });
    rmSync(this.home, { recursive: true, force: true });
    mkdirSync(this.home);
    if (present) {
      mkdirSync(this.directory, { recursive: true, mode: 0o755 });
    }
  }

  /**
   * @param {string} name
   * @param {string} text
   * @param {{mode?: number, owner?: number}} [facts]
   */
  write(name, text, facts = {}) {
    const path = join(this.directory, name);
    mkdirSync(this.directory, { recursive: true, mode: 0o755 });
    writeFileSync(path, text);
    chmodSync(path, facts.mode ?? 0o644);
    if (facts.owner !== undefined) chownSync(path, facts.owner, facts.owner);
  }

  /** @param {string} name */
  remove(name) {
    rmSync(join(this.directory, name), { force: true });
  }

  /**
   * The command line that runs `command` there; each step replaces the one before, so the process is the command's.
   * @param {string[]} command
   */
  wrap(command) {
    const flags = this.isRoot ? "-m" : "-rm";
    return ["unshare", flags, "sh", "-c", 'mount --bind "$0" /etc && exec "$@"', this.etc, "env", `XDG_STATE_HOME=${this.state}`, `HOME=${this.home}`, ...command];
  }

  /** Whether this machine lets us; if not, why. @returns {string} */
  whyNot() {
    const [program, ...rest] = this.wrap(["true"]);
    const run = spawnSync(program, rest, { encoding: "utf8" });
    return run.status === 0 ? "" : (run.stderr || String(run.error)).trim();
  }

  cleanUp() {
    rmSync(this.base, { recursive: true, force: true });
  }
}
