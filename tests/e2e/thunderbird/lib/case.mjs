// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What a case works with: its seat, mails it opened, and the assertions every case shares.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { Compose } from "./compose.mjs";
import { sleep, waitFor } from "./marionette.mjs";
import { Popup, openPopups } from "./popup.mjs";
import { parseMail } from "./received_mail.mjs";

/** @typedef {import("./seat.mjs").Seat} Seat */
/** @typedef {import("./compose.mjs").Mail} Mail */

/** How long to look for a mail that must not come: a send takes 40 to 120 ms once it is let go. */
const NOTHING_CAME_MS = 600;

export class Case {
  /** @param {Seat} seat @param {string} name @param {{patience?: number}} [options] patience: how long to wait for windows and mails */
  constructor(seat, name, { patience = 20_000 } = {}) {
    this.seat = seat;
    this.name = name;
    this.patience = patience;
    /** A name is in every subject, so that no case takes another one's mail for its own. */
    this.tag = `[${name}]`;
    /** @type {{level: string, text: string}[]} */
    this.notes = [];
  }

  get thunderbird() {
    return /** @type {import("./thunderbird.mjs").Thunderbird} */ (this.seat.thunderbird);
  }

  /** Opens a new mail; the case's name is put in front of the subject. @param {Mail} mail */
  compose({ subject = "", body = "Good morning,\nsee you tomorrow.", ...rest }) {
    return Compose.open(this.thunderbird, { ...rest, body, subject: `${this.tag} ${subject}`.trim() });
  }

  /** @param {{states?: string[], known?: number[], having?: string, timeout?: number}} [options] */
  popup(options = {}) {
    return Popup.wait(this.thunderbird, { timeout: this.patience, ...options });
  }

  /** This case's mails at the SMTP server. @param {string} [having] more words of the subject */
  mails(having = "") {
    return this.seat.sink.mails.filter(({ raw }) => {
      const subject = parseMail(raw).headers.get("subject") ?? "";
      return subject.includes(this.tag) && subject.includes(having);
    });
  }

  /** Waits for exactly one mail of this case. @param {{having?: string, timeout?: number}} [options] */
  async delivered({ having = "", timeout = this.patience } = {}) {
    const deadline = Date.now() + timeout;
    while (this.mails(having).length === 0) {
      if (Date.now() > deadline) throw new Error("no mail reached the SMTP server");
      await sleep(20);
    }
    const found = this.mails(having);
    assert.equal(found.length, 1, "mails at the SMTP server");
    return { envelope: [...found[0].to].sort(), from: found[0].from, mail: parseMail(found[0].raw), raw: found[0].raw };
  }

  /** @param {string} [having] */
  async nothingSent(having = "") {
    await sleep(NOTHING_CAME_MS);
    assert.equal(this.mails(having).length, 0, "mails at the SMTP server");
  }

  async noPopup() {
    assert.deepEqual(await openPopups(this.thunderbird), [], "open Lastlook windows");
  }

  /** Ticks what must be ticked and presses "send". @param {Popup} popup */
  async confirm(popup) {
    await popup.tickAll();
    await popup.click("#send");
  }

