// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Drives a compose window the way a person does: types recipients, presses the real Send button.
import { waitFor } from "./marionette.mjs";

/** @typedef {import("./thunderbird.mjs").Thunderbird} Thunderbird */
/** @typedef {{to?: string[], cc?: string[], bcc?: string[], subject?: string, body?: string, attachments?: string[]}} Mail */

export class Compose {
  /** @param {Thunderbird} thunderbird @param {number} id */
  constructor(thunderbird, id) {
    this.thunderbird = thunderbird;
    this.id = id;
  }

  /** A new mail from the main window's own command. @param {Thunderbird} thunderbird @param {Mail} [mail] */
  static async open(thunderbird, mail = {}) {
    const id = await thunderbird.run(async (tools) => {
      const before = new Set(tools.composeWindows());
      Services.wm.getMostRecentWindow("mail:3pane").goDoCommand("cmd_newMessage");
      const win = await tools.until("a new compose window", () => tools.composeWindows().find((/** @type {any} */ w) => !before.has(w)));
      return tools.composeReady(win);
    });
    const compose = new Compose(thunderbird, id);
    await compose.write(mail);
    return compose;
  }

  /** A compose window that something else opened (the command line, a reply). @param {Thunderbird} thunderbird @param {number[]} [known] */
  static async adopt(thunderbird, known = []) {
    const id = await thunderbird.run(async (tools, knownIds) => {
      const win = await tools.until("a compose window", () => tools.composeWindows().find((/** @type {any} */ w) => !knownIds.includes(tools.idOf(w))), 60_000);
      return tools.composeReady(win);
    }, known);
    return new Compose(thunderbird, id);
  }

  /** @param {Mail} mail */
  async write({ to = [], cc = [], bcc = [], subject, body, attachments = [] }) {
    await this.thunderbird.run(
      async (tools, id, fields, newSubject, newBody, files) => {
        const win = tools.byId(id);
        for (const [field, addresses] of Object.entries(fields)) {
          if (addresses.length === 0) continue;
          const row = `addressRow${field}`;
          if (win.document.getElementById(row).classList.contains("hidden")) win.showAndFocusAddressRow(row);
          const input = win.document.querySelector(`#${row} .address-row-input`);
          for (const address of addresses) {
            input.value = address;
            win.recipientAddPills(input);
          }
        }
        if (newSubject !== null) {
          const subjectField = win.document.getElementById("msgSubject");
          subjectField.value = newSubject;
          subjectField.dispatchEvent(new win.Event("input", { bubbles: true }));
        }
        if (newBody !== null) {
          const editor = win.document.getElementById("messageEditor");
          editor.focus();
          const page = editor.contentDocument;
          page.body.replaceChildren();
          for (const line of newBody.split("\n")) {
            const paragraph = page.createElement("p");
            paragraph.textContent = line;
            page.body.append(paragraph);
          }
          win.gMsgCompose.bodyModified = true;
        }
        if (files.length > 0) {
          const attached = files.map((path) => {
            const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
            file.initWithPath(path);
            return win.FileToAttachment(file);
          });
          await win.AddAttachments(attached);
        }
      },
      this.id,
      { To: to, Cc: cc, Bcc: bcc },
      subject ?? null,
      body ?? null,
      attachments,
    );
  }

  /** What the button of the extension says. @returns {Promise<{badge: string, title: string}>} */
  button() {
    return this.thunderbird.run((tools, id) => {
      const button = tools.byId(id).document.querySelector('[id^="lastlook_lastlook-composeAction"]');
      return { badge: button?.getAttribute("badge") ?? "", title: button?.getAttribute("tooltiptext") ?? "" };
    }, this.id);
  }

  /** Presses the button and reads the page behind it. @returns {Promise<string>} */
  async page() {
    return this.thunderbird.run(async (tools, id) => {
      const win = tools.byId(id);
      await tools.clickElement(win, '[id^="lastlook_lastlook-composeAction"]');
      const browser = await tools.until("the page behind the button", () => win.document.querySelector(".webextension-popup-browser"));
      const read = () => tools.inBrowsingContext(browser.browsingContext, "() => document.body?.dataset.asks === undefined ? '' : document.body.innerText", []);
      for (let tries = 0; tries < 50; tries++) {
        const text = await read().catch(() => "");
        if (text) {
          win.document.getElementById("msgSubject").focus();
          browser.closest("panel")?.hidePopup();
          return text;
        }
        await tools.pause(100);
      }
      throw new Error("the page behind the button says nothing");
    }, this.id);
  }

