// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The one way of a mail from Send to a decision:
//
//   read the draft → evaluate ─ nothing asked, nothing changed ───────────────────────────────► allow
//                        │
//                        ├ asked ─► confirmation ─ back ─────────────────────────────────────► cancel
//                        │            │   ▲  ├ fix ─► patch ─► read ─► evaluate ─┘
//                        │            │   │  └ fix ─► a place to go on writing ──────────────► cancel
//                        │            └ send
//                        └ only changed ┴► commit ─► patch ─► read back ─► verify ────────────► allow
//                                            └ to be held ─► hold.put ────────────────────────► cancel (and put away: holds.js)
//
//   a held mail whose time has come: hold.release ─► patch ─► read back ─► verify ────────────► allow
//                                       └ another mail by now ─► evaluate, as above
//
// As long as an attachment is on its way to the host or being looked into, the mail waits: at first quietly, then in the window,
// which fills in as it goes, and lets nothing out before.
//
// Whatever else happens, an exception included, ends in cancel.

import { Failure, asFailure, kindMayGoUnchecked } from "./failure.js";
import { isBusyOrEarly } from "./holds.js";
import {
  BLOCKED, CANNOT_CARRY_OUT, INVALID_PARAMS, NOT_COVERED, NOT_RECORDED, PARTS_PENDING, STALE_DIGEST, STALE_POLICY, UNKNOWN_FIX, UNKNOWN_HOLD,
  UNKNOWN_PART,
} from "./error_codes.js";
import { wireDraft } from "./draft.js";
import { changeOf, headersStand, isUndone, undoOf, untouchedPartOf } from "./draft_change.js";

/** @typedef {import("./types").ClientAdapter} ClientAdapter */
/** @typedef {import("./types").ComposeKey} ComposeKey */
/** @typedef {import("./types").ConfirmationNote} ConfirmationNote */
/** @typedef {import("./types").ConfirmationView} ConfirmationView */
/** @typedef {import("./types").Decision} Decision */
/** @typedef {import("./types").DraftChange} DraftChange */
/** @typedef {import("./types").NeutralDraft} NeutralDraft */
/** @typedef {import("./types").Verdict} Verdict */

/** A check that takes longer than this shows its window, so that the person is not left with a locked mail. */
export const SHOW_WINDOW_AFTER_MS = 1_500;

/** How much of the mail's text the confirmation shows. */
export const TEXT_PREVIEW_LENGTH = 20_000;

/** What is read in this time is not worth a window. */
export const QUIET_WAIT_MS = 400;

/** How often it is looked whether the files have been read: at first, and at most. */
const LOOK_AGAIN_MS = 60;
const LOOK_AGAIN_AT_MOST_MS = 500;

/** A host that forgets what it was just given has too little room for this mail. */
const HAND_OVER_TIMES = 3;

/** @type {Decision} */
const BACK = Object.freeze({ allow: false, why: /** @type {const} */ ("back"), failure: null });

/** @type {Decision} */
const HELD = Object.freeze({ allow: false, why: /** @type {const} */ ("held"), failure: null });

/** A held mail whose turn it is not: somebody else sends it, or it is held for some time still. @type {Decision} */
const EARLY = Object.freeze({ allow: false, why: /** @type {const} */ ("back"), failure: null });

/** The person went back while something was under way; whatever it was, it has been undone. */
class WentBack extends Error {}

/**
 * A mail that was let out, until the client says what became of it.
 * @typedef {object} LetOut
 * @property {string} digest
 * @property {{made: DraftChange, before: NeutralDraft, after: NeutralDraft} | null} change what was changed in the compose window for it
 * @property {boolean} [held] it was held; holds.js tells what became of it
 */

/**
 * One check of one draft.
 * @typedef {object} Check
 * @property {NeutralDraft} draft
 * @property {import("./types").WireDraft} wire
 * @property {import("./types").Context} context
 * @property {import("./types").ListNames} listNames
 * @property {Verdict} verdict
 * @property {import("./types").Silenceable[]} silenceable
 * @property {import("./types").PartReport[] | undefined} parts
 */

/** Must the mail stay whatever the person answers? */
export function staysHere(/** @type {Verdict} */ verdict) {
  return (
    verdict.disposition === "block" ||
    verdict.needs.includes("approve") ||
    verdict.obligations.some(({ problem }) => problem !== undefined)
  );
}

