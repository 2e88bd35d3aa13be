// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Lets the host learn, once, whom the person has written to: headers out of the folders of sent mail, in small batches, with
// a pause after each, and never while a mail is being checked. Until the host has all of them it calls nobody new.
//
// Goes on after a restart where it stood. A mail may be told twice: the host passes over what it has (PROTOCOL.md).

import { asFailure } from "./failure.js";
import { INVALID_PARAMS } from "./error_codes.js";

/** @typedef {import("./types").LearningProgress} LearningProgress */
/** @typedef {import("./types").SentHeader} SentHeader */
/** @typedef {import("./types").SentMail} SentMail */

/** The host reads so many in about 20 ms: no check waits longer for it. */
export const BATCH = 100;

/** Between two batches, so that neither the mail program nor the host is kept busy. */
export const PAUSE_MS = 40;

/** A folder may have lost mails since: so many are read again where it goes on. */
const READ_AGAIN = 100;

export class Learning {
  #mail;
  #host;
  #checks;
  #pause;
  /** @type {LearningProgress} */
  #progress = { phase: "unknown", done: 0, total: 0 };
  /** @type {Promise<void> | null} */
  #running = null;
  #stopping = false;
  /** @type {Set<(progress: LearningProgress) => void>} */
  #watchers = new Set();

  /**
   * @param {object} parts
   * @param {SentMail} parts.mail
   * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
   * @param {{idle(): Promise<void>}} parts.checks settles when no mail is being checked
   * @param {(ms: number) => Promise<void>} [parts.pause]
   */
  constructor({ mail, host, checks, pause }) {
    this.#mail = mail;
    this.#host = host;
    this.#checks = checks;
    this.#pause = pause ?? ((ms) => new Promise((resolve) => setTimeout(resolve, ms)));
  }

  get progress() {
    return this.#progress;
  }

  /**
   * Tells of every step, and of how it stands now.
   * @param {(progress: LearningProgress) => void} watcher
   * @returns {() => void} ends it
   */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.#progress);
    return () => this.#watchers.delete(watcher);
  }

  /** Begins or goes on, unless everything is learnt or the person stopped it. Never rejects. */
  start() {
    this.#running ??= this.#run().finally(() => {
      this.#running = null;
    });
    return this.#running;
  }

  /** The person does not want it now. What is learnt stays. */
  async stop() {
    this.#stopping = true;
    await this.#running;
    const record = await this.#mail.loadLearning();
    await this.#mail.saveLearning({ read: record?.read ?? {}, stopped: true });
    this.#stopping = false;
    if (this.#progress.phase !== "done") this.#tell({ ...this.#progress, phase: "stopped" });
  }

  /** The person wants it after all. */
  async resume() {
    const record = await this.#mail.loadLearning();
    await this.#mail.saveLearning({ read: record?.read ?? {}, stopped: false });
    return this.start();
  }

  async #run() {
    try {
      await this.#learn();
    } catch (error) {
      // The host is away, or the mail program does not answer: start() is called again when the host is back.
      console.warn("lastlook: learning the sent mail waits", error);
      this.#tell({ ...this.#progress, phase: "waiting" });
    }
  }

  async #learn() {
    const accounts = [...new Set(await this.#mail.accounts())];
    const { store } = await this.#host.request("status", {});
    if (store?.state !== "ok") return this.#tell({ phase: "unavailable", done: 0, total: 0 });
    const known = new Map(store.accounts.map((state) => [state.account.toLowerCase(), state]));
    const open = accounts.filter((account) => known.get(account.toLowerCase())?.complete !== true);
    const learnt = store.accounts.reduce((sum, { headers }) => sum + headers, 0);
    if (open.length === 0) return this.#tell({ phase: "done", done: learnt, total: learnt });
    const record = await this.#mail.loadLearning();
    const folders = await this.#mail.folders();
    const total = folders.reduce((sum, { count }) => sum + count, 0);
    // A host that has learnt nothing (a new store, everything forgotten), or a new account: from the beginning.
    const goesOn = record !== null && learnt > 0 && open.length === accounts.length;
    /** @type {Record<string, number>} */
    const read = goesOn ? { ...record.read } : {};
    const done = () => Math.min(total, Object.values(read).reduce((sum, count) => sum + count, 0));
    if (record?.stopped) return this.#tell({ phase: "stopped", done: done(), total });
    this.#tell({ phase: "running", done: done(), total });
    for (const { id } of folders) {
      let place = Math.max(0, (read[id] ?? 0) - READ_AGAIN);
      for await (const page of this.#mail.read(id, place)) {
        for (let from = 0; from < page.length; from += BATCH) {
          const batch = page.slice(from, from + BATCH);
          await this.#teach(batch, open, `${done()}/${total}`);
          place += batch.length;
          read[id] = Math.max(read[id] ?? 0, place);
          await this.#mail.saveLearning({ read, stopped: false });
          this.#tell({ phase: "running", done: done(), total });
          await this.#pause(PAUSE_MS);
          if (this.#stopping) return;
        }
      }
    }
    for (const account of open) await this.#request({ account, headers: [], cursor: `${total}/${total}`, complete: true });
    this.#tell({ phase: "done", done: total, total });
  }

  /**
   * @param {{account: string | null, header: SentHeader | null}[]} batch
   * @param {string[]} accounts those that are still learnt for
   * @param {string} cursor
   */
  async #teach(batch, accounts, cursor) {
    for (const account of accounts) {
      const headers = batch.flatMap((one) => (one.account === account && one.header ? [one.header] : []));
      if (headers.length === 0) continue;
      await this.#request({ account, headers, cursor, complete: false });
    }
  }

  /** @param {{account: string, headers: SentHeader[], cursor: string, complete: boolean}} params */
  async #request(params) {
    await this.#checks.idle();
    try {
      await this.#host.request("history.learn", params);
    } catch (error) {
      // An account whose address the host cannot read must not keep the others from being learnt.
      if (asFailure(error).code !== INVALID_PARAMS) throw error;
      console.warn("lastlook: the host does not learn for an account", error);
    }
  }

  /** @param {LearningProgress} progress */
  #tell(progress) {
    this.#progress = progress;
    for (const watcher of this.#watchers) watcher(progress);
  }
}