  /** Puts what was copied at the end of the text, as a person does with Ctrl+V. */
  async paste() {
    await this.thunderbird.run(async (tools, id) => {
      const win = tools.byId(id);
      const editor = win.document.getElementById("messageEditor");
      const length = () => editor.contentDocument.body.textContent.length;
      const before = length();
      win.focus();
      editor.focus();
      editor.contentWindow.getSelection().selectAllChildren(editor.contentDocument.body);
      editor.contentWindow.getSelection().collapseToEnd();
      win.goDoCommand("cmd_paste");
      await tools.until("the text to be pasted", () => length() > before);
      win.gMsgCompose.bodyModified = true;
      await tools.pause(200);
    }, this.id);
  }

  /** Chooses the account to send from. @param {string} email */
  async sendFrom(email) {
    await this.thunderbird.run(
      (tools, id, address) => {
        const win = tools.byId(id);
        const list = win.document.getElementById("msgIdentity");
        const item = [...list.menupopup.children].find((/** @type {any} */ one) => one.getAttribute("description") === address || one.value.includes(address) || one.label.includes(address));
        if (!item) throw new Error(`there is no account ${address}`);
        list.selectedItem = item;
        win.LoadIdentity(false);
      },
      this.id,
      email,
    );
  }

  /** Presses the Send button with the mouse. */
  async send() {
    await this.thunderbird.run(async (tools, id) => {
      const win = tools.byId(id);
      await tools.until("the Send button to be enabled", () => !win.document.getElementById("button-send").disabled && !win.gWindowLocked);
      await tools.clickElement(win, "#button-send");
    }, this.id);
  }

  /** @returns {Promise<{open: boolean, locked: boolean, editable: boolean, to: string[], cc: string[], bcc: string[], subject: string, notices: string[], focused: boolean}>} */
  state() {
    return this.thunderbird.run((tools, id) => {
      const win = tools.composeWindows().find((/** @type {any} */ w) => tools.idOf(w) === id);
      if (!win) return { open: false, locked: false, editable: false, to: [], cc: [], bcc: [], subject: "", notices: [], focused: false };
      const pills = (/** @type {string} */ row) => [...win.document.querySelectorAll(`#${row} mail-address-pill`)].map((pill) => pill.fullAddress);
      const notices = [...win.document.querySelectorAll("notification-message")].map((n) => n.shadowRoot?.textContent + n.textContent);
      return {
        open: true,
        locked: Boolean(win.gWindowLocked),
        editable: !win.gWindowLocked && !win.document.getElementById("msgSubject").disabled && !win.document.getElementById("button-send").disabled,
        to: pills("addressRowTo"),
        cc: pills("addressRowCc"),
        bcc: pills("addressRowBcc"),
        subject: win.document.getElementById("msgSubject").value,
        notices: notices.map((text) => text.replace(/\s+/g, " ").trim()),
        focused: Services.focus.activeWindow === win,
      };
    }, this.id);
  }

  /** The text in the editor, white space as single blanks. @returns {Promise<string>} */
  text() {
    return this.thunderbird.run(
      (tools, id) => tools.byId(id).document.getElementById("messageEditor").contentDocument.body.innerText.replace(/\s+/g, " ").trim(),
      this.id,
    );
  }

  async closed() {
    await waitFor("the compose window to close", async () => !(await this.state()).open);
  }

  /** The window can be written in and sent from again. */
  async usable({ timeout = 15_000 } = {}) {
    const editable = async () => {
      const state = await this.state();
      if (!state.open) throw new Error("the compose window is closed, as after a send");
      return state.editable;
    };
    await waitFor("the compose window to be usable again", editable, { timeout });
  }

  /** @param {string} address */
  removeRecipient(address) {
    return this.thunderbird.run(
      (tools, id, wanted) => {
        const win = tools.byId(id);
        for (const pill of win.document.querySelectorAll("mail-address-pill")) {
          if (pill.emailAddress === wanted) pill.remove();
        }
        win.onRecipientsChanged?.();
      },
      this.id,
      address,
    );
  }

  /** The person turns to this window. */
  focus() {
    return this.thunderbird.run((tools, id) => tools.byId(id).focus(), this.id);
  }

  /** Closes without saving; used to clean up between cases. */
  async discard() {
    await this.thunderbird.run(async (tools, id) => {
      const win = tools.composeWindows().find((/** @type {any} */ w) => tools.idOf(w) === id);
      if (!win) return;
      tools.forgetUnsavedMails();
      win.close();
      await tools.until("the window to close", () => win.closed);
    }, this.id);
  }
}
