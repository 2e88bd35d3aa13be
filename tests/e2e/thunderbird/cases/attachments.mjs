// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What is inside attachments, up to the window in which the person decides: real files, the real reader of files behind the real host.
import assert from "node:assert/strict";
import fs from "node:fs";
import { sleep, waitFor } from "../lib/marionette.mjs";
import { MY_NUMBERS, savedMail, spreadsheetWithHiddenColumn, zipOf } from "../lib/office_file.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/popup.mjs").Popup} Popup */

const CUSTOMER = "ito@c-corp.example";
const HIDDEN = `li[data-finding="hidden-personal-data"]`;
const MEGABYTE = 1024 * 1024;

/** What a person attaches and then writes on: the file is with the host long before Send. */
const WRITING_MS = 4_000;

/** Processes of this seat that run that program. @param {Case} t @param {string} program @returns {number[]} */
function running(t, program) {
  const hosts = t.thunderbird.hostProcesses("lastlook-host");
  if (program === "lastlook-host") return hosts;
  // The reader of files gets no environment, and with it no mark: it is known by whom it belongs to.
  return fs.readdirSync("/proc").map(Number).filter((pid) => pid > 0 && nameOf(pid) === program && hosts.includes(parentOf(pid)));
}

/** @param {number} pid */
function nameOf(pid) {
  try {
    return fs.readlinkSync(`/proc/${pid}/exe`).split("/").at(-1) ?? "";
  } catch {
    return "";
  }
}

/** @param {number} pid */
function parentOf(pid) {
  try {
    return Number(/^PPid:\s+(\d+)$/m.exec(fs.readFileSync(`/proc/${pid}/status`, "utf8"))?.[1]);
  } catch {
    return -1;
  }
}

