// SPDX-License-Identifier: MPL-2.0
// @ts-check
// One seat: a person's Chromium with profile, native host, policy and a Gmail of its own, all in one throw-away folder.
import { spawn } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { waitFor } from "../../thunderbird/lib/marionette.mjs";
import { PrivateEtc } from "../../thunderbird/lib/private_etc.mjs";
import { Cdp } from "./cdp.mjs";
import { GmailServer } from "./gmail_server.mjs";
import { Tab } from "./tab.mjs";

const FAULT_PROXY = fileURLToPath(new URL("../../thunderbird/fault_proxy.mjs", import.meta.url));
/** Debian's wrapper looks into the person's files and the machine's flags; the program itself does not. */
export const PROGRAMS = ["/usr/lib/chromium/chromium", "/usr/bin/chromium"];
/** That of the key in the manifest; packaging/clients.cmake says the same. */
export const EXTENSION_ID = "ojmbcggeeddahgbljhkbnloilebdidnm";

/** @typedef {"direct" | "proxy" | "missing" | "exits"} HostKind */
/**
 * `managed`: policies for Chromium itself, which then installs the extension, and takes native programs out of /etc alone.
 * @typedef {{hostBinary: string, policy: object, extension: string, host?: HostKind, lang?: string, managed?: (seat: Seat) => object}} SeatOptions
 */

/** Seats in use: however this program ends, their browsers end too. @type {Set<Seat>} */
const inUse = new Set();
process.on("exit", () => {
  for (const seat of inUse) seat.killNow();
});
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) process.once(signal, () => process.exit(130));

/** @param {import("./gmail_server.mjs").PageOptions} options @param {number} account */
function pageAddress({ hash = "", ...options }, account) {
  return `https://mail.google.com/mail/u/${account}/?options=${encodeURIComponent(JSON.stringify(options))}${hash}`;
}

export class Seat {
  /** @param {SeatOptions} options */
  constructor(options) {
    this.options = options;
    this.directory = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-gmail-"));
    fs.chmodSync(this.directory, 0o755);
    this.profile = path.join(this.directory, "profile");
    this.control = path.join(this.directory, "fault.json");
    this.faultLog = path.join(this.directory, "fault.log");
    this.log = path.join(this.directory, "chromium.log");
    this.gmail = new GmailServer(this.directory);
    this.faultLogStart = 0;
    this.extensionLoaded = false;
    this.port = 0;
    this.etc = new PrivateEtc(path.join(this.directory, "etc"));
  }

  /** @param {SeatOptions & {withExtension?: boolean}} options */
  static async start({ withExtension = true, ...options }) {
    const seat = new Seat(options);
    inUse.add(seat);
    seat.port = await seat.gmail.listen();
    fs.rmSync(path.join(seat.directory, "etc/chromium"), { recursive: true, force: true });
    seat.etc.writePolicy(options.policy);
    seat.fault({ mode: "pass" });
    seat.setHost(options.host ?? "direct");
    if (options.managed) {
      const policies = path.join(seat.directory, "etc/chromium/policies/managed");
      fs.mkdirSync(policies, { recursive: true });
      fs.writeFileSync(path.join(policies, "lastlook.json"), JSON.stringify(options.managed(seat)));
    }
    await seat.#startBrowser();
    if (options.managed) {
      await waitFor("the extension to be installed by policy", () => seat.workerTarget(), { timeout: 40_000 });
      seat.extensionLoaded = true;
    } else if (withExtension) await seat.loadExtension();
    return seat;
  }

