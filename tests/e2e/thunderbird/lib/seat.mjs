// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One seat: a person's Thunderbird with profile, extension, native host, policy and an SMTP server, all in one
// throw-away folder.
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { PrivateEtc } from "./private_etc.mjs";
import { writeProfile } from "./profile.mjs";
import { SmtpSink } from "./smtp_sink.mjs";
import { Thunderbird, freePort } from "./thunderbird.mjs";

const FAULT_PROXY = fileURLToPath(new URL("../fault_proxy.mjs", import.meta.url));

/** @typedef {import("./profile.mjs").Person} Person */
/** @typedef {"direct" | "proxy" | "missing" | "exits"} HostKind */

/**
 * @typedef {object} SeatOptions
 * @property {string} hostBinary
 * @property {object} policy
 * @property {Person[]} people
 * @property {HostKind} [host]
 * @property {Record<string, string | number | boolean>} [preferences]
 * @property {boolean} [headless]
 */

/** Seats in use. However this program ends, none of them stays. @type {Set<Seat>} */
const inUse = new Set();
process.on("exit", () => {
  for (const seat of inUse) {
    for (let round = 0; round < 20 && (seat.thunderbird?.killNow() ?? 0) > 0; round++);
    seat.remove();
  }
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.once(signal, () => process.exit(130));

export class Seat {
  /** @param {SeatOptions} options */
  constructor(options) {
    this.options = options;
    this.directory = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-e2e-"));
    // The host may refuse to run from or read below a folder others can write to; this one is ours alone.
    fs.chmodSync(this.directory, 0o755);
    this.home = path.join(this.directory, "home");
    this.control = path.join(this.directory, "fault.json");
    this.faultLog = path.join(this.directory, "fault.log");
    this.log = path.join(this.directory, "thunderbird.log");
    this.sink = new SmtpSink();
    this.faultLogStart = 0;
    /** @type {Thunderbird | undefined} */
    this.thunderbird = undefined;
    /** @type {PrivateEtc | undefined} */
    this.etc = undefined;
  }

  /** @param {SeatOptions} options */
  static async make(options) {
    const seat = new Seat(options);
    inUse.add(seat);
    fs.mkdirSync(path.join(seat.home, "tmp"), { recursive: true });
    await seat.sink.listen();
    seat.etc = new PrivateEtc(path.join(seat.directory, "etc"));
    seat.etc.writePolicy(options.policy);
    const marionettePort = await freePort();
    const profile = path.join(seat.directory, "profile");
    writeProfile({ directory: profile, people: options.people, smtpPort: seat.sink.port, marionettePort, extra: options.preferences });
    seat.fault({ mode: "pass" });
    seat.setHost(options.host ?? "direct");
    seat.thunderbird = new Thunderbird({ home: seat.home, profile, etc: seat.etc, marionettePort, log: seat.log, headless: options.headless ?? true });
    return /** @type {Seat & {thunderbird: Thunderbird, etc: PrivateEtc}} */ (seat);
  }

  /** What stands behind the native host's manifest. @param {HostKind} kind */
  setHost(kind) {
    const folder = path.join(this.home, ".mozilla/native-messaging-hosts");
    const manifest = path.join(folder, "lastlook.json");
    fs.mkdirSync(folder, { recursive: true });
    fs.rmSync(manifest, { force: true });
    if (kind === "missing") return;
    let program = this.options.hostBinary;
    if (kind !== "direct") {
      program = path.join(this.directory, `host-${kind}.sh`);
      const quoted = [process.execPath, FAULT_PROXY, this.control, this.faultLog, this.options.hostBinary].map((word) => `'${word}'`).join(" ");
      // Beside it and renamed: a program that is being started cannot be written to (ETXTBSY).
      fs.writeFileSync(`${program}.new`, kind === "exits" ? "#!/bin/sh\nexit 3\n" : `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
      fs.renameSync(`${program}.new`, program);
    }
    fs.writeFileSync(
      manifest,
      JSON.stringify({ name: "lastlook", description: "Lastlook", path: program, type: "stdio", allowed_extensions: ["lastlook@lastlook"] }),
    );
  }

  /** Tells the proxy which fault to commit from now on. @param {{mode: string, method?: string, delay_ms?: number}} fault */
  fault(fault) {
    fs.writeFileSync(`${this.control}.new`, JSON.stringify(fault));
    fs.renameSync(`${this.control}.new`, this.control);
    this.faultLogStart = this.#faultLogText().length;
  }

  /** What the proxy did since the last `fault()`: lines like "request draft.evaluate" and "fault crash". @returns {string[]} */
  faultLines() {
    return this.#faultLogText().slice(this.faultLogStart).split("\n").filter(Boolean);
  }

  #faultLogText() {
    return fs.existsSync(this.faultLog) ? fs.readFileSync(this.faultLog, "utf8") : "";
  }

  /** @param {string} name @param {string | Buffer} content @returns {string} its path */
  file(name, content) {
    const folder = path.join(this.directory, "files");
    fs.mkdirSync(folder, { recursive: true });
    const file = path.join(folder, name);
    fs.writeFileSync(file, content);
    return file;
  }

  /** Ends Thunderbird and removes the folder. */
  async close() {
    await this.thunderbird?.kill();
    this.sink.close();
    this.remove();
    inUse.delete(this);
  }

  remove() {
    if (process.env.LASTLOOK_E2E_KEEP) console.log(`  kept: ${this.directory}`);
    else fs.rmSync(this.directory, { recursive: true, force: true, maxRetries: 5 });
  }
}