/** Does anybody have to be asked? The verdict says so; nothing here looks at recipients or rules. */
export function asksThePerson(/** @type {Verdict} */ verdict) {
  return (
    staysHere(verdict) ||
    verdict.disposition === "delay" ||
    verdict.needs.length > 0 ||
    verdict.acknowledge.length > 0
  );
}

/** Are attachments still being looked into? Then nothing is the last word. */
export function isPending(/** @type {Verdict} */ verdict) {
  return verdict.pending.length > 0;
}

/** May the mail leave exactly as it stands? */
export function isClean(/** @type {Verdict} */ verdict) {
  return verdict.disposition === "allow" && !isPending(verdict) && !asksThePerson(verdict) && verdict.obligations.length === 0;
}

export class SendFlow {
  #client;
  #host;
  #records;
  #holds;
  #parts;
  #composeIdSuffix;
  #setTimer;
  #clearTimer;
  /** @type {Set<ComposeKey>} */
  #underWay = new Set();
  /** @type {(() => void)[]} */
  #waitingForIdle = [];
  /** @type {Map<ComposeKey, Promise<unknown>>} Checks that the person left and that have not ended yet. */
  #abandoned = new Map();
  /** @type {Map<ComposeKey, import("./types").FailureKind>} The failure after which the person chose to send unchecked. */
  #uncheckedOnce = new Map();
  /** @type {Map<ComposeKey, number>} */
  #revisions = new Map();
  /** @type {Map<ComposeKey, LetOut>} */
  #letOut = new Map();

  /**
   * @param {object} parts
   * @param {ClientAdapter} parts.client
   * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
   * @param {Pick<import("./unchecked_records.js").UncheckedRecords, "add">} parts.records
   * @param {import("./holds.js").Holds} [parts.holds] of a client that can hold mails
   * @param {Pick<import("./part_sender.js").PartSender, "facts" | "again">} [parts.parts] of a client that hands attachments over
   * @param {string} parts.session tells this run of the program from others in the host's records
   * @param {(callback: () => void, ms: number) => any} [parts.setTimer]
   * @param {(timer: any) => void} [parts.clearTimer]
   */
  constructor({ client, host, records, holds, parts, session, setTimer, clearTimer }) {
    this.#client = client;
    this.#host = host;
    this.#records = records;
    this.#holds = holds;
    this.#parts = parts;
    this.#composeIdSuffix = session;
    this.#setTimer = setTimer ?? ((callback, ms) => setTimeout(callback, ms));
    this.#clearTimer = clearTimer ?? ((timer) => clearTimeout(timer));
  }

  /** @param {ComposeKey} compose */
  composeId(compose) {
    return `c-${compose}-${this.#composeIdSuffix}`;
  }

