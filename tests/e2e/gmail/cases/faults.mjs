// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The real host behind fault_proxy.mjs, the worker stopped, the extension gone: nothing is sent, and the person reads why.
import assert from "node:assert/strict";
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";
import { violationsOf } from "../lib/axe.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../run.mjs").CaseDefinition} CaseDefinition */

const CUSTOMER = "ito@c-corp.example";
const SEND = ".aoO";
const OFFER = { people: { to: [CUSTOMER] }, subject: "offer", body: "Good morning" };
const INSIDE_MAIL = { ...OFFER, people: { to: [`hanako@${INSIDE}`] } };
/** Longer than the extension waits for an answer. */
const DEADLINE_MS = 45_000;

/** Once the host is well, the same mail goes its ordinary way. @param {Case} t @param {import("../lib/tab.mjs").Tab} tab @param {import("../lib/dialog.mjs").Dialog} dialog */
async function recovers(t, tab, dialog) {
  await dialog.click("#back");
  await dialog.closed();
  await t.nothingSent();
  t.seat.setHost("proxy");
  t.seat.fault({ mode: "pass" });
  await tab.click(SEND);
  await (await t.confirmation(tab)).confirm();
  await t.delivered();
}

/** @param {string} mode @param {string[]} reasons @param {string} [method] @returns {CaseDefinition} */
const fault = (mode, reasons, method = "draft.evaluate") => ({
  name: `${method.split(".")[1]}-${mode.replaceAll("_", "-")}`,
  async run(t) {
    t.seat.fault({ mode, method });
    const tab = await t.open(OFFER);
    await tab.click(SEND);
    if (method !== "draft.evaluate") await (await t.confirmation(tab)).confirm();
    const dialog = await t.failure(tab, reasons, DEADLINE_MS);
    assert.ok(t.seat.faultLines().includes(`fault ${mode}`), "the fault did not strike");
    await recovers(t, tab, dialog);
  },
});

