// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail, as core sees a mail client (types.d.ts, ClientAdapter). It lives in the tab; what only the worker may do goes over the
// link. No rule and no decision lives here.

import { t } from "../../ui/i18n.js";
import { FailurePage } from "../../ui/failure_page.js";
import { changeCompose } from "./compose_change.js";
import { unknown } from "./compose_dom.js";
import { ConfirmationDialog } from "./confirmation_dialog.js";
import { ShadowDialog } from "./shadow_dialog.js";

/** @typedef {import("../../core/types").ClientAdapter} ClientAdapter */
/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("../../core/types").FailureReport} FailureReport */
/** @typedef {import("../../core/types").NeutralDraft} NeutralDraft */

/** @implements {Omit<ClientAdapter, "helloParams" | "connectHost" | "classifyDisconnect" | "loadRecords" | "saveRecords">} */
export class GmailAdapter {
  name = "gmail";
  capabilities = Object.freeze(["recipients", "subject", "body", "hold", "parts"]);
  /** @type {import("./picked_files.js").PickedFiles | null} set by content.js */
  files = null;

  #dom;
  #link;
  #health;
  #composes;
  #parts;
  #sendUnchecked;
  /** @type {Map<ComposeKey, string>} what was read last of each compose: the mail that the host has judged */
  #lastRead = new Map();
  /** @type {Map<ComposeKey, ShadowDialog>} */
  #failures = new Map();

  /**
   * @param {object} parts
   * @param {import("./compose_dom.js").ComposeDom} parts.dom
   * @param {import("./worker_link.js").WorkerLink} parts.link
   * @param {import("./health.js").Health} parts.health
   * @param {import("./composes.js").Composes} parts.composes
   * @param {import("./shadow_dialog.js").DialogParts} parts.parts
   * @param {(compose: ComposeKey, kind: import("../../core/types").FailureKind) => Promise<boolean>} parts.sendUnchecked
   */
  constructor({ dom, link, health, composes, parts, sendUnchecked }) {
    this.#dom = dom;
    this.#link = link;
    this.#health = health;
    this.#composes = composes;
    this.#parts = parts;
    this.#sendUnchecked = sendUnchecked;
  }

  /** @param {ComposeKey} compose @returns {Promise<NeutralDraft>} */
  async readDraft(compose) {
    const { element } = this.#composes.get(compose);
    if (element?.isConnected) await this.files?.fetchThoseInside(compose, element);
    const draft = this.#read(compose);
    this.#lastRead.set(compose, JSON.stringify(draft));
    return draft;
  }

  /** The mail as it stands, for a look that decides nothing. @param {ComposeKey} compose */
  async readForLook(compose) {
    const draft = this.#read(compose);
    return { draft, context: (await this.readContext(compose, draft)).context };
  }

  /**
   * A file that a rule refuses, said where it was picked.
   * @param {import("../../core/types").Verdict} verdict
   * @param {NeutralDraft} draft
   */
  refuseFiles(verdict, { from, subject, text, attachments }) {
    const view = new ConfirmationDialog(this.#parts);
    const summary = { from, subject, text, attachments: attachments.map(({ id, name, size }) => ({ id, name, ...(size === undefined ? {} : { size }) })) };
    // About the file alone: the rest of the mail is not written yet.
    const findings = verdict.findings.filter(({ mode }) => mode === "block");
    const about = { ...verdict, findings, notices: [], changes: [], acknowledge: [], needs: [], top_message: t("gmailFileRefused") };
    view.show({ state: "block", note: "none", verdict: about, silenceable: [], summary });
  }

  /**
   * @param {ComposeKey} compose
   * @returns {boolean} whether the compose holds, at this moment, the very mail that was read last
   */
  isAsRead(compose) {
    try {
      return JSON.stringify(this.#read(compose)) === this.#lastRead.get(compose);
    } catch {
      return false;
    }
  }

  /** @param {ComposeKey} compose @returns {NeutralDraft} */
  #read(compose) {
    const { element, opened } = this.#composes.get(compose);
    if (!element?.isConnected) throw unknown("no mail belongs to what was pressed");
    const draft = this.#dom.read(element);
    return {
      ...draft,
      attachments: this.files?.named(compose, draft.attachments) ?? draft.attachments,
      ...(opened ? { initialRecipients: opened.recipients, ...this.#dom.origin(element, opened) } : {}),
    };
  }

  /**
   * Gmail tells nobody its contacts; what is not given is not known.
   * @param {ComposeKey} _compose
   * @param {NeutralDraft} draft
   */
  async readContext(_compose, draft) {
    const account = this.#dom.account();
    const addresses = [...new Set([account, draft.from].filter(Boolean))];
    const id = `u/${this.#dom.accountNumber()}`;
    return { context: { identities: addresses.map((address) => ({ address, name: "", id })) }, listNames: {} };
  }

  /**
   * @param {ComposeKey} compose
   * @param {import("../../core/types").DraftChange} change
   */
  async changeDraft(compose, change) {
    const { element } = this.#composes.get(compose);
    if (!element?.isConnected) throw unknown("the mail is gone");
    await changeCompose(this.#dom, element, change);
  }

  /**
   * Gmail keeps files and recipients behind clicks of its own; the text is next to all of them.
   * @param {ComposeKey} compose
   * @param {import("../../core/types").Place} place
   */
  async goTo(compose, place) {
    const { element } = this.#composes.get(compose);
    if (!element?.isConnected) return;
    (place === "subject" ? this.#dom.subject(element) : this.#dom.body(element)).focus();
  }

  /** @param {ComposeKey} _compose */
  openConfirmation(_compose) {
    return new ConfirmationDialog(this.#parts);
  }

  /**
   * @param {ComposeKey} compose
   * @param {FailureReport} report
   */
  async showFailure(compose, report) {
    await this.forgetFailure(compose);
    if (report.kind === "page_unknown") this.#health.tell("page_unknown", report.message);
    const forget = () => this.#failures.delete(compose);
    const dialog = new ShadowDialog(this.#parts, "failure", forget);
    this.#failures.set(compose, dialog);
    const close = () => {
      forget();
      dialog.close();
    };
    const page = new FailurePage({
      root: dialog.root,
      frame: dialog.frame,
      close,
      sendUnchecked: () => this.#sendUnchecked(compose, report.kind),
    });
    dialog.onKey = (event) => page.onKey(event);
    page.show(report);
  }

  /** @param {ComposeKey} compose */
  async forgetFailure(compose) {
    const dialog = this.#failures.get(compose);
    this.#failures.delete(compose);
    dialog?.close();
  }

  /**
   * Should this page be gone before it can say what became of the mail, it has left.
   * @param {{compose_id: string, digest: string}} mail
   */
  willLeave(mail) {
    this.#link.request("will_leave", mail).catch(() => {});
  }

  /** The compose is still open in front of the person; there is no button of ours that would say more. */
  async markNotSent() {}

  /** @returns {Promise<import("../../core/types").ManagedSettings>} */
  managedSettings() {
    return this.#link.request("settings", {});
  }

  /** @param {ComposeKey} compose */
  forget(compose) {
    this.#lastRead.delete(compose);
    this.files?.forget(compose);
    this.forgetFailure(compose);
  }
}