  /**
   * The whole decision on one press of Send. Never rejects.
   * @param {ComposeKey} compose
   * @returns {Promise<Decision>}
   */
  async decide(compose) {
    if (this.#underWay.has(compose)) {
      return { allow: false, why: "failed", failure: null };
    }
    this.#underWay.add(compose);
    // The permission for one send lives in memory only: when it is lost, the mail is checked again.
    const mayFailWith = this.#uncheckedOnce.get(compose);
    this.#uncheckedOnce.delete(compose);
    const question = new DecisionWindow(this.#client, compose);
    const slow = this.#setTimer(() => question.open(), SHOW_WINDOW_AFTER_MS);
    /** @type {Decision | null} */
    let decided = null;
    /** @type {Promise<unknown> | null} of a held mail: its check, which may go on after the person left */
    let release = null;
    try {
      await this.#mark(compose, "none");
      await this.#client.forgetFailure(compose);
      // A check that the person left may still be waiting for the host; two at once must never share a window.
      await this.#abandoned.get(compose);
      await this.#takeBack(compose);
      const held = this.#holds?.heldIn(compose);
      const check = held ? this.#release(compose, question, held) : this.#check(compose, question);
      const ended = check.catch(() => {});
      if (held) release = ended;
      this.#abandoned.set(compose, ended);
      ended.then(() => {
        if (this.#abandoned.get(compose) === ended) this.#abandoned.delete(compose);
      });
      // Going back in the window that a slow check shows ends the check as well.
      const decision = await Promise.race([check, question.leftWhileLoading]);
      decided = decision;
      if (!decision.allow && decision.why !== "held") await this.#mark(compose, decision.why === "block" ? "block" : "back");
      return decision;
    } catch (error) {
      if (error instanceof WentBack) {
        await this.#mark(compose, "back");
        return BACK;
      }
      const failure = asFailure(error);
      if (mayFailWith !== undefined && mayFailWith === failure.kind && !question.hasVerdict) {
        if (await this.#letOutUnchecked(compose, failure.kind)) return (decided = { allow: true, why: "unchecked", failure: null });
      }
      return await this.#fail(compose, failure, question);
    } finally {
      this.#clearTimer(slow);
      if (decided?.allow) this.#holds?.decided(compose, "out");
      else release?.then(() => this.#holds?.decided(compose, decided === EARLY ? "early" : "stays"));
      this.#underWay.delete(compose);
      await question.close().catch(() => {});
      if (!this.busy) this.#waitingForIdle.splice(0).forEach((resume) => resume());
    }
  }

  /** Is a decision under way? */
  get busy() {
    return this.#underWay.size > 0;
  }

  /** @returns {Promise<void>} settles when no decision is under way */
  idle() {
    if (!this.busy) return Promise.resolve();
    return new Promise((resolve) => this.#waitingForIdle.push(resolve));
  }

  /**
   * When the next check in this window fails in the same way again, the mail goes all the same: the person chose so after a
   * failure that leaves that choice. When it does not fail, it counts.
   * @param {ComposeKey} compose
   * @param {import("./types").FailureKind} kind
   */
  async allowOnce(compose, kind) {
    if (!(await this.#mayGoUnchecked(kind))) return false;
    this.#uncheckedOnce.set(compose, kind);
    return true;
  }

  /**
   * @param {ComposeKey} compose
   * @param {import("./types").FailureKind} kind
   * @returns {Promise<boolean>} false when it cannot be recorded: then nothing is let out
   */
  async #letOutUnchecked(compose, kind) {
    try {
      if (!(await this.#mayGoUnchecked(kind))) return false;
      await this.#records.add({ compose_id: this.composeId(compose), failure: kind });
      return true;
    } catch {
      return false;
    }
  }

  /** @param {ComposeKey} compose */
  forgetAllowOnce(compose) {
    this.#uncheckedOnce.delete(compose);
  }

  /**
   * A mail that was let out, for a client whose window may be gone before it can say what became of it.
   * @param {ComposeKey} compose
   * @returns {{compose_id: string, digest: string} | null} null: none, or a held one, which holds.js asks about
   */
  letOut(compose) {
    const letOut = this.#letOut.get(compose);
    return letOut && !letOut.held ? { compose_id: this.composeId(compose), digest: letOut.digest } : null;
  }

  /**
   * What became of a mail that was let out.
   * @param {ComposeKey} compose
   * @param {{sent: boolean, messageId: string}} outcome
   */
  async report(compose, { sent, messageId }) {
    const letOut = this.#letOut.get(compose);
    try {
      if (letOut?.held) {
        if (sent) this.#letOut.delete(compose);
        else await this.#takeBack(compose);
      }
    } finally {
      // Also where the mail could not be put back as it was: it is still here, and the person has to be asked.
      this.#holds?.reported(compose, { sent, messageId });
    }
    if (letOut === undefined || letOut.held) return;
    const compose_id = this.composeId(compose);
    if (sent) {
      this.#letOut.delete(compose);
      await this.#tell("draft.sent", { compose_id, digest: letOut.digest, message_id: messageId });
      return;
    }
    await this.#takeBack(compose);
    await this.#tell("draft.cancelled", { compose_id, digest: letOut.digest, why: "failed" });
  }

  /**
   * A mail that was let out and did not leave (a prompt of the client's, a server that refused) gets back what was changed for
   * it, except where the person has written since: the next Send is a new mail, perhaps from another account.
   * @param {ComposeKey} compose
   */
  async #takeBack(compose) {
    const change = this.#letOut.get(compose)?.change;
    this.#letOut.delete(compose);
    if (!change) return;
    const now = await this.#client.readDraft(compose);
    const part = untouchedPartOf(change.made, change.after, now);
    if (Object.keys(part).length > 0) await this.#restore(compose, change.before, part);
  }

  /**
   * The compose window is gone.
   * @param {ComposeKey} compose
   */
  forget(compose) {
    this.#revisions.delete(compose);
    this.#uncheckedOnce.delete(compose);
    this.#letOut.delete(compose);
    this.#holds?.closed(compose);
  }

  /**
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @returns {Promise<Decision>}
   */
  async #check(compose, question) {
    const first = await this.#evaluate(compose);
    question.hasVerdict = true;
    const check = await this.#afterQuietWait(compose, question, first);
    if (question.left) return BACK;
    return isPending(check.verdict) ? this.#ask(compose, question, check) : this.#decideBy(compose, question, check);
  }

  /**
   * Nothing is open about the files any more: what the verdict says counts.
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {Check} check
   * @returns {Promise<Decision>}
   */
  async #decideBy(compose, question, check) {
    if (isClean(check.verdict)) {
      this.#letOut.set(compose, { digest: check.verdict.digest, change: null });
      return { allow: true, why: "clean", failure: null };
    }
    if (check.verdict.hold_seconds > 0 && !this.#holds) {
      // The host would refuse the commit; nobody should have to tick everything first to hear that.
      throw new Failure("cannot_carry_out", "The policy wants this mail held, and this client cannot hold mail.");
    }
    if (asksThePerson(check.verdict)) return this.#ask(compose, question, check);
    // Nothing is asked, but the mail changes.
    const nothing = { acknowledged: [], reason: "", typedCount: null, typedNames: [] };
    return this.#carryOut(compose, question, check, nothing, "clean");
  }

  /**
   * A held mail leaves. What was confirmed is not asked again; a mail that has become another one is checked like any other.
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {{id: string, byPerson: boolean}} held
   * @param {number} [times] how often the attachments were handed over for it
   * @returns {Promise<Decision>}
   */
  async #release(compose, question, held, times = 1) {
    const { id, byPerson } = held;
    const holds = /** @type {import("./holds.js").Holds} */ (this.#holds);
    const draft = await this.#client.readDraft(compose);
    if (draft.newsgroups.length > 0) {
      // They are not in the digest, and were not there when it was confirmed.
      await holds.becameAnother(compose);
      return this.#check(compose, question);
    }
    const { context, listNames } = await this.#client.readContext(compose, draft);
    const compose_id = this.composeId(compose);
    const wire = wireDraft(draft, listNames);
    let released;
    try {
      released = await this.#host.request("hold.release", {
        hold_id: id,
        ...(await holds.named()),
        compose_id,
        by_person: byPerson,
        draft: wire,
        context,
      });
    } catch (error) {
      const { code } = asFailure(error);
      if (code === PARTS_PENDING || (code === UNKNOWN_PART && times < HAND_OVER_TIMES)) {
        if (code === UNKNOWN_PART) this.#parts?.again(compose);
        await this.#newsOf(compose, wire, wire.attachments.length, question);
        return question.left ? BACK : this.#release(compose, question, held, times + (code === UNKNOWN_PART ? 1 : 0));
      }
      if (isBusyOrEarly(code)) return EARLY;
      if (code === UNKNOWN_HOLD && !byPerson) return EARLY;
      if (![STALE_DIGEST, BLOCKED, NOT_COVERED, UNKNOWN_HOLD].includes(code)) throw error;
      await holds.becameAnother(compose);
      return this.#check(compose, question);
    }
    holds.claimed(compose);
    question.stay();
    const change = await this.#change(compose, question, draft, { ...released, compose_id, context, listNames });
    this.#letOut.set(compose, { digest: released.result_digest, change, held: true });
    holds.letGo(compose, released.result_digest, compose_id);
    return { allow: true, why: "confirmed", failure: null };
  }

  /**
   * @param {ComposeKey} compose
   * @param {number} [times] how often the attachments were handed over for it
   * @returns {Promise<Check>}
   */
  async #evaluate(compose, times = 1) {
    const draft = await this.#client.readDraft(compose);
    if (draft.newsgroups.length > 0) {
      throw new Failure("newsgroups", `The mail is addressed to newsgroups: ${draft.newsgroups.join(", ")}`);
    }
    const { context, listNames } = await this.#client.readContext(compose, draft);
    const wire = wireDraft(draft, listNames);
    const compose_id = this.composeId(compose);
    const revision = (this.#revisions.get(compose) ?? 0) + 1;
    this.#revisions.set(compose, revision);
    let answer;
    try {
      answer = await this.#host.request("draft.evaluate", { compose_id, revision, purpose: "send", draft: wire, context });
    } catch (error) {
      // The host was started anew, or had no room for all of them.
      if (asFailure(error).code !== UNKNOWN_PART || !this.#parts || times >= HAND_OVER_TIMES) throw error;
      this.#parts.again(compose);
      return this.#evaluate(compose, times + 1);
    }
    if (answer.compose_id !== compose_id || answer.revision !== revision) {
      throw new Failure("host_garbage", "The host's verdict is about another draft.");
    }
    if (isPending(answer.verdict) && !this.#parts) throw new Failure("parts_pending", "The host still waits for attachments.");
    return { draft, wire, context, listNames, verdict: answer.verdict, silenceable: answer.silenceable ?? [], parts: answer.parts };
  }

  /**
   * Most files were read long before Send; of the rest most are read in a moment.
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {Check} first
   * @returns {Promise<Check>} pending after all, or not
   */
  async #afterQuietWait(compose, question, first) {
    let check = first;
    const until = { over: false };
    const timer = this.#setTimer(() => (until.over = true), QUIET_WAIT_MS);
    while (isPending(check.verdict) && !until.over && !question.left) {
      await this.#newsOf(compose, check.wire, check.verdict.pending.length, { get left() { return until.over || question.left; } });
      if (until.over || question.left) break;
      check = await this.#evaluate(compose);
    }
    this.#clearTimer(timer);
    return check;
  }

  /**
   * Settles when something became of an attachment that this draft waits for, or nobody waits any more.
   * @param {ComposeKey} compose
   * @param {import("./types").WireDraft} wire
   * @param {number} pending how many of its attachments it waits for
   * @param {{readonly left: boolean}} whoever waits
   */
  async #newsOf(compose, wire, pending, whoever) {
    const named = wire.attachments.flatMap(({ sha256, name }) => (sha256 ? [{ sha256, name }] : []));
    const arriving = wire.attachments.filter((one) => one.arriving);
    const reading = pending - arriving.length;
    for (let pause = LOOK_AGAIN_MS; !whoever.left; pause = Math.min(2 * pause, LOOK_AGAIN_AT_MOST_MS)) {
      await new Promise((resolve) => this.#setTimer(() => resolve(undefined), pause));
      if (arriving.some(({ id }) => !this.#parts?.facts(compose, id).arriving)) return;
      if (reading <= 0) continue;
      const { states } = await this.#host.request("part.state", { parts: named });
      if (states.filter((state) => state === "pending").length < reading) return;
    }
  }

  /**
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {Check} first
   * @returns {Promise<Decision>}
   */
  async #ask(compose, question, first) {
    let check = first;
    const view = await question.forAsking();
    /** @type {ConfirmationNote} */
    let note = "none";
    const answers = new Answers(view, (digest) => {
      if (digest === check.verdict.digest) this.#tell("draft.shown", { compose_id: this.composeId(compose), digest });
    });
    for (;;) {
      const blocked = staysHere(check.verdict);
      const { verdict, silenceable, parts } = check;
      const pending = isPending(verdict);
      const state = blocked ? "block" : pending && !asksThePerson(verdict) ? "checking" : "ready";
      view.show({ state, note, verdict, silenceable, ...(parts ? { parts } : {}), summary: summaryOf(check.draft) });
      const event = pending ? await this.#answerOrNews(compose, answers, check) : await answers.next();
      if (event.type === "news" || (event.type === "send" && pending)) {
        // Send is off in the window as long as something is open; a click that came all the same says nothing.
        check = await this.#evaluate(compose);
        if (isPending(check.verdict) || asksThePerson(check.verdict)) continue;
        return this.#decideBy(compose, question, check);
      }
      if (event.type === "silence") {
        note = await this.#silence(check, event);
        check = await this.#evaluate(compose);
        continue;
      }
      if (event.type === "fix") {
        const fixed = await this.#fix(compose, check, event);
        if (fixed.goTo !== null) {
          const decision = await this.#stay(compose, check, blocked);
          await question.close();
          await this.#client.goTo(compose, fixed.goTo).catch(() => {});
          return decision;
        }
        note = fixed.note;
        check = await this.#evaluate(compose);
        continue;
      }
      if (event.type !== "send" || blocked) return this.#stay(compose, check, blocked);
      try {
        return await this.#carryOut(compose, question, check, event, "confirmed");
      } catch (error) {
        if (error instanceof WentBack) {
          await this.#tell("draft.cancelled", { compose_id: this.composeId(compose), digest: check.verdict.digest, why: "back" });
          throw error;
        }
        // These mean "what was shown is no longer what is": show it anew. Everything else ends the decision.
        const { code, missing } = asFailure(error);
        if (code === STALE_DIGEST || code === PARTS_PENDING || code === UNKNOWN_PART) note = "mail_changed";
        else if (code === STALE_POLICY || code === BLOCKED) note = "policy_changed";
        else if (code === NOT_COVERED) note = noteFor(missing);
        else throw error;
        check = await this.#evaluate(compose);
      }
    }
  }

  /**
   * @param {ComposeKey} compose
   * @param {Answers} answers
   * @param {Check} check
   * @returns {Promise<Answer | {type: "news"}>} what the person says, or that something became of a file before
   */
  async #answerOrNews(compose, answers, { wire, verdict }) {
    const waits = { left: false };
    const news = this.#newsOf(compose, wire, verdict.pending.length, waits).then(() => /** @type {const} */ ({ type: "news" }));
    news.catch(() => {});
    try {
      return await Promise.race([answers.next(), news]);
    } finally {
      waits.left = true;
    }
  }

  /**
   * "This is right": the host does not ask this about this recipient again.
   * @param {Check} check
   * @param {{condition: string, recipient: string}} chosen
   * @returns {Promise<ConfirmationNote>}
   */
  async #silence({ verdict, silenceable }, { condition, recipient }) {
    const offered = silenceable.some((one) => one.condition === condition && one.recipient === recipient);
    const address = verdict.recipients.find(({ id }) => id === recipient)?.address;
    if (!offered || address === undefined) return "silence_refused";
    try {
      await this.#host.request("history.silence", { condition, address });
      return "silenced";
    } catch (error) {
      const { code } = asFailure(error);
      if (code === NOT_RECORDED || code === INVALID_PARAMS) return "silence_refused";
      throw error;
    }
  }

  /**
   * The person has seen what was found and does not send.
   * @param {ComposeKey} compose
   * @param {Check} check
   * @param {boolean} blocked
   * @returns {Promise<Decision>}
   */
  async #stay(compose, check, blocked) {
    const why = blocked ? "block" : "back";
    await this.#tell("draft.cancelled", { compose_id: this.composeId(compose), digest: check.verdict.digest, why });
    return { allow: false, why, failure: null };
  }

  /**
   * @param {ComposeKey} compose
   * @param {Check} check
   * @param {{rule: string, fix: string}} chosen
   * @returns {Promise<{note: ConfirmationNote, goTo: import("./types").Place | null}>}
   */
  async #fix(compose, check, { rule, fix }) {
    try {
      const { patch, go_to } = await this.#host.request("draft.fix", {
        compose_id: this.composeId(compose),
        draft: check.wire,
        context: check.context,
        rule,
        fix,
      });
      const change = changeOf(patch, check.draft);
      if (change) await this.#apply(compose, check.draft, change);
      return { note: "fixed", goTo: go_to ?? null };
    } catch (error) {
      const { code } = asFailure(error);
      if (code === UNKNOWN_FIX || code === CANNOT_CARRY_OUT) return { note: "fix_refused", goTo: null };
      throw error;
    }
  }

  /**
   * Commit, patch, read back. Allows only when the compose window holds exactly what the host approved and the person has not
   * gone back meanwhile. A mail that is to be held stays as it was written: it is changed when it leaves.
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {Check} check
   * @param {import("./types").Acknowledgement} answer
   * @param {"clean" | "confirmed"} why
   * @returns {Promise<Decision>}
   */
  async #carryOut(compose, question, check, answer, why) {
    const compose_id = this.composeId(compose);
    // Read again: what is committed is what is in the window, and who is in its lists, now; if that is another mail, the
    // digest tells.
    const before = await this.#client.readDraft(compose);
    const { context, listNames } = await this.#client.readContext(compose, before);
    const commit = await this.#host.request("draft.commit", {
      compose_id,
      draft: wireDraft(before, listNames),
      context,
      digest: check.verdict.digest,
      policy_sha256: check.verdict.policy.sha256,
      acknowledged: answer.acknowledged,
      ...(answer.reason ? { reason: answer.reason } : {}),
      ...(answer.typedCount === null ? {} : { typed_count: answer.typedCount }),
      ...(answer.typedNames.length > 0 ? { typed_names: answer.typedNames } : {}),
    });
    if (commit.hold_seconds > 0 && !this.#holds) {
      throw new Failure("cannot_carry_out", "The policy wants this mail held, and this client cannot hold mail.");
    }
    if (question.left) throw new WentBack();
    // From here on the mail stays locked until the change is made and read back, or undone.
    question.stay();
    if (commit.hold_seconds > 0) {
      await this.#holds?.begin(compose, compose_id);
      return HELD;
    }
    const change = await this.#change(compose, question, before, { ...commit, compose_id, context, listNames });
    this.#letOut.set(compose, { digest: commit.result_digest, change });
    return { allow: true, why, failure: null };
  }

  /**
   * Makes the change that the host approved, reads the mail back and has it verified; undoes it where that fails.
   * @param {ComposeKey} compose
   * @param {DecisionWindow} question
   * @param {NeutralDraft} before
   * @param {{patch: import("./types").Patch, result_digest: string, compose_id: string, context: import("./types").Context, listNames: import("./types").ListNames}} approved
   * @returns {Promise<LetOut["change"]>}
   */
  async #change(compose, question, before, { patch, result_digest, compose_id, context, listNames }) {
    const made = changeOf(patch, before);
    if (made) await this.#apply(compose, before, made);
    let after;
    try {
      after = await this.#client.readDraft(compose);
      const verified = await this.#host.request("draft.verify", {
        compose_id,
        draft: wireDraft(after, listNames),
        context,
        result_digest,
      });
      if (!verified.matches || !headersStand(patch.headers, after)) throw new Failure("patch_failed", "The mail, read back, is not what the host approved.");
      if (question.left) throw new WentBack();
    } catch (error) {
      if (made) await this.#restore(compose, before, made);
      throw error;
    }
    return made ? { made, before, after } : null;
  }

  /**
   * @param {ComposeKey} compose
   * @param {NeutralDraft} before
   * @param {DraftChange} change
   */
  async #apply(compose, before, change) {
    try {
      await this.#client.changeDraft(compose, change);
    } catch (error) {
      await this.#restore(compose, before, change);
      throw new Failure("patch_failed", `The mail could not be changed: ${asFailure(error).message}`);
    }
  }

  /**
   * @param {ComposeKey} compose
   * @param {NeutralDraft} before
   * @param {DraftChange} change
   */
  async #restore(compose, before, change) {
    try {
      const undo = undoOf(change, before);
      await this.#client.changeDraft(compose, undo);
      const now = await this.#client.readDraft(compose);
      if (!isUndone(undo, before, now)) throw new Error("it reads back differently");
    } catch (error) {
      throw new Failure("restore_failed", `The mail could not be put back as it was: ${asFailure(error).message}`);
    }
  }

  /**
   * @param {ComposeKey} compose
   * @param {Failure} failure
   * @param {DecisionWindow} question
   * @returns {Promise<Decision>}
   */
  async #fail(compose, failure, question) {
    /** @type {import("./types").FailureReport} */
    const report = {
      kind: failure.kind,
      code: failure.code,
      message: failure.message,
      remedy: failure.remedy,
      mayGoUnchecked: false,
      composeId: this.composeId(compose),
    };
    try {
      report.mayGoUnchecked = await this.#mayGoUnchecked(failure.kind);
      await question.close();
      await this.#mark(compose, "failed");
      await this.#client.showFailure(compose, report);
    } catch {
      // The mail stays either way; a window that does not open must not change that.
    }
    return { allow: false, why: "failed", failure: report };
  }

  /** @param {import("./types").FailureKind} kind */
  async #mayGoUnchecked(kind) {
    if (!kindMayGoUnchecked(kind)) return false;
    const { managed, onHostMissing } = await this.#client.managedSettings();
    // The administrator's word is about hosts that do not answer, and about nothing else.
    return !managed || (onHostMissing === "confirm-unchecked" && kind !== "newsgroups");
  }

  /**
   * A mark in the compose window is a courtesy; that it cannot be set decides nothing.
   * @param {ComposeKey} compose
   * @param {"none" | "back" | "block" | "failed"} why
   */
  async #mark(compose, why) {
    await this.#client.markNotSent(compose, why).catch(() => {});
  }

  /**
   * A report to the host's records; that it cannot be made decides nothing.
   * @param {"draft.shown" | "draft.sent" | "draft.cancelled"} method
   * @param {object} params
   */
  async #tell(method, params) {
    await this.#host.request(method, params).catch(() => {});
  }
}