/** @type {CaseDefinition[]} */
export default [
  fault("crash", ["host_crashed"]),
  fault("hang", ["host_timeout"]),
  // Chromium says nothing about an answer that is no JSON; it only never comes.
  fault("garbage", ["host_garbage", "host_crashed", "host_timeout"]),
  fault("unknown_key", ["host_unknown_key", "host_garbage"]),
  fault("crash", ["host_crashed"], "draft.commit"),
  fault("no_match", ["patch_failed"], "draft.verify"),
  {
    name: "subject-changed",
    async run(t) {
      t.seat.fault({ mode: "new_subject", method: "draft.commit" });
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      await (await t.confirmation(tab)).confirm();
      assert.equal((await t.delivered()).subject, "[checked] offer");
      assert.ok(t.seat.faultLines().includes("fault new_subject_read"), "it was not read back");
    },
  },
  {
    name: "subject-that-the-page-does-not-keep",
    async run(t) {
      t.seat.fault({ mode: "new_subject", method: "draft.commit" });
      const tab = await t.open({ ...OFFER, eatsSubject: true });
      await tab.click(SEND);
      await (await t.confirmation(tab)).confirm();
      await t.failure(tab, ["patch_failed"]);
      await t.nothingSent();
      assert.equal(await tab.run(() => /** @type {any} */ (window).composes[0].subject.value), "offer");
    },
  },
  {
    name: "host-too-old",
    async run(t) {
      t.seat.fault({ mode: "too_old", method: "hello" });
      await t.seat.endHost();
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      await recovers(t, tab, await t.failure(tab, ["host_too_old"]));
    },
  },
  {
    name: "host-missing-and-sent-unchecked-with-a-second-click",
    async run(t) {
      t.seat.setHost("missing");
      await t.seat.endHost();
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      const dialog = await t.failure(tab, ["host_missing"]);
      assert.equal(await dialog.run((root) => root.querySelector("#send-unchecked").disabled), true, "one click is not enough");
      assert.deepEqual(await violationsOf(dialog), []);
      await t.nothingSent();
      await dialog.click("#unchecked-confirm");
      await dialog.click("#send-unchecked");
      await t.delivered();
      t.seat.setHost("proxy");
    },
  },
  {
    name: "mail-changed-while-it-is-checked",
    async run(t) {
      t.seat.fault({ mode: "delay", delay_ms: 1_200 });
      const tab = await t.open(INSIDE_MAIL);
      await tab.click(SEND);
      await sleep(300);
      // The verdict under way is about a mail to a colleague only.
      await tab.run((text) => /** @type {any} */ (window).composes[0].fields.to.add(text), CUSTOMER);
      const dialog = await t.confirmation(tab);
      assert.match(await dialog.text(), /ito@c-corp\.example/);
      assert.deepEqual(t.sent, []);
      await dialog.confirm();
      await t.delivered();
    },
  },
  {
    name: "second-press-during-a-check-sends-once",
    async run(t) {
      t.seat.fault({ mode: "delay", delay_ms: 1_200 });
      const tab = await t.open({ ...INSIDE_MAIL, keeps: true });
      const at = await tab.place(SEND);
      await Promise.all([tab.clickAt(at), tab.clickAt(at, 2), tab.press("Enter", { ctrl: true })]);
      await t.delivered();
    },
  },
  {
    name: "back-while-a-slow-check-runs",
    async run(t) {
      t.seat.fault({ mode: "delay", delay_ms: 8_000 });
      const tab = await t.open(INSIDE_MAIL);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab, ["loading"]);
      await dialog.click("#back");
      await dialog.closed();
      await sleep(8_500);
      await t.nothingSent();
    },
  },
  {
    name: "worker-stopped-while-a-check-runs",
    async run(t) {
      t.seat.fault({ mode: "delay", delay_ms: 20_000 });
      const tab = await t.open(INSIDE_MAIL);
      await tab.click(SEND);
      await waitFor("the request to reach the host", () => t.seat.faultLines().includes("request draft.evaluate"));
      await t.seat.stopWorker();
      const dialog = await t.failure(tab, ["host_crashed"]);
      t.seat.fault({ mode: "pass" });
      await dialog.click("#back");
      await t.nothingSent();
      await tab.click(SEND);
      await t.delivered();
    },
  },
  {
    name: "worker-stopped-while-the-person-reads",
    async run(t) {
      const tab = await t.open(OFFER);
      await tab.click(SEND);
      const dialog = await t.confirmation(tab);
      await t.seat.stopWorker();
      await dialog.confirm();
      await t.delivered();
    },
  },
  {
    name: "mail-that-goes-round-the-guard-is-recorded",
    async run(t) {
      const tab = await t.open(INSIDE_MAIL);
      await tab.click(SEND);
      await t.delivered();
      assert.ok(!t.seat.faultLines().includes("request draft.cancelled"), "a mail that was checked is none of these");
      // No gesture at all: some part of Gmail that nobody knows sends by itself.
      await tab.run(() => /** @type {any} */ (window).composes[0].go("round"));
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request draft.cancelled"));
    },
  },
  {
    name: "compose-that-is-not-understood-is-told-before-send",
    async run(t) {
      const tab = await t.open(INSIDE_MAIL);
      await tab.run(() => document.querySelector(".anm[name=to]")?.removeAttribute("name"));
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request client.problem"));
      await tab.click(SEND);
      await t.failure(tab, ["page_unknown"]);
      await t.nothingSent();
    },
  },
  {
    name: "pop-out-tells-its-outcome-when-it-closes",
    async run(t) {
      const tab = await t.open({ people: { to: [] } });
      t.seat.fault({ mode: "pass" });
      const popOut = await t.seat.openFrom(tab, { ...INSIDE_MAIL, samples: ["23"], closes: true });
      await popOut.click(SEND);
      await t.delivered();
      await waitFor("the host to be told", () => t.seat.faultLines().includes("request draft.sent"));
    },
  },
  {
    name: "extension-reloaded-under-an-open-tab",
    async run(t) {
      const tab = await t.open(OFFER);
      await t.seat.loadExtension();
      const late = await tab.dialog("late");
      assert.match(await late.text(), /reload/i);
      await t.nothingSent();
      // Even without that cover, the old guard lets nothing out.
      await tab.run(() => document.querySelectorAll("div[data-lastlook]").forEach((one) => one.remove()));
      await tab.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).click(), SEND);
      await t.failure(tab, ["extension_gone"]);
      await t.nothingSent();
      await tab.reload();
      await tab.click(SEND);
      await (await t.confirmation(tab)).confirm();
      await t.delivered();
    },
  },
];

/** These start without the extension. @type {CaseDefinition[]} */
export const withoutExtension = [
  {
    name: "tab-opened-before-the-installation",
    async run(t) {
      const tab = await t.open(OFFER);
      await t.seat.loadExtension();
      const late = await tab.dialog("late");
      assert.match(await late.text(), /reload/i);
      await tab.press("Escape");
      await tab.press("Escape");
      await tab.clickAt(await tab.place(SEND));
      await tab.press("Enter");
      await t.nothingSent();
      await (await tab.dialog("late")).click("button");
      await sleep(500);
      await tab.ready();
      await tab.click(SEND);
      await (await t.confirmation(tab)).confirm();
      await t.delivered();
    },
  },
];