  async #startBrowser() {
    const program = PROGRAMS.find((one) => fs.existsSync(one));
    if (!program) throw new Error("Chromium is not installed (Debian package chromium)");
    const lang = this.options.lang ?? "en-US";
    const command = [
      program,
      "--headless=new",
      "--no-sandbox",
      "--no-first-run",
      "--disable-gpu",
      "--disable-dev-shm-usage",
      "--disable-component-update",
      "--disable-sync",
      "--remote-debugging-pipe",
      "--enable-unsafe-extension-debugging",
      `--user-data-dir=${this.profile}`,
      `--lang=${lang}`,
      "--window-size=1100,900",
      `--host-resolver-rules=MAP mail.google.com 127.0.0.1:${this.port}, MAP * ~NOTFOUND, EXCLUDE 127.0.0.1`,
      `--ignore-certificate-errors-spki-list=${this.gmail.spkiHash}`,
      "about:blank",
    ];
    const [first = "", ...rest] = this.etc.wrap(command);
    const log = fs.openSync(this.log, "a");
    const home = path.join(this.directory, "home");
    fs.mkdirSync(home, { recursive: true });
    const environment = { ...process.env, HOME: home, LANGUAGE: lang.slice(0, 2), LANG: "C.UTF-8", XDG_CONFIG_HOME: path.join(home, ".config"), XDG_STATE_HOME: "", XDG_DATA_HOME: "" };
    this.browser = spawn(first, rest, { env: environment, stdio: ["ignore", log, log, "pipe", "pipe"], detached: true });
    this.cdp = new Cdp(/** @type {any} */ (this.browser.stdio[3]), /** @type {any} */ (this.browser.stdio[4]));
    await this.cdp.send("Browser.getVersion");
  }

  async loadExtension() {
    const { id } = await this.#browser().send("Extensions.loadUnpacked", { path: this.options.extension });
    if (id !== EXTENSION_ID) throw new Error(`the extension has the id ${id}, not ${EXTENSION_ID}`);
    this.extensionLoaded = true;
    await waitFor("the extension's worker", () => this.workerTarget());
  }

  #browser() {
    return /** @type {Cdp} */ (this.cdp);
  }

  async workerTarget() {
    const { targetInfos } = await this.#browser().send("Target.getTargets");
    return targetInfos.find((/** @type {any} */ one) => one.type === "service_worker" && one.url.includes(EXTENSION_ID));
  }

  /** Ends the extension's worker, as Chromium itself may at any time. */
  async stopWorker() {
    const target = await this.workerTarget();
    if (target) await this.#browser().send("Target.closeTarget", { targetId: target.targetId });
    await waitFor("the worker to stop", async () => (await this.workerTarget())?.targetId !== target?.targetId);
  }

  /** @param {import("./gmail_server.mjs").PageOptions} [options] @param {number} [account] the N of /u/N */
  async open(options = {}, account = 0) {
    return Tab.open(this, pageAddress(options, account));
  }

  /** A window that a page opens, as Gmail does for a mail of its own window. @param {Tab} opener @param {import("./gmail_server.mjs").PageOptions} options */
  async openFrom(opener, options) {
    const url = pageAddress(options, 0);
    await opener.send("Runtime.evaluate", { expression: `void window.open(${JSON.stringify(url)}, "_blank", "popup,width=1000,height=850")`, userGesture: true });
    const found = await waitFor("the window to open", async () => (await this.#browser().send("Target.getTargets")).targetInfos.find((/** @type {any} */ one) => one.type === "page" && one.url === url));
    return Tab.attach(this, found.targetId);
  }

  /** What stands behind the native host's manifest. @param {HostKind} kind */
  setHost(kind) {
    const folder = this.options.managed ? path.join(this.directory, "etc/chromium/native-messaging-hosts") : path.join(this.profile, "NativeMessagingHosts");
    const manifest = path.join(folder, "lastlook.json");
    fs.mkdirSync(folder, { recursive: true });
    fs.rmSync(manifest, { force: true });
    if (kind === "missing") return;
    let program = this.options.hostBinary;
    if (kind !== "direct") {
      program = path.join(this.directory, `host-${kind}.sh`);
      const quoted = [process.execPath, FAULT_PROXY, this.control, this.faultLog, this.options.hostBinary].map((word) => `'${word}'`).join(" ");
      fs.writeFileSync(`${program}.new`, kind === "exits" ? "#!/bin/sh\nexit 3\n" : `#!/bin/sh\nexec ${quoted} "$@"\n`, { mode: 0o755 });
      fs.renameSync(`${program}.new`, program);
    }
    const origins = [`chrome-extension://${EXTENSION_ID}/`];
    fs.writeFileSync(manifest, JSON.stringify({ name: "lastlook", description: "Lastlook", path: program, type: "stdio", allowed_origins: origins }));
  }

  /** Tells the proxy which fault to commit from now on. @param {{mode: string, method?: string, delay_ms?: number, record?: boolean}} fault */
  fault(fault) {
    fs.writeFileSync(`${this.control}.new`, JSON.stringify(fault));
    fs.renameSync(`${this.control}.new`, this.control);
    this.faultLogStart = this.#faultLogText().length;
  }

  /** What the proxy did since the last `fault()`. @returns {string[]} */
  faultLines() {
    return this.#faultLogText().slice(this.faultLogStart).split("\n").filter(Boolean);
  }

  #faultLogText() {
    return fs.existsSync(this.faultLog) ? fs.readFileSync(this.faultLog, "utf8") : "";
  }

  /** Ids of this seat's host processes. @returns {number[]} */
  hostProcesses() {
    return fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number).filter((pid) => {
      try {
        const words = fs.readFileSync(`/proc/${pid}/cmdline`, "utf8");
        if (!words.includes("lastlook-host") && !words.includes("fault_proxy.mjs")) return false;
        return fs.readFileSync(`/proc/${pid}/environ`, "utf8").includes(`HOME=${this.directory}/home`);
      } catch {
        return false;
      }
    });
  }

  async endHost() {
    for (const pid of this.hostProcesses()) process.kill(pid, "SIGKILL");
    await waitFor("the host to end", () => this.hostProcesses().length === 0);
  }

  killNow() {
    try {
      if (this.browser?.pid) process.kill(-this.browser.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    if (process.env.LASTLOOK_E2E_KEEP) console.log(`  kept: ${this.directory}`);
    else fs.rmSync(this.directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  }

  async close() {
    inUse.delete(this);
    this.gmail.close();
    await Promise.race([this.cdp?.send("Browser.close").catch(() => {}), new Promise((resolve) => setTimeout(resolve, 3_000))]);
    this.killNow();
  }
}
