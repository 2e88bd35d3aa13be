// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Ways to break the guard, for `run.mjs --prove`. Each takes one thing away, and names the cases that must notice.
import fs from "node:fs";
import path from "node:path";

/** @typedef {{name: string, noticedBy: string[], change: (folder: string) => void}} Mutation */

/** @param {string} file @param {...[string, string]} replacements */
const replace = (file, ...replacements) => (/** @type {string} */ folder) => {
  const target = path.join(folder, file);
  let text = fs.readFileSync(target, "utf8");
  for (const [from, to] of replacements) {
    if (!text.includes(from)) throw new Error(`the mutation finds no "${from}" in ${file}`);
    text = text.replace(from, to);
  }
  fs.writeFileSync(target, text);
};

const CAPTURE = "clients/gmail/capture.js";
const GATE = "clients/gmail/gate.js";
const DOM = "clients/gmail/compose_dom.js";

/** @type {Mutation[]} */
export const MUTATIONS = [
  { name: "no hold on the press of the mouse", noticedBy: ["page-sends-on-mousedown"], change: replace(CAPTURE, ['"pointerdown", "mousedown", ', ""]) },
  { name: "no hold on the release of the mouse", noticedBy: ["page-sends-on-mouseup"], change: replace(CAPTURE, ['"pointerdown", "mousedown", ', '"touchmove", '], ['"pointerup", "mouseup", ', ""]) },
  { name: "no hold on the click", noticedBy: ["click"], change: replace(CAPTURE, ['"click", ', ""]) },
  { name: "no hold on touch", noticedBy: ["page-sends-on-touch"], change: replace(CAPTURE, ['"touchstart", ', ""], ['"touchend", ', ""]) },
  { name: "no hold on keys", noticedBy: ["ctrl-enter-in-the-text", "enter-on-send", "space-on-send"], change: replace(CAPTURE, ['"keydown", ', ""]) },
  { name: "listeners after the page's", noticedBy: ["click"], change: replace(CAPTURE, ["{ capture: true, passive: false }", "{ capture: false, passive: false }"]) },
  {
    name: "no hold on Ctrl+Enter",
    noticedBy: ["ctrl-enter-in-the-text", "cmd-enter-in-the-subject", "ctrl-enter-outside-the-mail"],
    change: replace(GATE, ["enter && (event.ctrlKey || event.metaKey) ? this.#shortcut(target)", "false ? this.#shortcut(target)"]),
  },
  { name: "no hold on Cmd+Enter", noticedBy: ["cmd-enter-in-the-subject"], change: replace(GATE, ["(event.ctrlKey || event.metaKey)", "event.ctrlKey"]) },
  { name: "Ctrl+Enter only inside the mail", noticedBy: ["ctrl-enter-outside-the-mail"], change: replace(GATE, ["const open = this.#dom.composes();\n    if (open.length === 0)", "const open = this.#dom.composes();\n    if (true)"]) },
  { name: "no hold on keys at the button", noticedBy: ["enter-on-send", "space-on-send", "space-on-send-and-archive"], change: replace(GATE, [": this.#keyOn(target);", ": null;"]) },
  { name: "no hold on Send + archive", noticedBy: ["send-and-archive"], change: replace(GATE, ['["send", "sendAndArchive", "scheduledSend"', '["send", "scheduledSend"']) },
  { name: "no hold on scheduled send", noticedBy: ["scheduled-send"], change: replace(GATE, ['"scheduledSend", "scheduleChoice"', '"scheduleChoice"']) },
  { name: "no second look when the day is chosen", noticedBy: ["scheduled-send-changed-before-the-day-is-chosen"], change: replace(GATE, ['"scheduledSend", "scheduleChoice"', '"scheduledSend"']) },
  { name: "what scripts press is not held", noticedBy: ["script-click-is-held"], change: replace(GATE, ["if (this.#letting && !event.isTrusted)", "if (!event.isTrusted)"]) },
  { name: "a mail is not read again before it is sent", noticedBy: ["mail-changed-while-it-is-checked"], change: replace("clients/gmail/guard.js", ["if (this.#client().isAsRead(key)) return this.#pressFor(key, press);\n      } catch", "return this.#pressFor(key, press);\n      } catch"]) },
  { name: "keys leave the dialog", noticedBy: ["keys-stay-in-the-dialog"], change: replace("clients/gmail/shadow_dialog.js", ["event.stopImmediatePropagation();", ""]) },
  { name: "the dialog does not watch over itself", noticedBy: ["dialog-removed-by-the-page"], change: replace("clients/gmail/shadow_dialog.js", ["if (!this.host.isConnected) this.#gone();", ""]) },
  {
    name: "a mail that is not understood is read all the same",
    noticedBy: ["recipient-in-the-summary-only", "recipient-in-another-place", "recipient-of-another-kind"],
    change: replace(DOM, ["this.#checkRecipients(compose);", ""]),
  },
  { name: "Send is looked for in one way only", noticedBy: ["send-in-another-place"], change: replace(GATE, ["if (hinted) return", "if (false) return"], ["return this.#dom.problems(compose).length > 0", "return false"]) },
  { name: "mails without their frame are not looked for", noticedBy: ["mail-without-its-frame-by-shortcut"], change: replace(GATE, ["for (const one of all(document, editor)) {", "for (const one of []) {"]) },
  { name: "the read-back after a change is taken for granted", noticedBy: ["verify-no-match"], change: replace("core/send_flow.js", ["if (!verified.matches", "if (false"]) },
  { name: "the answer does not matter", noticedBy: ["back", "block", "evaluate-crash"], change: replace("clients/gmail/guard.js", ["if (!allow) return false;", "void allow;"], ["if (this.#client().isAsRead(key)) return this.#pressFor(key, press);\n      } catch", "return this.#pressFor(key, press);\n      } catch"]) },
  { name: "nobody looks for mails that go round", noticedBy: ["mail-that-goes-round-the-guard-is-recorded"], change: replace("clients/gmail/detector.js", ["body.includes(LABEL)", "false"]) },
  { name: "a window that closes says nothing", noticedBy: ["pop-out-tells-its-outcome-when-it-closes"], change: replace("clients/gmail/guard.js", ["if (letOut) this.#client().willLeave(letOut);", ""]) },
  { name: "a held mail's window that is gone is no matter", noticedBy: ["held-and-its-compose-closed-is-never-sent"], change: replace("clients/gmail/content.js", ["heldMail.composeClosed(key)", "Promise.resolve()"]) },
  { name: "the scheduled time is not read back", noticedBy: ["scheduled-time-that-gmail-does-not-keep"], change: replace("clients/gmail/scheduled_send.js", ["if (!stands())", "if (false)"]) },
  { name: "five minutes are counted down like one", noticedBy: ["five-minutes-are-gmails"], change: replace("clients/gmail/held_mail.js", ["const SCHEDULED_FROM_SECONDS = 300;", "const SCHEDULED_FROM_SECONDS = 1e9;"]) },
  { name: "keys leave the list of held mails", noticedBy: ["keys-stay-in-the-list-of-held-mails"], change: replace("clients/gmail/held_panel.js", ["keepKeysIn(host);", ""]) },
  { name: "nobody looks at composes before Send", noticedBy: ["compose-that-is-not-understood-is-told-before-send"], change: replace("clients/gmail/composes.js", ["if (problem) this.#notUnderstood(problem);", ""]) },
  { name: "the organisation's table is not read", noticedBy: ["newer-table-by-policy"], change: replace("clients/gmail/content.js", ["tableOf(builtIn, given, parses)", "tableOf(builtIn, undefined, parses)"], ["tableOf(builtIn, change.newValue, parses)", "table"]) },
  { name: "a broken table is told to nobody", noticedBy: ["broken-table-is-refused-and-told"], change: replace("clients/gmail/content.js", ["if (!next.refused) return;", "return;"]) },
  { name: "picked files are not looked at", noticedBy: ["file-picked-that-a-rule-refuses-is-not-uploaded"], change: replace(CAPTURE, ['["change", "drop", "paste"]', '["drop", "paste"]']) },
  { name: "dropped files are not looked at", noticedBy: ["file-dropped-that-a-rule-refuses-is-not-uploaded"], change: replace(CAPTURE, ['["change", "drop", "paste"]', '["change", "paste"]']) },
  { name: "pasted files are not looked at", noticedBy: ["file-pasted-that-a-rule-refuses-is-not-uploaded"], change: replace(CAPTURE, ['["change", "drop", "paste"]', '["change", "drop"]']) },
  { name: "boxes for files that stand nowhere are left alone", noticedBy: ["file-picked-in-a-box-outside-the-page-that-a-rule-refuses-is-not-uploaded"], change: replace("clients/gmail/detector.js", ['this.type === "file" && !this.isConnected', "false"]) },
  { name: "early tabs are not told", noticedBy: ["tab-opened-before-the-installation"], change: replace("clients/gmail/worker.js", ["chrome.runtime.onInstalled.addListener(", "void ("]) },
];
