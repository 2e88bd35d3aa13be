// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Mails that were confirmed and wait. The host's store says which there are and how long each still waits; the mail itself lies
// in the client as a draft. Whatever is not certain (overdue after a restart, a draft that is gone, a release that was cut off)
// is asked, never sent.
//
//   begin ─► put away ─► (time) ─► release ─► sent
//              │                     └ a prompt, a server that refused, another mail by now ─► asked
//              └ send now / take back / keep as a draft, at any time before

import { asFailure, Failure } from "./failure.js";
import { HOLD_BUSY, HOLD_NOT_DUE, UNKNOWN_HOLD } from "./error_codes.js";

/** @typedef {import("./types").ComposeKey} ComposeKey */
/** @typedef {import("./types").Hold} Hold */
/** @typedef {import("./types").HeldMailClient} HeldMailClient */
/** @typedef {import("./types").HoldReason} HoldReason */

/** Thunderbird keeps a window locked for a moment after it was told that the mail stays. */
const SAVE_AGAIN_MS = 100;
const SAVE_WITHIN_MS = 15_000;

/** A host that is away is asked again so often. */
const HOST_AGAIN_MS = 2_000;
const HOST_AGAIN_AT_MOST_MS = 30_000;

/** A send that takes longer waits for somebody: a prompt of the client's stands in its window. */
export const NEEDS_ANSWER_AFTER_MS = 4_000;

/** A window that is gone without an outcome: so long for the outcome to come, or the mail to show in the sent folder. */
const OUTCOME_WITHIN_MS = 20_000;
const LOOK_AGAIN_MS = 1_000;

/** The computer slept: a mail that is later than this is no longer sent without asking. */
export const ASK_WHEN_LATE_MS = 10 * 60_000;

/** The longest wait that a timer takes (a signed 32-bit number). */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/**
 * A mail on its way out.
 * @typedef {object} Release
 * @property {string} id
 * @property {boolean} byPerson
 * @property {string} digest of the mail as it leaves; "" until the host has let it go
 * @property {string} composeId under which it was let go
 * @property {import("./types").DraftHandle | null} draft what is left to be removed when it has left
 * @property {boolean} claimed the host gives it out: that it stays here must be told from now on
 * @property {boolean} pending the send flow is at work on it, and will say how that ended
 * @property {boolean} out the send flow has let it out
 * @property {boolean} gone its window is closed
 * @property {(outcome: Outcome) => void} settle
 * @property {Promise<Outcome>} outcome
 */

/**
 * What became of a mail on its way out. `seen`: nobody reported it, it was found among the sent mails. `unknown`: it may have left.
 * `early`: it was not its turn, and nothing has changed.
 * @typedef {{what: "sent" | "seen" | "stays" | "unknown" | "early", messageId: string}} Outcome
 */

/** @type {Readonly<Outcome>} */
const STAYS = Object.freeze({ what: /** @type {const} */ ("stays"), messageId: "" });

export class Holds {
  #client;
  #host;
  #setTimer;
  #clearTimer;
  #clock;
  /** @type {Map<string, {hold: Hold, endsAt: number, timer: any}>} as the host said last */
  #known = new Map();
  /** @type {Map<ComposeKey, string>} windows that show a held mail */
  #windows = new Map();
  /** @type {Map<ComposeKey, Release>} */
  #releases = new Map();
  /** @type {Map<ComposeKey, string>} drafts that the person has opened, by their Message-ID */
  #openDrafts = new Map();
  /** @type {Set<string>} held mails of which was said that they are open */
  #saidOpen = new Set();
  /** @type {Set<string>} something is being done about them here and now */
  #busy = new Set();
  /** @type {Set<(holds: Hold[]) => void>} */
  #watchers = new Set();
  /** What the last run left behind has been looked at: until then nothing leaves by itself. */
  #recovered = false;
  /** @type {boolean | null} */
  #freshStart = null;
  /** @type {Promise<void> | null} */
  #starting = null;

