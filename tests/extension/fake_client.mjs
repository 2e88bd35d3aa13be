// SPDX-License-Identifier: MPL-2.0
// @ts-check
// A mail client without a mail program: compose windows as data, a person as a script.

/** @typedef {import("../../extension/core/types").ConfirmationEvent} ConfirmationEvent */
/** @typedef {import("../../extension/core/types").ConfirmationModel} ConfirmationModel */
/** @typedef {import("../../extension/core/types").NeutralDraft} NeutralDraft */

/**
 * @param {Partial<NeutralDraft>} [more]
 * @returns {NeutralDraft}
 */
export function draft(more = {}) {
  return {
    from: "Taro <taro@example.co.jp>",
    to: ["ito@c-corp.example"],
    cc: [],
    bcc: [],
    replyTo: [],
    newsgroups: [],
    subject: "Plan",
    isPlainText: true,
    html: "",
    text: "Hello",
    attachments: [],
    headers: [],
    kind: "new",
    ...more,
  };
}

export class FakeView {
  /** @type {ConfirmationModel[]} */
  shown = [];
  closed = false;
  #script;
  /** @type {() => void} */
  leave = () => {};
  /** @type {Promise<void>} */
  left = new Promise((resolve) => {
    this.leave = resolve;
  });
  ready;

  /**
   * @param {(model: ConfirmationModel, turn: number) => ConfirmationEvent | Promise<ConfirmationEvent>} script
   * @param {Promise<void>} ready
   */
  constructor(script, ready) {
    this.#script = script;
    this.ready = ready;
    ready.catch(() => {});
  }

  /** @param {ConfirmationModel} model */
  show(model) {
    this.shown.push(structuredClone(model));
  }

  async next() {
    const model = this.shown.at(-1);
    if (!model) throw new Error("asked before anything was shown");
    return this.#script(model, this.shown.length);
  }

  async close() {
    this.closed = true;
  }
}

/** @type {ConfirmationEvent} */
export const BACK = { type: "back" };

/**
 * @param {Partial<import("../../extension/core/types").Acknowledgement>} [more]
 * @returns {ConfirmationEvent}
 */
export function send(more = {}) {
  return { type: "send", acknowledged: ["to[0]"], reason: "", typedCount: null, typedNames: [], ...more };
}

export class FakeClient {
  name = "fake";
  capabilities = ["recipients", "from", "subject", "body", "headers"];
  /** @type {Map<string | number, NeutralDraft>} */
  drafts = new Map();
  /** @type {FakeView[]} */
  views = [];
  /** @type {import("../../extension/core/types").FailureReport[]} */
  failures = [];
  /** @type {string[]} */
  marks = [];
  /** @type {string[]} */
  wentTo = [];
  /** @type {import("../../extension/core/types").DraftChange[]} */
  applied = [];
  /** @type {import("../../extension/core/types").UncheckedRecord[]} */
  records = [];
  /** @type {import("../../extension/core/types").ManagedSettings} */
  managed = { managed: false, onHostMissing: "block" };
  /** @type {(model: ConfirmationModel, turn: number) => ConfirmationEvent | Promise<ConfirmationEvent>} */
  person = () => BACK;
  /** @type {Promise<void>} */
  pageComesUp = Promise.resolve();
  /** @type {(draft: NeutralDraft, change: import("../../extension/core/types").DraftChange) => NeutralDraft} */
  apply = (now, { recipients, ...others }) => ({ ...now, ...recipients, ...others });

  async helloParams() {
    return { version: "0.1.0", program: "Fake 1", lang: "en" };
  }
  /** @returns {import("../../extension/core/types").PortLike} */
  connectHost() {
    throw new Error("not used here");
  }
  /** @returns {import("../../extension/core/types").FailureKind} */
  classifyDisconnect() {
    return "host_crashed";
  }
  /** @param {string | number} compose */
  async readDraft(compose) {
    return structuredClone(this.drafts.get(compose) ?? draft());
  }
  async readContext() {
    return { context: {}, listNames: {} };
  }
  /**
   * @param {string | number} compose
   * @param {import("../../extension/core/types").DraftChange} change
   */
  async changeDraft(compose, change) {
    this.applied.push(structuredClone(change));
    this.drafts.set(compose, this.apply(await this.readDraft(compose), change));
  }
  async forgetFailure() {}
  /**
   * @param {string | number} _compose
   * @param {string} place
   */
  async goTo(_compose, place) {
    this.wentTo.push(place);
  }
  openConfirmation() {
    const view = new FakeView((model, turn) => this.person(model, turn), this.pageComesUp);
    this.views.push(view);
    return view;
  }
  /**
   * @param {string | number} _compose
   * @param {import("../../extension/core/types").FailureReport} report
   */
  async showFailure(_compose, report) {
    this.failures.push(report);
  }
  /**
   * @param {string | number} _compose
   * @param {string} why
   */
  async markNotSent(_compose, why) {
    this.marks.push(why);
  }
  async managedSettings() {
    return this.managed;
  }
  async loadRecords() {
    return structuredClone(this.records);
  }
  /** @param {import("../../extension/core/types").UncheckedRecord[]} records */
  async saveRecords(records) {
    this.records = records;
  }
}
