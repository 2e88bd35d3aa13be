// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the check would say now, while the mail is written: the same question to the same host, only that nothing waits for it.
// Mail programs tell nobody that recipients or text changed, so the one mail that is being written is looked at again and
// again; a mail that has not changed is not sent to the host again, and looking never takes more than a small part of the time.

import { wireDraft } from "./draft.js";

/** @typedef {import("./types").ComposeKey} ComposeKey */
/** @typedef {import("./types").Finding} Finding */
/** @typedef {Pick<Finding, "rule" | "mode" | "title" | "message">} LiveFinding what a person is told */

/**
 * @typedef {object} LiveState
 * @property {LiveFinding[]} findings what would be asked or told at Send, the gravest first
 * @property {number} asks how many of them would be asked
 */

/** A person who looks up from the keyboard sees what their last words led to. */
export const LOOK_EVERY_MS = 2_000;

/** A long mail takes long to read: of ten seconds at most half a one. */
export const LOOK_SHARE = 20;

/** @type {Readonly<LiveState>} */
const NOTHING = Object.freeze({ findings: [], asks: 0 });

export class LiveCheck {
  #client;
  #host;
  #sending;
  #composeId;
  #tell;
  #setTimer;
  #clearTimer;
  #now;
  /** @type {ComposeKey | null} the mail that is being written */
  #watched = null;
  /** @type {any} */
  #timer = null;
  #turn = 0;
  #revision = 0;
  /** @type {Map<ComposeKey, {asked: string, state: LiveState}>} */
  #known = new Map();

  /**
   * @param {object} parts
   * @param {Pick<import("./types").ClientAdapter, "readDraft" | "readContext">} parts.client
   * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
   * @param {() => boolean} parts.sending is a mail being checked to be sent? That comes first.
   * @param {(compose: ComposeKey) => string} parts.composeId
   * @param {(compose: ComposeKey, state: LiveState) => void} parts.tell only when it is another one
   * @param {(callback: () => void, ms: number) => any} [parts.setTimer]
   * @param {(timer: any) => void} [parts.clearTimer]
   * @param {() => number} [parts.now] milliseconds
   */
  constructor({ client, host, sending, composeId, tell, setTimer, clearTimer, now }) {
    this.#client = client;
    this.#host = host;
    this.#sending = sending;
    this.#composeId = composeId;
    this.#tell = tell;
    this.#setTimer = setTimer ?? ((callback, ms) => setTimeout(callback, ms));
    this.#clearTimer = clearTimer ?? ((timer) => clearTimeout(timer));
    this.#now = now ?? (() => performance.now());
  }

  /**
   * This mail is being written, and no other; null: none is.
   * @param {ComposeKey | null} compose
   */
  watch(compose) {
    if (compose === this.#watched) return;
    this.#watched = compose;
    this.#clearTimer(this.#timer);
    this.#turn++;
    if (compose !== null) this.#lookAgain(compose, this.#turn, 0);
  }

  /** @param {ComposeKey} compose */
  state(compose) {
    return this.#known.get(compose)?.state ?? NOTHING;
  }

  /** @param {ComposeKey} compose the window is gone */
  forget(compose) {
    if (this.#watched === compose) this.watch(null);
    this.#known.delete(compose);
  }

  /**
   * @param {ComposeKey} compose
   * @param {number} turn
   * @param {number} ms
   */
  #lookAgain(compose, turn, ms) {
    this.#timer = this.#setTimer(async () => {
      const started = this.#now();
      await this.look(compose).catch(() => {});
      const took = this.#now() - started;
      if (turn === this.#turn) this.#lookAgain(compose, turn, Math.max(LOOK_EVERY_MS, took * LOOK_SHARE));
    }, ms);
  }

  /**
   * Looks now. A host that is away says nothing while writing: it is spoken of when the mail is to be sent.
   * @param {ComposeKey} compose
   */
  async look(compose) {
    if (this.#sending()) return;
    const draft = await this.#client.readDraft(compose);
    // Nobody would get it yet: there is nothing to be warned of.
    if (draft.to.length + draft.cc.length + draft.bcc.length === 0) return this.#found(compose, "", NOTHING);
    const asked = JSON.stringify(wireDraft(draft));
    if (this.#known.get(compose)?.asked === asked) return;
    const { context, listNames } = await this.#client.readContext(compose, draft);
    if (this.#sending()) return;
    const { verdict } = await this.#host.request("draft.evaluate", {
      compose_id: `live-${this.#composeId(compose)}`,
      revision: ++this.#revision,
      purpose: "live",
      draft: wireDraft(draft, listNames),
      context,
    });
    // What is still being looked into is not the last word: asked again at the next look.
    this.#found(compose, verdict.pending.length > 0 ? "" : asked, stateOf(verdict));
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} asked
   * @param {LiveState} state
   */
  #found(compose, asked, state) {
    const before = this.state(compose);
    this.#known.set(compose, { asked, state });
    if (JSON.stringify(before) !== JSON.stringify(state)) this.#tell(compose, state);
  }
}

/** From the mildest to the gravest. @type {Finding["mode"][]} */
const MODES = ["simulate", "warn", "confirm", "justify", "hold", "approve", "block"];

/**
 * @param {Pick<import("./types").Verdict, "findings">} verdict
 * @returns {LiveState}
 */
export function stateOf({ findings }) {
  const told = findings
    .filter(({ mode }) => MODES.indexOf(mode) >= MODES.indexOf("warn"))
    .sort((one, other) => MODES.indexOf(other.mode) - MODES.indexOf(one.mode))
    .map(({ rule, mode, title, message }) => ({ rule, mode, title, message }));
  return { findings: told, asks: told.filter(({ mode }) => mode !== "warn").length };
}