  /**
   * @param {object} parts
   * @param {HeldMailClient} parts.client
   * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
   * @param {(callback: () => void, ms: number) => any} [parts.setTimer]
   * @param {(timer: any) => void} [parts.clearTimer]
   * @param {() => number} [parts.clock] milliseconds, of a clock that nobody sets
   */
  constructor({ client, host, setTimer, clearTimer, clock }) {
    this.#client = client;
    this.#host = host;
    this.#setTimer = setTimer ?? ((callback, ms) => setTimeout(callback, ms));
    this.#clearTimer = clearTimer ?? ((timer) => clearTimeout(timer));
    this.#clock = clock ?? (() => performance.now());
  }

  // ---- the pages ---------------------------------------------------------------------------------------------------

  /**
   * @param {(holds: Hold[]) => void} watcher told of every change, and of how it stands now
   * @returns {() => void} ends it
   */
  watch(watcher) {
    this.#watchers.add(watcher);
    watcher(this.list());
    return () => this.#watchers.delete(watcher);
  }

  /** @returns {Hold[]} in the order in which they fall due */
  list() {
    const now = this.#clock();
    return [...this.#known.values()].map(({ hold, endsAt }) => ({ ...hold, remaining_ms: Math.max(0, Math.round(endsAt - now)) }));
  }

  // ---- the host ----------------------------------------------------------------------------------------------------

  /** The host is there, or there again. Never rejects. */
  start() {
    this.#starting ??= this.#start()
      .catch((error) => console.warn("lastlook: the held mails could not be looked at", error))
      .finally(() => {
        this.#starting = null;
      });
    return this.#starting;
  }

  async #start() {
    const holds = await this.refresh();
    for (const [compose, messageId] of this.#openDrafts) await this.#takeBackOpened(compose, messageId);
    if (this.#recovered) return;
    // Asked once: when this is cut off, the next try must come to the same.
    this.#freshStart ??= await this.#client.isFreshStart();
    const freshStart = this.#freshStart;
    let asks = false;
    for (const hold of holds) {
      if (!this.#busy.has(hold.hold_id)) asks = (await this.#recover(hold, freshStart)) || asks;
    }
    this.#recovered = true;
    await this.refresh();
    if (asks) await this.#client.showAsking();
  }

  /**
   * What the last run of the program left behind.
   * @param {Hold} hold
   * @param {boolean} freshStart
   * @returns {Promise<boolean>} whether a person has to be asked
   */
  async #recover(hold, freshStart) {
    switch (hold.state) {
      case "asked":
        return true;
      case "saving": {
        const where = await this.#client.findUnnoted(hold);
        if (where) await this.#request("hold.put", hold.hold_id, { where });
        await this.#ask(hold, where ? "interrupted" : "not_found");
        return true;
      }
      case "releasing": {
        const messageId = await this.#client.findSent(hold);
        if (messageId === null) {
          await this.#ask(hold, "interrupted");
          return true;
        }
        await this.#request("hold.sent", hold.hold_id, { message_id: messageId });
        await this.#looksSent(hold);
        return false;
      }
      default:
        if (!freshStart || hold.late_ms === 0) return false;
        await this.#ask(hold, "overdue");
        return true;
    }
  }

  /** @returns {Promise<Hold[]>} */
  async refresh() {
    const { holds } = await this.#host.request("hold.list", { owner: await this.#client.owner() });
    const now = this.#clock();
    for (const { timer } of this.#known.values()) this.#clearTimer(timer);
    this.#known = new Map(
      holds.map((hold) => {
        const endsAt = now + hold.remaining_ms;
        const waits = this.#recovered && hold.state === "waiting" && !this.#busy.has(hold.hold_id) && !this.#isOpen(hold);
        const ms = Math.min(hold.remaining_ms, LONGEST_TIMER_MS);
        return [hold.hold_id, { hold, endsAt, timer: waits ? this.#setTimer(() => this.#due(hold.hold_id), ms) : null }];
      }),
    );
    for (const [compose, id] of this.#windows) {
      if (!this.#known.has(id) && !this.#releases.has(compose)) this.#windows.delete(compose);
    }
    const all = this.list();
    for (const watcher of this.#watchers) watcher(all);
    await this.#client.showCount(all.length, all.some(({ state }) => state === "asked"));
    return holds;
  }

  /** @param {string} id */
  #due(id) {
    // Until the host is back the mail stays where it is.
    this.#release(id, false).catch((error) => {
      console.warn("lastlook: a held mail could not be let go", error);
      this.#setTimer(() => this.start(), HOST_AGAIN_AT_MOST_MS);
    });
  }

  /**
   * @template {"hold.put" | "hold.ask" | "hold.sent" | "hold.cancel"} M
   * @param {M} method
   * @param {string} id
   * @param {object} params
   */
  async #request(method, id, params) {
    return this.#host.request(method, { hold_id: id, owner: await this.#client.owner(), ...params });
  }

  /**
   * What must be told, however long the host is away.
   * @param {"hold.put" | "hold.ask" | "hold.sent"} method
   * @param {string} id
   * @param {object} params
   */
  async #insist(method, id, params) {
    for (let pause = HOST_AGAIN_MS; ; pause = Math.min(pause * 2, HOST_AGAIN_AT_MOST_MS)) {
      try {
        return await this.#request(method, id, params);
      } catch (error) {
        const { code } = asFailure(error);
        if (code === UNKNOWN_HOLD || code === HOLD_BUSY) return null;
        console.warn(`lastlook: ${method} waits for the host`, error);
        await new Promise((resolve) => this.#setTimer(() => resolve(undefined), pause));
      }
    }
  }

  /**
   * @param {Hold} hold
   * @param {HoldReason} why
   */
  async #ask(hold, why) {
    await this.#insist("hold.ask", hold.hold_id, { why });
  }

  // ---- the beginning -----------------------------------------------------------------------------------------------

  /**
   * The person confirmed a mail that is to be held. Settles when the store has it; it is put away as soon as its window can be
   * written to again.
   * @param {ComposeKey} compose
   * @param {string} composeId
   */
  async begin(compose, composeId) {
    const id = crypto.randomUUID();
    this.#busy.add(id);
    try {
      const { hold } = await this.#request("hold.put", id, { compose_id: composeId });
      this.#windows.set(compose, id);
      this.#setTimer(() => {
        this.#putAway(compose, hold)
          .catch((error) => this.#couldNotPutAway(compose, hold, error))
          .finally(() => {
            this.#busy.delete(id);
            this.start();
          });
      }, SAVE_AGAIN_MS);
    } catch (error) {
      this.#busy.delete(id);
      throw error;
    }
  }

