// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One Thunderbird process with a throw-away home, its own /etc, and a Marionette connection.
import { spawn } from "node:child_process";
import fs from "node:fs";
import net from "node:net";
import os from "node:os";
import path from "node:path";
import { Marionette, sleep, waitFor } from "./marionette.mjs";
import { prelude } from "./chrome_prelude.mjs";
import { readXpi } from "./xpi.mjs";

/** The binary itself, not the wrapper script in the path: signals and the process id then mean Thunderbird. */
function findBinary() {
  for (const candidate of [process.env.THUNDERBIRD, "/usr/lib/thunderbird/thunderbird", "/usr/lib64/thunderbird/thunderbird"]) {
    if (candidate && fs.existsSync(candidate)) return candidate;
  }
  throw new Error("Thunderbird is not installed (package thunderbird), or name its binary in THUNDERBIRD");
}

/** Thunderbird would wait for ever with a package that is not for it. @param {string} xpi */
function checkVersion(xpi) {
  const manifest = JSON.parse(String(readXpi(xpi).get("manifest.json")));
  const needed = manifest.browser_specific_settings?.gecko?.strict_min_version ?? "0";
  const application = fs.readFileSync(path.join(path.dirname(findBinary()), "application.ini"), "utf8");
  const installed = /^Version=(\S+)/m.exec(application)?.[1] ?? "0";
  if (parseInt(installed, 10) >= parseInt(needed, 10)) return;
  throw new Error(
    `Thunderbird ${installed} is installed, and the extension needs ${needed}. Debian 12 has it among the security updates: apt-get update && apt-get install thunderbird`,
  );
}

