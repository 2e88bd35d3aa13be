// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The real host behind fault_proxy.mjs. In each case: nothing is sent, the person reads what happened, the compose window
// is usable again, and once the host is well the same mail goes its ordinary way.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../lib/marionette.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const CUSTOMER = "ito@c-corp.example";
/** Longer than any deadline of the extension for an answer. */
const DEADLINE_MS = 45_000;

/** Ends the host, so that the next check must open a new port. @param {Case} t */
async function endHost(t) {
  for (const name of ["fault_proxy.mjs", "lastlook-host"]) {
    for (const pid of t.thunderbird.hostProcesses(name)) process.kill(pid, "SIGKILL");
  }
  await waitFor("the host to end", () => t.thunderbird.hostProcesses("fault_proxy.mjs").length === 0);
}

/**
 * After a failure: back to the mail, the host made well, the same mail sent.
 * @param {Case} t @param {import("../lib/compose.mjs").Compose} compose @param {import("../lib/popup.mjs").Popup} popup
 */
async function recovers(t, compose, popup) {
  await popup.click("#back");
  await popup.closed();
  await compose.usable();
  await t.nothingSent();
  t.seat.setHost("proxy");
  t.seat.fault({ mode: "pass" });
  await compose.write({ body: "Written on after the failure." });
  await compose.send();
  await t.confirm(await t.popup({ states: ["ready"] }));
  await t.delivered();
  await compose.closed();
}

/** A fault that strikes while the mail is checked. @param {string} mode @param {string[]} reasons */
const atCheck = (mode, reasons) => ({
  name: `check-${mode.replaceAll("_", "-")}`,
  guards: true,
  keeps: true,
  /** @param {Case} t */
  async run(t) {
    t.seat.fault({ mode });
    const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
    await compose.send();
    const popup = await t.popup({ states: ["failure"], timeout: Math.min(DEADLINE_MS, t.patience * 2.5) });
    assert.ok(t.seat.faultLines().includes(`fault ${mode}`), "the fault did not strike");
    await t.reads(popup, reasons);
    await recovers(t, compose, popup);
  },
});

/** A fault that strikes after the person said yes. @param {string} mode @param {string[]} reasons */
const atCommit = (mode, reasons) => ({
  name: `commit-${mode.replaceAll("_", "-")}`,
  guards: true,
  keeps: true,
  /** @param {Case} t */
  async run(t) {
    t.seat.fault({ mode, method: "draft.commit" });
    const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
    await compose.send();
    await t.confirm(await t.popup({ states: ["ready"] }));
    const popup = await t.popup({ states: ["failure"], timeout: DEADLINE_MS });
    assert.ok(t.seat.faultLines().includes(`fault ${mode}`), "the fault did not strike");
    await t.reads(popup, reasons);
    await recovers(t, compose, popup);
  },
});

const GARBAGE = ["host_garbage"];
const UNKNOWN_KEY = ["host_unknown_key", "host_garbage"];

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  atCheck("crash", ["host_crashed"]),
  atCheck("hang", ["host_timeout"]),
  // Mozilla ends a port whose host sends what is not JSON, so this may look like a crash from inside the extension.
  atCheck("garbage", ["host_garbage", "host_crashed"]),
  atCheck("not_an_object", GARBAGE),
  atCheck("unknown_key", UNKNOWN_KEY),
  atCheck("missing_verdict", GARBAGE),
  atCheck("wrong_types", GARBAGE),
  atCheck("unknown_disposition", GARBAGE),
  atCheck("empty_result", GARBAGE),
  atCheck("internal_error", ["host_error"]),
  atCommit("crash", ["host_crashed"]),
  atCommit("unknown_key_in_patch", UNKNOWN_KEY),
  atCommit("empty_result", GARBAGE),
  {
    name: "read-back-differs",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.fault({ mode: "no_match", method: "draft.verify" });
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const popup = await t.popup({ states: ["failure"] });
      assert.ok(t.seat.faultLines().includes("fault no_match"), "the fault did not strike");
      await t.reads(popup, ["patch_failed"]);
      assert.deepEqual((await compose.state()).to, [CUSTOMER]);
      await recovers(t, compose, popup);
    },
  },
  {
    name: "back-while-a-slow-check-runs",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.fault({ mode: "delay", delay_ms: 6_000 });
      const compose = await t.compose({ to: ["hanako@hikari.example.co.jp"], subject: "lunch" });
      await compose.send();
      const popup = await t.popup({ states: ["loading"] });
      await popup.click("#back");
      await popup.closed();
      await compose.usable({ timeout: 3_000 });
      // The answer, "allow", comes after the person has gone back.
      await waitFor("the late answer", () => t.seat.faultLines().includes("fault delay"));
      await sleep(6_500);
      await t.nothingSent();
      assert.equal((await compose.state()).editable, true, "the window stays usable");
    },
  },
  {
    name: "host-too-old",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.fault({ mode: "too_old", method: "hello" });
      await endHost(t);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      assert.ok(t.seat.faultLines().includes("fault too_old"), "the fault did not strike");
      await t.reads(popup, ["host_too_old"]);
      await recovers(t, compose, popup);
    },
  },
  {
    name: "host-not-installed",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.setHost("missing");
      await endHost(t);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await t.reads(popup, ["host_missing"]);
      await recovers(t, compose, popup);
    },
  },
  {
    name: "host-exits-at-once",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.setHost("exits");
      await endHost(t);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await t.reads(popup, ["host_crashed"]);
      await recovers(t, compose, popup);
    },
  },
  {
    name: "host-killed-between-mails",
    guards: true,
    async run(t) {
      await endHost(t);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      await t.delivered();
    },
  },
  {
    name: "inside-mail-is-held-too",
    guards: true,
    keeps: true,
    async run(t) {
      // Who is inside is the host's knowledge: without it no mail is harmless.
      t.seat.fault({ mode: "crash" });
      const compose = await t.compose({ to: ["hanako@hikari.example.co.jp"], subject: "lunch" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await t.reads(popup, ["host_crashed"]);
      await popup.press("Escape");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      t.seat.fault({ mode: "pass" });
      await compose.send();
      await t.delivered();
    },
  },
  {
    name: "send-unchecked-needs-a-second-click",
    guards: true,
    keeps: true,
    async run(t) {
      t.seat.setHost("missing");
      await endHost(t);
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["failure"] });
      await t.reads(popup, ["host_missing"]);
      assert.equal(await popup.enabled("#send-unchecked"), false, "one click alone must not send");
      await popup.click("#unchecked-confirm");
      await waitFor("the second button", () => popup.enabled("#send-unchecked"));
      await t.nothingSent();
      await popup.click("#send-unchecked");
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER]);
      await compose.closed();
      t.seat.setHost("proxy");
    },
  },
];