/** @typedef {Exclude<import("./types").ConfirmationEvent, {type: "shown"}>} Answer */

/** The person's answers. That the question is on the screen is none. */
class Answers {
  #view;
  #shown;
  /** @type {Promise<Answer> | null} */
  #open = null;

  /**
   * @param {ConfirmationView} view
   * @param {(digest: string) => void} shown
   */
  constructor(view, shown) {
    this.#view = view;
    this.#shown = shown;
  }

  /** @returns {Promise<Answer>} the same as before, as long as there is none */
  next() {
    this.#open ??= this.#wait();
    return this.#open;
  }

  async #wait() {
    for (;;) {
      const event = await this.#view.next();
      if (event.type === "shown") {
        this.#shown(event.digest);
        continue;
      }
      this.#open = null;
      return event;
    }
  }
}

/** The confirmation window of one decision: opened once, by whoever needs it first, and always closed. */
class DecisionWindow {
  #client;
  #compose;
  /** @type {ConfirmationView | null} */
  #view = null;
  #asking = false;
  #staying = false;
  #closed = false;
  /** The person went back: whatever is under way finds, the mail stays. */
  left = false;
  /** The host has said what it thinks of this mail. */
  hasVerdict = false;
  /** @type {(decision: Decision) => void} */
  #endLoading = () => {};