/** A TCP port nobody listens on right now. @returns {Promise<number>} */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = net.createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = /** @type {net.AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}

/** Processes that carry our mark in their environment: Thunderbird, its content processes, the native host. */
/** @param {string} mark @returns {number[]} */
function processesWith(mark) {
  return fs
    .readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/environ`, "latin1").split("\0").includes(mark);
      } catch {
        return false; // ended meanwhile, or not ours
      }
    })
    .map(Number)
    .filter((pid) => pid !== process.pid);
}

/** Thunderbird gives a native host 3 s to end (NativeMessaging.sys.mjs); a host that ends with its input needs none of them. */
const LEAVE_MS = 2_000;

/** Some seconds on a busy machine. */
const SESSION_WITHIN_MS = 90_000;

let sequence = 0;

export class Thunderbird {
  /**
   * @param {{home: string, profile: string, etc: import("./private_etc.mjs").PrivateEtc, marionettePort: number, log: string, headless?: boolean}} options
   */
  constructor({ home, profile, etc, marionettePort, log, headless = true }) {
    this.home = home;
    this.profile = profile;
    this.etc = etc;
    this.marionettePort = marionettePort;
    this.log = log;
    this.headless = headless;
    this.mark = `LASTLOOK_E2E=${process.pid}.${++sequence}.${path.basename(home)}`;
    /** @type {import("node:child_process").ChildProcess | undefined} */
    this.child = undefined;
    /** @type {Marionette | undefined} */
    this.marionette = undefined;
  }

  /** Starts the process and opens the Marionette session. @param {string[]} [commandLine] */
  async start(commandLine = []) {
    const command = this.etc.wrap([
      findBinary(),
      ...(this.headless ? ["--headless"] : []),
      "--profile",
      this.profile,
      "--marionette",
      "--remote-allow-system-access", // else Marionette keeps out of the program's own windows
      "--no-remote",
      ...commandLine,
    ]);
    const environment = { ...process.env };
    for (const name of Object.keys(environment)) {
      // Nothing of the caller's desktop session or profile may leak in.
      if (/^(XDG_|MOZ_|DBUS_|SNAP|GTK_|GNOME_)/.test(name)) delete environment[name];
    }
    const [markName, markValue] = this.mark.split("=");
    Object.assign(environment, {
      HOME: this.home,
      TMPDIR: path.join(this.home, "tmp"), // several Thunderbirds sharing one take each other's nsemail.eml
      [markName]: markValue,
      DBUS_SESSION_BUS_ADDRESS: "disabled:", // no session bus is started on our account
      GSETTINGS_BACKEND: "memory",
      NO_AT_BRIDGE: "1",
      MOZ_HEADLESS_WIDTH: "1600",
      MOZ_HEADLESS_HEIGHT: "1400", // room for every window of ours at its full size
      MOZ_CRASHREPORTER_DISABLE: "1",
      MOZ_DISABLE_AUTO_SAFE_MODE: "1",
    });
    if (!this.headless && process.env.DISPLAY) {
      environment.XAUTHORITY = process.env.XAUTHORITY ?? path.join(os.homedir(), ".Xauthority");
    }
    if (!this.headless && process.env.XDG_RUNTIME_DIR) environment.XDG_RUNTIME_DIR = process.env.XDG_RUNTIME_DIR;
    const output = fs.openSync(this.log, "a");
    this.child = spawn(command[0], command.slice(1), { env: environment, stdio: ["ignore", output, output], detached: true, cwd: this.home });
    fs.closeSync(output);
    this.exited = new Promise((resolve) => this.child?.once("exit", resolve));
    const connection = Marionette.connect(this.marionettePort, 60_000);
    const first = await Promise.race([connection, this.exited.then((code) => `exit status ${code}`)]);
    if (!(first instanceof Marionette)) throw new Error(`Thunderbird ended while starting: ${first}; its output is in ${this.log}`);
    this.marionette = first;
    // It may never answer where another window of the program came up first; a case that hangs says nothing.
    const session = this.marionette.command("WebDriver:NewSession", { capabilities: { alwaysMatch: { unhandledPromptBehavior: "ignore" } } });
    if ((await Promise.race([session, sleep(SESSION_WITHIN_MS)])) === undefined) throw new Error("Thunderbird takes no Marionette session");
    await this.marionette.command("Marionette:SetContext", { value: "chrome" });
    await this.marionette.command("WebDriver:SetTimeouts", { script: 60_000 });
  }

  /** Waits for the main window. */
  async ready() {
    await waitFor("the main window", () => this.run((tools) => tools.mainWindowReady()), { timeout: 60_000 });
  }

  /**
   * Runs a function inside Thunderbird with chrome rights. It sees only its arguments and `tools` (chrome_prelude.mjs).
   * @template {any[]} A
   * @param {(tools: any, ...args: A) => any} script @param {A} args @returns {Promise<any>}
   */
  async run(script, ...args) {
    const source = `
      const [args, done] = [arguments[0], arguments[arguments.length - 1]];
      (async () => { const tools = (${prelude})(); return await (${script})(tools, ...args); })().then(
        (value) => done({ value: value === undefined ? null : value }),
        (error) => done({ error: String(error), stack: String(error && error.stack) }),
      );`;
    const parameters = { script: source, args: [args], sandbox: "system", newSandbox: true };
    for (let attempt = 0; ; attempt++) {
      let answer;
      try {
        answer = await /** @type {Marionette} */ (this.marionette).command("WebDriver:ExecuteAsyncScript", parameters);
      } catch (error) {
        // The window the session stood in was closed: stand in another one.
        if (attempt < 3 && /no such window|unloaded/.test(String(error))) {
          await this.#standInAnyWindow();
          continue;
        }
        throw error;
      }
      if (answer.value.error) throw new Error(`in Thunderbird: ${answer.value.error}\n${answer.value.stack}`);
      return answer.value.value;
    }
  }

  async #standInAnyWindow() {
    const marionette = /** @type {Marionette} */ (this.marionette);
    const handles = await marionette.command("WebDriver:GetWindowHandles");
    await marionette.command("WebDriver:SwitchToWindow", { handle: handles[0], focus: false });
  }

  /** @param {string} xpi @param {{temporary?: boolean}} [options] */
  async install(xpi, { temporary = false } = {}) {
    checkVersion(xpi);
    await this.marionette?.command("Addon:Install", { path: xpi, temporary });
  }

  /** A clean exit, as a person would end it; gives the number of processes it left behind. */
  async quit() {
    await this.run((tools) => tools.forgetUnsavedMails()).catch(() => {});
    await this.marionette?.command("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => {});
    await Promise.race([this.exited, sleep(10_000)]);
    for (let waited = 0; waited < LEAVE_MS && processesWith(this.mark).length > 0; waited += 50) await sleep(50);
    return this.kill();
  }

  /** Ends everything that was started, at once; gives the number of processes that were still there. */
  async kill() {
    this.marionette?.close();
    this.marionette = undefined;
    const found = this.killNow();
    for (let round = 0; round < 100 && this.killNow() > 0; round++) await sleep(20);
    await Promise.race([this.exited, sleep(2_000)]);
    return found;
  }

  /** One round of killing, without waiting; gives the number of processes that were there. */
  killNow() {
    const left = processesWith(this.mark);
    for (const pid of left) {
      try {
        process.kill(pid, "SIGKILL");
      } catch {
        // ended by itself
      }
    }
    return left.length;
  }

  /** Process ids of the native host (or of what stands in its place). @param {string} name */
  hostProcesses(name) {
    return processesWith(this.mark).filter((pid) => {
      try {
        return fs.readFileSync(`/proc/${pid}/cmdline`, "latin1").split("\0").some((argument) => path.basename(argument) === name);
      } catch {
        return false;
      }
    });
  }
}
