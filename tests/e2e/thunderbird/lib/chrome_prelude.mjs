// SPDX-License-Identifier: MPL-2.0
// @ts-nocheck runs inside Thunderbird, against its own globals
// The functions that scripts inside Thunderbird share. `prelude` is sent as source text with every script, so it may use
// nothing from this module.

export function prelude() {
  const windows = (type) => [...Services.wm.getEnumerator(type)];
  const pause = (milliseconds) => new Promise((resolve) => {
    const timer = Cc["@mozilla.org/timer;1"].createInstance(Ci.nsITimer);
    timer.initWithCallback(() => resolve(timer), milliseconds, Ci.nsITimer.TYPE_ONE_SHOT);
  });
  const until = async (what, ask, timeout = 15_000) => {
    for (let waited = 0; ; waited += 20) {
      const answer = await ask();
      if (answer) return answer;
      if (waited > timeout) throw new Error(`waited in vain for ${what}`);
      await pause(20);
    }
  };
  const idOf = (win) => win.browsingContext.id;
  const allWindows = () => windows(null);
  const byId = (id) => {
    const found = allWindows().find((win) => idOf(win) === id);
    if (!found) throw new Error(`window ${id} is closed`);
    return found;
  };
  // isSynthesized false makes the program treat the event like one from the hand: a click follows press and release.
  const clickAt = async (win, x, y) => {
    const options = { isDOMEventSynthesized: false, isWidgetEventSynthesized: false, isAsyncEnabled: false };
    const button = { button: 0, clickCount: 1 };
    win.synthesizeMouseEvent("mousemove", x, y, { button: 0 }, options);
    win.synthesizeMouseEvent("mousedown", x, y, { ...button, buttons: 1 }, options);
    win.synthesizeMouseEvent("mouseup", x, y, { ...button, buttons: 0 }, options);
  };
  const pressKey = (win, key, modifiers = {}) => {
    const tip = Cc["@mozilla.org/text-input-processor;1"].createInstance(Ci.nsITextInputProcessor);
    if (!tip.beginInputTransactionForTests(win)) throw new Error("the window takes no keys");
    const held = Object.entries({ Control: modifiers.ctrl, Alt: modifiers.alt, Shift: modifiers.shift })
      .filter(([, on]) => on)
      .map(([name]) => new win.KeyboardEvent("", { key: name, keyCode: win.KeyboardEvent[`DOM_VK_${name.toUpperCase()}`] }));
    const codes = { Enter: 13, Escape: 27, Tab: 9, " ": 32 };
    const letter = /^[a-z]$/i.test(key);
    // Where other characters stand differs between keyboards; they are given without a place.
    const event = new win.KeyboardEvent("", {
      key,
      code: key === " " ? "Space" : letter ? `Key${key.toUpperCase()}` : key.length === 1 ? "" : key,
      keyCode: codes[key] ?? (letter || key.length > 1 ? key.toUpperCase().charCodeAt(0) : 0),
    });
    for (const modifier of held) tip.keydown(modifier);
    tip.keydown(event);
    if (!modifiers.hold) tip.keyup(event);
    for (const modifier of held) tip.keyup(modifier);
  };
  const popupBrowser = (win) => win.document.getElementById("requestFrame") ?? win.document.querySelector("browser");
  // An object that outlives this script: every script runs in a new sandbox.
  const shared = () => ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs").MailServices;
  const addon = () => WebExtensionPolicy.getByID("lastlook@lastlook")?.extension;

  return {
    windows, pause, until, idOf, byId, clickAt, pressKey, popupBrowser, addon, allWindows,

    mainWindowReady() {
      const win = Services.wm.getMostRecentWindow("mail:3pane");
      return Boolean(win && win.document.readyState === "complete" && win.gMailInit?.delayedStartupFinished !== false && win.document.getElementById("tabmail")?.tabInfo?.length);
    },

    composeWindows() {
      return windows("msgcompose").filter((win) => !win.closed);
    },

    /** Waits until the window can be written in. */
    async composeReady(win) {
      await until("a usable compose window", () => win.composeEditorReady && win.gMsgCompose, 30_000);
      return idOf(win);
    },

    /** Clicks an element of a program window in its middle. */
    async clickElement(win, selector) {
      const element = await until(`${selector} to be visible`, () => {
        const found = win.document.querySelector(selector);
        return found && found.getBoundingClientRect().width > 0 && found;
      });
      const box = element.getBoundingClientRect();
      await clickAt(win, box.left + box.width / 2, box.top + box.height / 2);
    },

    /** Notes the text of every dialog Thunderbird shows from now on, and dismisses it. */
    watchDialogs() {
      const noted = (shared().notedDialogs = []);
      Services.obs.addObserver((dialog) => {
        // Noted only when it is gone: until then the window below takes no clicks.
        const text = dialog.document.documentElement.textContent.replace(/\s+/g, " ").trim();
        dialog.addEventListener("unload", () => dialog.opener?.setTimeout(() => noted.push(text), 100) ?? noted.push(text));
        dialog.setTimeout(() => dialog.document.querySelector("dialog").acceptDialog(), 50);
      }, "common-dialog-loaded");
    },

    takeDialogs() {
      return (shared().notedDialogs ?? []).splice(0);
    },

    /** Stores a mail in a local folder and opens a reply to its sender. */
    async openReply(raw) {
      const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
      const root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
      const folder = root.createLocalSubfolder(`received-${Date.now()}`).QueryInterface(Ci.nsIMsgLocalMailFolder);
      const header = folder.addMessage(raw);
      const win = Services.wm.getMostRecentWindow("mail:3pane");
      win.ComposeMessage(Ci.nsIMsgCompType.ReplyToSender, Ci.nsIMsgCompFormat.Default, folder, [folder.getUriForMsg(header)]);
    },

    /** Puts mails into a local folder, which is made if it is not there. `use`: "sent", "templates" or "". */
    async fillFolder(name, use, mails) {
      const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
      const root = MailServices.accounts.localFoldersServer.rootFolder.QueryInterface(Ci.nsIMsgLocalMailFolder);
      const there = root.QueryInterface(Ci.nsIMsgFolder).containsChildNamed(name);
      const folder = (there ? root.getChildNamed(name) : root.createLocalSubfolder(name)).QueryInterface(Ci.nsIMsgLocalMailFolder);
      const flags = { sent: Ci.nsMsgFolderFlags.SentMail, templates: Ci.nsMsgFolderFlags.Templates };
      if (flags[use]) folder.setFlag(flags[use]);
      // As one batch thousands are there in a second.
      const added = folder.addMessageBatch(mails);
      return added.map((header) => folder.getUriForMsg(header));
    },

    /** Drafts with these words in their subject, as URIs. */
    draftsWith(tag, more = "") {
      const root = shared().accounts.localFoldersServer.rootFolder;
      if (!root.containsChildNamed("Drafts")) return [];
      const folder = root.getChildNamed("Drafts");
      return [...folder.messages].filter(({ mime2DecodedSubject: text }) => text.includes(tag) && text.includes(more)).map((header) => folder.getUriForMsg(header));
    },

    async deleteDraftsWith(tag) {
      const folder = shared().accounts.localFoldersServer.rootFolder.getChildNamed("Drafts");
      const headers = [...folder.messages].filter(({ mime2DecodedSubject: text }) => text.includes(tag));
      folder.deleteMessages(headers, null, true, false, null, false);
      await until("the drafts to be deleted", () => this.draftsWith(tag).length === 0);
    },

    /** What a person does with a mail: "reply_all", "template", "edit_as_new" … */
    openFrom(how, uri) {
      const types = {
        reply: Ci.nsIMsgCompType.ReplyToSender,
        reply_all: Ci.nsIMsgCompType.ReplyAll,
        template: Ci.nsIMsgCompType.Template,
        edit_as_new: Ci.nsIMsgCompType.EditAsNew,
        draft: Ci.nsIMsgCompType.Draft,
      };
      const header = Services.wm.getMostRecentWindow("mail:3pane").messenger.msgHdrFromURI(uri);
      const win = Services.wm.getMostRecentWindow("mail:3pane");
      win.ComposeMessage(types[how], Ci.nsIMsgCompFormat.Default, header.folder, [uri]);
    },

    /** Opens a mail in a window of its own, marks all of its text and copies it, as a person does with Ctrl+A and Ctrl+C. */
    async copyAllOf(uri) {
      const { MailUtils } = ChromeUtils.importESModule("resource:///modules/MailUtils.sys.mjs");
      const header = Services.wm.getMostRecentWindow("mail:3pane").messenger.msgHdrFromURI(uri);
      MailUtils.openMessageInNewWindow(header);
      const win = await until("the mail's window", () => windows("mail:messageWindow").find((one) => one.document.readyState === "complete"));
      const shown = () => win.messageBrowser?.contentWindow?.getMessagePaneBrowser?.();
      const browser = await until("the mail to be shown", () => shown()?.contentDocument?.body?.textContent.trim() && shown());
      await pause(300);
      win.focus();
      browser.focus();
      browser.contentWindow.getSelection().selectAllChildren(browser.contentDocument.body);
      await until("text to be marked", () => browser.contentWindow.getSelection().toString().trim() !== "");
      win.goDoCommand("cmd_copy");
      await pause(300);
      win.close();
    },

    /** The tab with a page of the extension; opens it when there is none. */
    async extensionTab(page) {
      const url = addon().baseURI.resolve(page);
      const tabmail = Services.wm.getMostRecentWindow("mail:3pane").document.getElementById("tabmail");
      const there = tabmail.tabInfo.find((one) => one.browser?.currentURI?.spec === url);
      if (there) return there;
      const tab = tabmail.openTab("contentTab", { url, linkHandler: "single-page", userContextId: 0 });
      await until(page, () => tab.browser?.currentURI?.spec === url && !tab.busy);
      return tab;
    },

    /** Runs source text in the background page of the extension. */
    async inBackground(source, args) {
      const extension = addon();
      await extension.wakeupBackground?.();
      const view = await until("the extension's page", () => [...extension.views].find((one) => one.viewType === "background"));
      return this.inBrowsingContext(view.browsingContext, source, args);
    },

    forgetUnsavedMails() {
      for (const win of windows("msgcompose")) {
        try {
          win.gContentChanged = false;
          win.gMsgCompose.bodyModified = false;
        } catch (error) {
          // not loaded yet: then there is nothing to forget
        }
      }
    },

    /** Runs source text in the page of a popup, with the page's own rights. */
    async inPopup(win, source, args) {
      return this.inBrowsingContext(popupBrowser(win).browsingContext, source, args);
    },

    async inBrowsingContext(context, source, args) {
      const actor = context.currentWindowGlobal.getActor("MarionetteCommands");
      const wrapped = `
        const [args, done] = [arguments[0], arguments[arguments.length - 1]];
        (async () => (${source})(...args))().then((value) => done({ value: value === undefined ? null : value }), (error) => done({ error: String(error) }));`;
      const answer = await actor.executeScript(wrapped, [args], { async: true, newSandbox: true, sandboxName: null, timeout: 20_000 });
      if (answer.error) throw new Error(`in the extension's page: ${answer.error}`);
      return answer.value;
    },
  };
}
