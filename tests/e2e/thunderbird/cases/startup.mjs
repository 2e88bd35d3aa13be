// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The moments in which a guard may not be standing yet. Each case starts Thunderbird itself.
import assert from "node:assert/strict";
import { Compose } from "../lib/compose.mjs";
import { sleep, waitFor } from "../lib/marionette.mjs";
import { raiseVersion } from "../lib/xpi.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const CUSTOMER = "ito@c-corp.example";

/** Asked, said yes, delivered. @param {Case} t */
async function askedAndSent(t) {
  await t.nothingSent();
  await t.confirm(await t.popup({ states: ["ready"] }));
  const { envelope } = await t.delivered();
  assert.deepEqual(envelope, [CUSTOMER]);
}

/** @param {Case} t @param {number} started */
async function notePressed(t, started) {
  const milliseconds = Date.now() - started;
  const page = await t.thunderbird.run((tools) => tools.addon()?.backgroundState ?? "not there");
  t.notes.push({ level: "info", text: `Send was pressed ${milliseconds} ms after the process started, the extension's page was ${page}` });
}

/** Thunderbird with the extension installed for good, ended again: the next start is a working day's. @param {Case} t @param {string} xpi */
async function installedYesterday(t, xpi) {
  await t.thunderbird.start();
  await t.thunderbird.ready();
  await t.thunderbird.install(xpi);
  await waitFor("the extension to run", () => t.thunderbird.run((tools) => tools.addon()?.backgroundState === "running"));
  await sleep(300);
  assert.equal(await t.thunderbird.quit(), 0, "processes left behind by a clean exit");
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case, xpi: string) => Promise<void>}[]} */
export default [
  {
    name: "first-second-after-start",
    guards: true,
    async run(t, xpi) {
      await installedYesterday(t, xpi);
      const started = Date.now();
      await t.thunderbird.start();
      await waitFor("a main window that takes commands", () =>
        t.thunderbird.run(() => typeof Services.wm.getMostRecentWindow("mail:3pane")?.goDoCommand === "function"),
      );
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await notePressed(t, started);
      await compose.send();
      await askedAndSent(t);
      await compose.closed();
    },
  },
  {
    name: "compose-on-the-command-line",
    guards: true,
    async run(t, xpi) {
      await installedYesterday(t, xpi);
      const started = Date.now();
      await t.thunderbird.start(["-compose", `to='${CUSTOMER}',subject='${t.tag} offer',body='Good morning'`]);
      const compose = await Compose.adopt(t.thunderbird);
      assert.deepEqual((await compose.state()).to, [CUSTOMER]);
      await notePressed(t, started);
      await compose.send();
      await askedAndSent(t);
    },
  },
  {
    name: "open-window-when-installed-and-updated",
    guards: true,
    async run(t, xpi) {
      await t.thunderbird.start();
      await t.thunderbird.ready();
      const writing = await t.compose({ to: [CUSTOMER], subject: "begun-before-installation" });
      const waiting = await t.compose({ to: ["mori@d-corp.example"], subject: "begun-before-update" });
      await t.thunderbird.install(xpi);
      await writing.send();
      await t.nothingSent();
      await t.confirm(await t.popup({ states: ["ready"] }));
      await t.delivered({ having: "before-installation" });
      await writing.closed();

      const higher = `${t.seat.directory}/higher.xpi`;
      raiseVersion(xpi, higher);
      const before = await t.thunderbird.run((tools) => tools.addon().version);
      await t.thunderbird.install(higher);
      await waitFor("the new version", () => t.thunderbird.run((tools, old) => tools.addon() && tools.addon().version !== old, before));
      await waiting.send();
      await t.nothingSent("before-update");
      await t.confirm(await t.popup({ states: ["ready"] }));
      await t.delivered({ having: "before-update" });
      await waiting.closed();
    },
  },
  {
    name: "update-while-asking",
    guards: true,
    keeps: true,
    async run(t, xpi) {
      await t.thunderbird.start();
      await t.thunderbird.ready();
      await t.thunderbird.install(xpi);
      const compose = await t.compose({ to: [CUSTOMER], subject: "asked-by-the-old" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      const higher = `${t.seat.directory}/higher.xpi`;
      raiseVersion(xpi, higher);
      const version = () => t.thunderbird.run((tools) => tools.addon()?.version);
      const before = await version();
      // An update now would take the question away and leave the mail locked; so it has to wait for the answer.
      const updated = t.thunderbird.install(higher);
      updated.catch(() => {}); // awaited below, unless the case has failed before
      await sleep(1_500);
      await t.nothingSent();
      assert.equal(await popup.isOpen(), true, "the question stays");
      await popup.click("#back");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      await updated;
      await waitFor("the new version", async () => ![undefined, before].includes(await version()));
      await compose.send();
      await askedAndSent(t);
    },
  },
  {
    name: "no-host-since-the-start",
    guards: true,
    keeps: true,
    async run(t, xpi) {
      t.seat.setHost("missing");
      await installedYesterday(t, xpi);
      await t.thunderbird.start();
      await t.thunderbird.ready();
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await t.reads(popup, ["host_missing"]);
      await popup.click("#back");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      // The administrator installs the host; nobody restarts Thunderbird.
      t.seat.setHost("direct");
      await compose.send();
      await askedAndSent(t);
    },
  },
];