  /**
   * @param {ComposeKey} compose
   * @param {Hold} hold
   */
  async #putAway(compose, hold) {
    const where = await this.#saved(compose);
    await this.#insist("hold.put", hold.hold_id, { where });
    if (hold.form === "countdown") {
      await this.#client.minimise(compose);
      await this.#client.showCountdown(hold.hold_id);
    } else {
      this.#windows.delete(compose);
      await this.#client.closeWindow(compose);
      this.#client.notify("held", hold);
    }
  }

  /** @param {ComposeKey} compose */
  async #saved(compose) {
    const until = this.#clock() + SAVE_WITHIN_MS;
    for (;;) {
      try {
        return await this.#client.saveDraft(compose);
      } catch (error) {
        if (this.#clock() > until) throw error;
        await new Promise((resolve) => this.#setTimer(() => resolve(undefined), SAVE_AGAIN_MS));
      }
    }
  }

  /**
   * The mail is where it was, in its window: it is not held, and the person is told.
   * @param {ComposeKey} compose
   * @param {Hold} hold
   * @param {unknown} error
   */
  async #couldNotPutAway(compose, hold, error) {
    this.#windows.delete(compose);
    await this.#request("hold.cancel", hold.hold_id, { why: "failed" }).catch(() => {});
    await this.#client.couldNotHold(compose, asFailure(error).message);
  }

  // ---- the release -------------------------------------------------------------------------------------------------

  /**
   * @param {string} id
   * @param {boolean} byPerson
   */
  async #release(id, byPerson) {
    if (this.#busy.has(id)) return;
    this.#busy.add(id);
    try {
      // Another window, another computer or the command line may have ended it.
      const hold = (await this.refresh()).find(({ hold_id }) => hold_id === id);
      if (!hold) return;
      if (!byPerson && (hold.state !== "waiting" || hold.remaining_ms > 0 || this.#isOpen(hold))) return;
      if (!byPerson && hold.late_ms > ASK_WHEN_LATE_MS) {
        await this.#ask(hold, "overdue");
        return await this.#client.showAsking();
      }
      // It may have left the first time: what lies among the sent mails by now is not sent again.
      if (hold.why === "interrupted" && (await this.#client.findSent(hold)) !== null) return await this.#gone(hold);
      let compose = [...this.#windows].find(([, held]) => held === id)?.[0];
      /** @type {import("./types").DraftHandle | null} */
      let draft = null;
      if (compose === undefined) {
        draft = await this.#client.findDraft(hold.where);
        if (!draft) return await this.#gone(hold);
        compose = await this.#client.openDraft(draft);
        this.#windows.set(compose, id);
      }
      await this.#sendAndSee(compose, hold, byPerson, draft);
    } finally {
      this.#busy.delete(id);
      await this.refresh().catch(() => {});
    }
  }

  /**
   * The draft is no longer there: sent, edited or deleted by somebody else.
   * @param {Hold} hold
   */
  async #gone(hold) {
    if ((await this.#client.findSent(hold)) !== null) {
      await this.#request("hold.cancel", hold.hold_id, { why: "gone" });
      this.#client.notify("gone", hold);
      return;
    }
    await this.#ask(hold, "not_found");
    await this.#client.showAsking();
  }

  /**
   * @param {ComposeKey} compose
   * @param {Hold} hold
   * @param {boolean} byPerson
   * @param {import("./types").DraftHandle | null} draft
   */
  async #sendAndSee(compose, hold, byPerson, draft) {
    const release = this.#newRelease(compose, hold.hold_id, byPerson, draft);
    const slow = this.#setTimer(() => {
      this.#client.reveal(compose);
      this.#client.notify("needs_answer", hold);
    }, NEEDS_ANSWER_AFTER_MS);
    this.#client.send(compose).then(
      (messageId) => release.settle({ what: "sent", messageId }),
      (error) => {
        console.warn("lastlook: a held mail was not sent", error);
        // A window that is gone answers with an error too: then nobody knows, and #lookForOutcome looks.
        if (!release.pending && !release.gone) release.settle(STAYS);
      },
    );
    const outcome = await release.outcome;
    this.#clearTimer(slow);
    await this.#conclude(compose, release, outcome);
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} id
   * @param {boolean} byPerson
   * @param {import("./types").DraftHandle | null} draft
   */
  #newRelease(compose, id, byPerson, draft) {
    /** @type {Release["settle"]} */
    let settle = () => {};
    /** @type {Release["outcome"]} */
    const outcome = new Promise((resolve) => {
      settle = resolve;
    });
    /** @type {Release} */
    const release = { id, byPerson, digest: "", composeId: "", draft, claimed: false, pending: false, out: false, gone: false, settle, outcome };
    this.#releases.set(compose, release);
    return release;
  }

  /**
   * @param {ComposeKey} compose
   * @param {Release} release
   * @param {Outcome} outcome
   */
  async #conclude(compose, release, { what, messageId }) {
    const { id, digest, composeId, draft } = release;
    if (this.#releases.get(compose) === release) this.#releases.delete(compose);
    // Taken for another mail meanwhile: that one is not ours any more, but what was left of the held one is.
    const stillOurs = this.#windows.get(compose) === id;
    const hold = this.#known.get(id)?.hold;
    if (what === "sent" || what === "seen") {
      this.#windows.delete(compose);
      if (stillOurs) await this.#insist("hold.sent", id, { compose_id: composeId, digest, message_id: messageId });
      if (what === "seen" && hold) await this.#looksSent(hold);
      else if (draft) await this.#client.removeDraft(draft);
      return;
    }
    if (!stillOurs) return;
    if (what === "early") {
      // The window that was opened for it has nothing to do here.
      if (!draft) return;
      this.#windows.delete(compose);
      return this.#client.closeWindow(compose);
    }
    if (what === "unknown") {
      this.#windows.delete(compose);
      await this.#insist("hold.ask", id, { why: "interrupted" });
      return this.#client.showAsking();
    }
    await this.#insist("hold.ask", id, { why: "refused" });
    await this.#client.reveal(compose);
    if (hold) this.#client.notify("refused", hold);
  }

  /**
   * Nobody said that it has left, but it lies among the sent mails: its draft would only be sent a second time. It can be had back.
   * @param {Hold} hold
   */
  async #looksSent(hold) {
    const draft = await this.#client.findDraft(hold.where);
    if (draft) await this.#client.discardDraft(draft);
    this.#client.notify("looks_sent", hold);
  }

  // ---- the send flow -----------------------------------------------------------------------------------------------

  /**
   * The held mail in this window, when Send is pressed in it, by us or by the person.
   * @param {ComposeKey} compose
   * @returns {{id: string, byPerson: boolean} | null}
   */
  heldIn(compose) {
    const id = this.#windows.get(compose);
    if (id === undefined) return null;
    let release = this.#releases.get(compose);
    if (release?.id !== id) {
      // The person pressed Send in the window of a held mail: they want it now.
      const own = this.#newRelease(compose, id, true, null);
      release = own;
      this.#busy.add(id);
      own.outcome
        .then((outcome) => this.#conclude(compose, own, outcome))
        .catch((error) => console.warn("lastlook: the end of a held mail could not be told", error))
        .finally(() => {
          this.#busy.delete(id);
          this.start();
        });
    }
    release.pending = true;
    return { id, byPerson: release.byPerson };
  }

  /** @returns {Promise<{owner: string}>} what hold.release is asked with */
  async named() {
    return { owner: await this.#client.owner() };
  }

  /**
   * The host gives it out; it is still here.
   * @param {ComposeKey} compose
   */
  claimed(compose) {
    const release = this.#releases.get(compose);
    if (release) release.claimed = true;
  }

  /**
   * How Send in its window ended.
   * @param {ComposeKey} compose
   * @param {"out" | "stays" | "early"} how early: somebody else is sending it, or its time has not come; that is as it should be
   */
  decided(compose, how) {
    const release = this.#releases.get(compose);
    if (!release) return;
    release.pending = false;
    release.out = how === "out";
    if (how === "early" && !release.claimed) release.settle({ what: "early", messageId: "" });
    else if (how !== "out") release.settle(STAYS);
  }

  /**
   * It goes to the mail program now.
   * @param {ComposeKey} compose
   * @param {string} digest of the mail as it leaves
   * @param {string} composeId
   */
  letGo(compose, digest, composeId) {
    const release = this.#releases.get(compose);
    if (release) Object.assign(release, { digest, composeId });
  }

  /**
   * What is in the window is no longer the mail that was held: it is checked like any other.
   * @param {ComposeKey} compose
   */
  async becameAnother(compose) {
    const id = this.#windows.get(compose);
    if (id === undefined) return;
    try {
      await this.#request("hold.cancel", id, { why: "changed" });
    } catch (error) {
      if (asFailure(error).code !== UNKNOWN_HOLD) throw error;
    }
    this.#windows.delete(compose);
    await this.#client.reveal(compose);
  }

  /**
   * The client says what became of a mail that was let go.
   * @param {ComposeKey} compose
   * @param {{sent: boolean, messageId: string}} outcome
   */
  reported(compose, { sent, messageId }) {
    const release = this.#releases.get(compose);
    if (sent) release?.settle({ what: "sent", messageId });
    else if (!release?.pending) release?.settle(STAYS);
  }

  /**
   * A compose window is gone.
   * @param {ComposeKey} compose
   */
  closed(compose) {
    const release = this.#releases.get(compose);
    const wasOpen = this.#openDrafts.delete(compose);
    if (!release) {
      // A held mail that was closed still lies among the drafts, and leaves from there.
      this.#windows.delete(compose);
      if (wasOpen) this.start();
      return;
    }
    release.gone = true;
    this.#lookForOutcome(release).catch((error) => console.warn("lastlook: the end of a held mail is not known", error));
  }

  /**
   * A client that sends in the background closes the window and says nothing.
   * @param {Release} release
   */
  async #lookForOutcome(release) {
    let settled = false;
    release.outcome.then(() => {
      settled = true;
    });
    const hold = (await this.#held(release.id)) ?? this.#known.get(release.id)?.hold;
    for (let waited = 0; waited < OUTCOME_WITHIN_MS; waited += LOOK_AGAIN_MS) {
      await new Promise((resolve) => this.#setTimer(() => resolve(undefined), LOOK_AGAIN_MS));
      if (settled) return;
      if (!hold || !release.out) continue;
      const messageId = await this.#client.findSent(hold);
      if (messageId !== null) return release.settle({ what: "seen", messageId });
    }
    release.settle(release.out ? { what: "unknown", messageId: "" } : STAYS);
  }

  /** @param {string} id @returns {Promise<Hold | undefined>} as the host has it now */
  async #held(id) {
    return (await this.refresh().catch(() => [])).find(({ hold_id }) => hold_id === id);
  }

  /**
   * The person has opened a draft. When it is a held mail, they want it back; where it cannot be had back now, it does not leave
   * while it is open.
   * @param {ComposeKey} compose
   * @param {string} messageId
   */
  async draftOpened(compose, messageId) {
    this.#openDrafts.set(compose, messageId);
    await this.#takeBackOpened(compose, messageId);
  }

  /** @param {Hold} hold */
  #isOpen({ where }) {
    return where.message_id !== undefined && [...this.#openDrafts.values()].includes(where.message_id);
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} messageId
   */
  async #takeBackOpened(compose, messageId) {
    const hold = this.list().find(({ where }) => where.message_id === messageId);
    if (!hold || this.#windows.get(compose) === hold.hold_id && this.#busy.has(hold.hold_id)) return;
    try {
      if (this.#busy.has(hold.hold_id) || hold.state === "releasing") throw new Failure("host_error", "It is just being sent.", { code: HOLD_BUSY });
      await this.#request("hold.cancel", hold.hold_id, { why: "taken_back" });
    } catch (error) {
      console.warn("lastlook: a held mail that was opened is still held", error);
      // Send in this window is about the held mail, and not about a second one like it.
      this.#windows.set(compose, hold.hold_id);
      if (!this.#saidOpen.has(hold.hold_id)) this.#client.notify("open", hold);
      this.#saidOpen.add(hold.hold_id);
      return;
    }
    this.#saidOpen.delete(hold.hold_id);
    this.#windows.delete(compose);
    await this.refresh();
    this.#client.notify("taken_back", hold);
  }

  // ---- the person --------------------------------------------------------------------------------------------------

  /**
   * @param {string} id
   * @returns {Promise<void>}
   */
  sendNow(id) {
    return this.#release(id, true);
  }

  /**
   * It is not sent: opened to go on writing, or left among the drafts.
   * @param {string} id
   * @param {"taken_back" | "kept"} why
   */
  async cancel(id, why) {
    if (this.#busy.has(id)) throw new Failure("host_error", "The mail is just being sent.", { code: HOLD_BUSY });
    this.#busy.add(id);
    try {
      const hold = this.#known.get(id)?.hold;
      // First this: from here on nobody sends it.
      await this.#request("hold.cancel", id, { why });
      const compose = [...this.#windows].find(([, held]) => held === id)?.[0];
      if (compose !== undefined) {
        this.#windows.delete(compose);
        await (why === "kept" ? this.#client.closeWindow(compose) : this.#client.reveal(compose));
      } else if (why === "taken_back" && hold) {
        const draft = await this.#client.findDraft(hold.where);
        if (draft) await this.#client.openForWriting(draft);
      }
    } finally {
      this.#busy.delete(id);
      await this.refresh().catch(() => {});
    }
  }
}

/**
 * Errors of hold.release after which the mail simply goes on being held.
 * @param {number} code
 */
export function isBusyOrEarly(code) {
  return code === HOLD_BUSY || code === HOLD_NOT_DUE;
}