  /**
   * @param {ClientAdapter} client
   * @param {ComposeKey} compose
   */
  constructor(client, compose) {
    this.#client = client;
    this.#compose = compose;
    /** @type {Promise<Decision>} */
    this.leftWhileLoading = new Promise((resolve) => {
      this.#endLoading = resolve;
    });
  }

  /** Shows that a check is under way. */
  open() {
    if (this.#view || this.#closed) return;
    const view = this.#create();
    const summary = { from: "", subject: "", text: "", attachments: [] };
    view.ready.then(
      () => {
        if (!this.#asking && !this.#closed) view.show({ state: "loading", note: "none", verdict: null, silenceable: [], summary });
      },
      () => {},
    );
  }

  /** @returns {Promise<ConfirmationView>} the window, there to be shown something */
  async forAsking() {
    this.#asking = true;
    const view = this.#view ?? this.#create();
    await view.ready;
    return view;
  }

  /** The mail is being changed: going back no longer ends the check at once, it is undone first. */
  stay() {
    this.#staying = true;
  }

  #create() {
    const view = this.#client.openConfirmation(this.#compose);
    this.#view = view;
    view.left.then(() => {
      if (this.#closed) return;
      this.left = true;
      if (!this.#asking && !this.#staying) this.#endLoading(BACK);
    });
    return view;
  }

  async close() {
    this.#closed = true;
    await this.#view?.close();
  }
}

/**
 * What was typed and is wrong is said by name.
 * @param {string[]} missing what the host says is not covered
 * @returns {ConfirmationNote}
 */
function noteFor(missing) {
  if (missing.length > 1) return "not_covered";
  if (missing[0] === "type_count") return "count_wrong";
  return missing[0] === "retype_names" ? "names_wrong" : "not_covered";
}

/**
 * @param {NeutralDraft} draft
 * @returns {import("./types").ConfirmationModel["summary"]}
 */
function summaryOf(draft) {
  return {
    from: draft.from,
    subject: draft.subject,
    text: draft.text.slice(0, TEXT_PREVIEW_LENGTH),
    attachments: draft.attachments.map(({ id, name, size, linked }) => ({ id, name, ...(size === undefined ? {} : { size }), ...(linked ? { linked } : {}) })),
  };
}