  /** The failure page says what happened, in words, and has this reason. @param {Popup} popup @param {string[]} reasons */
  async reads(popup, reasons) {
    assert.equal(await popup.state(), "failure", "state of the page");
    const reason = await popup.failure();
    assert.ok(reasons.includes(reason), `reason "${reason}" is none of ${reasons.join(", ")}`);
    for (const part of ["#heading", "#what-happened", "#what-to-do"]) {
      const text = (await popup.text(part)).trim();
      assert.ok(text.length >= 8, `${part} says too little: "${text}"`);
      assert.ok(!/__MSG_|\$[A-Z_]+\$|undefined|\[object/.test(text), `${part} shows raw text: "${text}"`);
    }
  }

  /**
   * After "back" the person reads, in the compose window or beside it, that the mail has not been sent.
   * @param {import("./compose.mjs").Compose} compose
   */
  async saysNotSent(compose) {
    const shown = await this.thunderbird.run((tools, id) => {
      const win = tools.byId(id);
      const button = win.document.querySelector('[id^="lastlook_lastlook-composeAction"]');
      return [button?.getAttribute("label"), button?.getAttribute("tooltiptext"), button?.getAttribute("badge")].filter(Boolean).join(" ");
    }, compose.id);
    assert.match(shown, /not (been )?sent|送信されていません|未送信|尚未发送|未发送/i, `the compose window says: "${shown}"`);
  }

  /** Waits for a dialog of Thunderbird's own (they are noted and dismissed as they come); gives its text. @returns {Promise<string>} */
  dismissDialog() {
    return waitFor("a dialog of Thunderbird", () => this.thunderbird.run((tools) => tools.takeDialogs().join("\n")), { timeout: this.patience });
  }

  /** Puts a received mail into a folder and opens a reply to it. @param {{from: string, to: string, subject: string, body: string}} original */
  async reply({ from, to, subject, body }) {
    const known = await this.thunderbird.run((tools) => tools.composeWindows().map(tools.idOf));
    const id = `original-${Date.now()}@c-corp.example`;
    const raw = `From: ${from}\nTo: ${to}\nSubject: ${subject}\nMessage-ID: <${id}>\nDate: Mon, 16 Nov 2026 09:00:00 +0900\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n${body}\n`;
    await this.thunderbird.run((tools, message) => tools.openReply(message), raw);
    return Compose.adopt(this.thunderbird, known);
  }

  /**
   * Opens a compose window from a stored mail, as a person would.
   * @param {"reply" | "reply_all" | "template" | "edit_as_new" | "draft"} how @param {string} uri
   */
  async openFrom(how, uri) {
    const known = await this.thunderbird.run((tools) => tools.composeWindows().map(tools.idOf));
    await this.thunderbird.run((tools, way, mail) => tools.openFrom(way, mail), how, uri);
    const compose = await Compose.adopt(this.thunderbird, known);
    await this.noted(compose);
    return compose;
  }

  /**
   * What the extension has noted of a window at its opening; nobody is so quick that it would not be there.
   * @param {import("./compose.mjs").Compose} compose @returns {Promise<any>}
   */
  noted(compose) {
    return waitFor("the extension to note the window", async () => {
      const all = await this.inBackground(() => /** @type {any} */ (globalThis).browser.storage.session.get());
      const tabId = await this.thunderbird.run((tools, id) => tools.addon().tabManager.getWrapper(tools.byId(id))?.id ?? null, compose.id);
      return all[`origin:${tabId}`];
    });
  }

  /** @template {any[]} A @param {(...args: A) => any} script runs in the extension's background page @param {A} args @returns {Promise<any>} */
  inBackground(script, ...args) {
    return this.thunderbird.run((tools, source, values) => tools.inBackground(source, values), String(script), args);
  }

  /** The command of this seat's person, on this seat's store. @param {string[]} words @returns {string} what it prints */
  lastlook(...words) {
    const program = path.join(path.dirname(this.seat.options.hostBinary), "lastlook");
    return execFileSync(program, words, { encoding: "utf8", env: { PATH: process.env.PATH, HOME: this.seat.home } });
  }

  /** Closes whatever the case left open. */
  async cleanUp() {
    await this.thunderbird.run(async (tools) => {
      for (const win of tools.allWindows()) {
        if (win.location.href.includes("extensionPopup.xhtml")) win.close();
      }
      const tabmail = Services.wm.getMostRecentWindow("mail:3pane")?.document.getElementById("tabmail");
      for (const tab of (tabmail?.tabInfo ?? []).slice(1)) tabmail.closeTab(tab);
      await tools.pause(100);
      tools.forgetUnsavedMails();
      for (const win of tools.composeWindows()) {
        // A window that a broken guard left locked is closed all the same.
        if (win.gWindowLocked) win.ToggleWindowLock(false);
        tools.forgetUnsavedMails();
        win.close();
      }
      await tools.until("all windows to close", () => tools.composeWindows().length === 0, 5_000);
    });
    this.seat.sink.refuse = "";
  }
}
