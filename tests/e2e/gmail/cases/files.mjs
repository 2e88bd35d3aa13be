// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Files on their way into a mail: looked at before Gmail has them, on every way there is.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/tab.mjs").Tab} Tab */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const MAIL = { people: { to: [`hanako@${INSIDE}`] }, subject: "minutes", body: "Here they are." };

/** @param {Case} t @param {string} name @param {string} [text] */
function fileOf(t, name, text = "Nothing of note.\n") {
  const file = path.join(t.seat.directory, name);
  fs.writeFileSync(file, text);
  return file;
}

/** @type {Record<string, (t: Case, tab: Tab, file: string) => Promise<void>>} */
const WAYS = {
  picked: async (_t, tab, file) => {
    const { root } = await tab.send("DOM.getDocument", { depth: 0 });
    const { nodeId } = await tab.send("DOM.querySelector", { nodeId: root.nodeId, selector: "[name=Filedata]" });
    await tab.send("DOM.setFileInputFiles", { nodeId, files: [file] });
  },
  "picked-in-a-box-outside-the-page": async (t, tab, file) => {
    const cdp = /** @type {import("../lib/cdp.mjs").Cdp} */ (t.seat.cdp);
    /** @type {number | undefined} */
    let backendNodeId;
    const listen = (/** @type {any} */ { method, params }) => {
      if (method === "Page.fileChooserOpened") backendNodeId = params.backendNodeId;
    };
    cdp.listeners.add(listen);
    await tab.send("Page.setInterceptFileChooserDialog", { enabled: true });
    await tab.send("Runtime.evaluate", { expression: 'document.querySelector("[command=Files]").click()', userGesture: true });
    await waitFor("the choice of files", () => backendNodeId !== undefined);
    cdp.listeners.delete(listen);
    await tab.send("DOM.setFileInputFiles", { backendNodeId, files: [file] });
  },
  dropped: async (_t, tab, file) => {
    const { x, y } = await tab.place("[g_editable]");
    const data = { items: [], files: [file], dragOperationsMask: 1 };
    for (const type of ["dragEnter", "dragOver", "drop"]) await tab.send("Input.dispatchDragEvent", { type, x, y, data });
  },
  // Chromium has no way for a test to put a file on the clipboard: this one is made by a script of the page.
  pasted: async (_t, tab, file) => {
    await tab.run(
      (name, text) => {
        const clipboardData = new DataTransfer();
        clipboardData.items.add(new File([text], name));
        document.querySelector("[g_editable]")?.dispatchEvent(new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true, composed: true }));
      },
      path.basename(file),
      fs.readFileSync(file, "utf8"),
    );
  },
};

/** @param {Case} t @param {number} first */
const uploads = (t, first) => t.seat.gmail.uploads.slice(first).map(({ name }) => name);

/** @type {CaseDefinition[]} */
export default [
  ...Object.entries(WAYS).flatMap(([way, into]) => [
    {
      name: `file-${way}-goes-on-once`,
      /** @param {Case} t */
      async run(t) {
        const first = t.seat.gmail.uploads.length;
        const tab = await t.open(MAIL);
        await tab.click("[g_editable]");
        await into(t, tab, fileOf(t, `minutes-${way}.txt`));
        await waitFor("the upload", () => uploads(t, first).length > 0);
        await sleep(400);
        assert.deepEqual(uploads(t, first), [`minutes-${way}.txt`]);
        assert.equal(t.seat.gmail.uploads.at(-1)?.text, "Nothing of note.\n");
        assert.deepEqual(await tab.dialogs(), []);
        await tab.click(".aoO");
        await t.delivered();
      },
    },
    {
      name: `file-${way}-that-a-rule-refuses-is-not-uploaded`,
      /** @param {Case} t */
      async run(t) {
        const first = t.seat.gmail.uploads.length;
        const tab = await t.open(MAIL);
        await tab.click("[g_editable]");
        await into(t, tab, fileOf(t, `customers-${way}.accdb`));
        const dialog = await t.confirmation(tab, ["block"]);
        assert.match(await dialog.text(), new RegExp(`customers-${way}`));
        assert.match(await dialog.text(), /was not attached/);
        await dialog.click("#back");
        await dialog.closed();
        await sleep(400);
        assert.deepEqual(uploads(t, first), []);
        // And the mail itself is as it was.
        await tab.click(".aoO");
        await t.delivered();
      },
    },
  ]),
  {
    name: "file-picked-without-a-host-goes-on-and-the-mail-stays",
    async run(t) {
      t.seat.setHost("missing");
      await t.seat.endHost();
      const first = t.seat.gmail.uploads.length;
      const tab = await t.open(MAIL);
      const began = Date.now();
      await WAYS.picked?.(t, tab, fileOf(t, "minutes.txt"));
      await waitFor("the upload", () => uploads(t, first).length > 0);
      assert.ok(Date.now() - began < 8_000, "nobody waits for a host that is not there");
      await tab.click(".aoO");
      await t.failure(tab, ["host_missing"]);
      await t.nothingSent();
    },
  },
];