/** Sheet, column and number, as a person reads them. @param {Popup} popup @param {string} file */
async function tellsWhere(popup, file) {
  const text = await popup.text(HIDDEN);
  assert.match(text, /一覧/, "the sheet");
  assert.match(text, /\bC2\b/, "the column");
  assert.ok(text.includes(file), `the file: ${text}`);
  assert.ok(text.includes(`${MY_NUMBERS.length} pieces`), `how many: ${text}`);
  // Beside the file itself, too.
  assert.match(await popup.text(`li[data-file="0"] .in-file`), /一覧/);
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "hidden-column-of-my-numbers",
    guards: true,
    keeps: true,
    async run(t) {
      const file = t.seat.file("名簿.xlsx", spreadsheetWithHiddenColumn(t.seat.directory));
      const compose = await t.compose({ to: [CUSTOMER], subject: "members", attachments: [file] });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await waitFor("the file to be read", async () => (await popup.count(HIDDEN)) === 1);
      await tellsWhere(popup, "名簿.xlsx");
      await popup.click("#back");
      await popup.closed();
      await t.nothingSent();
    },
  },
  {
    name: "hidden-column-in-a-zip-in-a-mail",
    guards: true,
    keeps: true,
    async run(t) {
      const sheet = spreadsheetWithHiddenColumn(t.seat.directory);
      const mail = savedMail("members.zip", zipOf(t.seat.directory, { "members.xlsx": sheet }));
      const compose = await t.compose({ to: [CUSTOMER], subject: "members", attachments: [t.seat.file("members.eml", mail)] });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await waitFor("the file to be read", async () => (await popup.count(HIDDEN)) === 1);
      await tellsWhere(popup, "members.xlsx");
      assert.match(await popup.text(HIDDEN), /members\.zip/);
      await popup.click("#back");
      await popup.closed();
      await t.nothingSent();
    },
  },
  {
    name: "file-removed-before-send",
    guards: true,
    async run(t) {
      const file = t.seat.file("名簿.xlsx", spreadsheetWithHiddenColumn(t.seat.directory));
      const compose = await t.compose({ to: [CUSTOMER], subject: "members", attachments: [file] });
      await compose.send();
      const first = await t.popup({ states: ["ready"] });
      await waitFor("the file to be read", async () => (await first.count(HIDDEN)) === 1);
      await first.click("#back");
      await first.closed();
      await compose.usable();
      await t.thunderbird.run(async (tools, id) => {
        const win = tools.byId(id);
        await win.RemoveAttachments([...win.document.getElementById("attachmentBucket").itemChildren]);
      }, compose.id);
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.count(HIDDEN), 0);
      await t.confirm(popup);
      await t.delivered();
    },
  },
  {
    name: "large-file-costs-nothing-at-send",
    guards: true,
    async run(t) {
      /** @param {string[]} attachments @param {number} writing */
      const timed = async (attachments, writing) => {
        const compose = await t.compose({ to: [CUSTOMER], subject: "plan", attachments });
        await sleep(writing);
        const started = Date.now();
        await compose.send();
        const popup = await t.popup({ states: ["ready"] });
        const took = Date.now() - started;
        const pending = await popup.count(`li[data-file-state="pending"]`);
        const read = await popup.count(`li[data-file-state="read"]`);
        await popup.click("#back");
        await popup.closed();
        await compose.usable();
        await compose.discard();
        return { took, pending, read };
      };
      const line = "番号,品名,数量,備考\r\n1001,ねじ,20,在庫あり\r\n";
      const file = t.seat.file("在庫.csv", Buffer.alloc(25 * MEGABYTE, line));
      await timed([], 0);
      const without = await timed([], 0);
      const scanned = await timed([file], 5 * WRITING_MS);
      t.notes.push({ level: "info", text: `window ${without.took} ms without a file, ${scanned.took} ms with 25 MB` });
      assert.deepEqual({ pending: scanned.pending, read: scanned.read }, { pending: 0, read: 1 });
      assert.ok(scanned.took < without.took + 1_500, `${scanned.took} ms with the file, ${without.took} ms without`);
    },
  },
  {
    name: "reader-of-files-dies",
    guards: true,
    async run(t) {
      // The first file starts the reader; it then waits for the next one.
      const compose = await t.compose({ to: [CUSTOMER], subject: "plan", attachments: [t.seat.file("first.txt", "the plan")] });
      const readers = await waitFor("the reader of files", () => {
        const found = running(t, "lastlook-inspect");
        return found.length > 0 ? found : undefined;
      });
      await sleep(1_000);
      for (const pid of readers) process.kill(pid, "SIGSTOP");
      await compose.write({ attachments: [t.seat.file("second.txt", "another plan")] });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.count(`li[data-file="1"][data-file-state="pending"]`), 1, "the second file is being checked");
      assert.equal(await popup.enabled("#send"), false, "nothing is sent as long as a file is being checked");
      assert.ok((await popup.text("#send-status")).length > 8);
      for (const pid of readers) process.kill(pid, "SIGKILL");
      await waitFor("the window to fill in", async () => (await popup.count(`li[data-file="1"][data-file-state="uninspected"]`)) === 1);
      assert.equal(await popup.count(`li[data-finding="uninspected-attachment"]`), 1);
      assert.match(await popup.text(`li[data-finding="uninspected-attachment"]`), /second\.txt/);
      await t.confirm(popup);
      await t.delivered();
    },
  },
  {
    name: "host-restarted-knows-no-file",
    guards: true,
    keeps: true,
    async run(t) {
      const file = t.seat.file("名簿.xlsx", spreadsheetWithHiddenColumn(t.seat.directory));
      const compose = await t.compose({ to: [CUSTOMER], subject: "members", attachments: [file] });
      await sleep(WRITING_MS);
      const before = running(t, "lastlook-host");
      assert.ok(before.length > 0);
      for (const pid of before) process.kill(pid, "SIGKILL");
      await waitFor("another host", () => running(t, "lastlook-host").some((pid) => !before.includes(pid)));
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await waitFor("the file to be read once more", async () => (await popup.count(HIDDEN)) === 1);
      await tellsWhere(popup, "名簿.xlsx");
      await popup.click("#back");
      await popup.closed();
      await t.nothingSent();
    },
  },
  {
    name: "file-gone-from-the-disk",
    guards: true,
    keeps: true,
    async run(t) {
      const file = t.seat.file("gone.txt", "the plan");
      const compose = await t.compose({ to: [CUSTOMER], subject: "plan", attachments: [file] });
      await sleep(1_000);
      fs.rmSync(file);
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.count(`li[data-file="0"][data-file-state="uninspected"]`), 1);
      assert.match(await popup.text(`li[data-finding="uninspected-attachment"]`), /gone\.txt/);
      await popup.click("#back");
      await popup.closed();
      await t.nothingSent();
    },
  },
];
