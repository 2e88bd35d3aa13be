// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The host reads its policy from /etc/lastlook/policy.d and from nowhere else, whatever it is told. So a test gives its
// programs an /etc of their own: a copy with the test's policy in it, mounted over /etc in a private mount namespace.
// The machine's /etc is never written.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";

/** How this machine lets us have a mount namespace; found out once. @type {string[] | undefined} */
let unshareCommand;

function findUnshare() {
  const ways =
    process.getuid?.() === 0
      ? [["unshare", "--mount", "--propagation", "private"]]
      : [["unshare", "--map-root-user", "--mount", "--propagation", "private"]];
  for (const way of ways) {
    if (spawnSync(way[0], [...way.slice(1), "true"]).status === 0) return way;
  }
  throw new Error(
    "cannot make a private mount namespace (unshare failed). As root in a container, it needs the capability " +
      "SYS_ADMIN; in a chroot, the chroot must be a mount point (mount --bind DIR DIR); without root, user namespaces must be allowed.",
  );
}

export class PrivateEtc {
  /** @param {string} directory  a new folder for the copy */
  constructor(directory) {
    this.directory = directory;
    // Without root a few secret files cannot be read; nothing here needs them.
    spawnSync("cp", ["-a", "/etc", directory], { stdio: "ignore" });
    const lastlook = path.join(directory, "lastlook");
    fs.rmSync(lastlook, { recursive: true, force: true });
    // Policies for all of Thunderbird on this machine are not the test's either.
    fs.rmSync(path.join(directory, "thunderbird/policies"), { recursive: true, force: true });
    this.policyDirectory = path.join(lastlook, "policy.d");
    fs.mkdirSync(this.policyDirectory, { recursive: true, mode: 0o755 });
  }

  /** @param {object} policy @param {string} [name] */
  writePolicy(policy, name = "50-test.json") {
    const file = path.join(this.policyDirectory, name);
    fs.writeFileSync(`${file}.new`, JSON.stringify(policy, null, 2), { mode: 0o644 });
    fs.renameSync(`${file}.new`, file);
  }

  /** The organisation's policies for Thunderbird itself. @param {object} policies */
  writeThunderbirdPolicies(policies) {
    const folder = path.join(this.directory, "thunderbird/policies");
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, "policies.json"), JSON.stringify(policies, null, 2), { mode: 0o644 });
  }

  /** The command that runs `command` with this /etc; it ends in exec, so that the process id stays the same. */
  /** @param {string[]} command @returns {string[]} */
  wrap(command) {
    unshareCommand ??= findUnshare();
    return [...unshareCommand, "sh", "-c", 'mount --bind "$1" /etc && shift && exec "$@"', "sh", this.directory, ...command];
  }
}
