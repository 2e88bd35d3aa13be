// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Gmail in headless Chromium, with the real host: from Send to the painted question, beside what the way to a host that only echoes
// costs in the same browser; and what the listener costs the page per key and click. Nothing is gated: read the ratios.
//   LASTLOOK_HOST=build/…/host/lastlook-host node tests/bench/gmail.mjs [--rounds N]
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "../../extension/build.mjs";
import { EXTENSION_ID, Seat } from "../e2e/gmail/lib/seat.mjs";
import { POLICY } from "../e2e/gmail/policies.mjs";
import { sleep, waitFor } from "../e2e/thunderbird/lib/marionette.mjs";

const ECHO_HOST = fileURLToPath(new URL("echo_host.mjs", import.meta.url));
const EVENTS = 2_000;

const at = process.argv.indexOf("--rounds");
const rounds = at < 0 ? 15 : Number(process.argv[at + 1]);
const hostBinary = path.resolve(process.env.LASTLOOK_HOST ?? "");
if (!process.env.LASTLOOK_HOST || !fs.existsSync(hostBinary)) throw new Error("LASTLOOK_HOST must name the built lastlook-host");

/** @param {number[]} numbers */
const median = (numbers) => [...numbers].sort((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? NaN;
/** @param {string} what @param {number[]} numbers */
const line = (what, numbers) => console.log(`${what.padEnd(58)} median ${median(numbers).toFixed(2)} ms, worst ${Math.max(...numbers).toFixed(2)} ms of ${numbers.length}`);

/** Milliseconds from the release of the mouse on Send to the second frame with the dialog. @param {import("../e2e/gmail/lib/tab.mjs").Tab} tab */
async function sendToPainted(tab) {
  const place = await tab.place(".aoO");
  await tab.run(() => {
    /** @type {any} */ (window).painted = new Promise((resolve) => {
      const watch = new MutationObserver(() => {
        if (!document.querySelector("div[data-lastlook=confirm]")) return;
        watch.disconnect();
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.timeOrigin + performance.now())));
      });
      watch.observe(document.documentElement, { childList: true });
    });
  });
  await tab.send("Input.dispatchMouseEvent", { type: "mouseMoved", ...place });
  await tab.send("Input.dispatchMouseEvent", { type: "mousePressed", ...place, button: "left", buttons: 1, clickCount: 1 });
  const began = performance.timeOrigin + performance.now();
  await tab.send("Input.dispatchMouseEvent", { type: "mouseReleased", ...place, button: "left", buttons: 0, clickCount: 1 });
  const painted = await tab.run(() => /** @type {any} */ (window).painted);
  const dialog = await tab.dialog("confirm", { states: ["ready"] });
  await dialog.click("#back");
  await dialog.closed();
  return painted - began;
}

/** The extension's own world in a tab. @param {Seat} seat @param {import("../e2e/gmail/lib/tab.mjs").Tab} tab */
async function ownWorld(seat, tab) {
  let id = 0;
  const cdp = /** @type {import("../e2e/gmail/lib/cdp.mjs").Cdp} */ (seat.cdp);
  const listen = (/** @type {any} */ { method, params }) => {
    if (method === "Runtime.executionContextCreated" && params.context.origin.includes(EXTENSION_ID)) id = params.context.id;
  };
  cdp.listeners.add(listen);
  await tab.send("Runtime.disable");
  await tab.send("Runtime.enable");
  await waitFor("the extension's world", () => id > 0);
  cdp.listeners.delete(listen);
  return id;
}

/** Milliseconds per event at the window: with our listener, and with one that says nothing. @param {Seat} seat @param {import("../e2e/gmail/lib/tab.mjs").Tab} tab @param {string} make an event @param {string} selector */
async function perEvent(seat, tab, make, selector) {
  const contextId = await ownWorld(seat, tab);
  const expression = `(() => {
    const gate = globalThis.lastlookGate, real = gate.onEvent, target = document.querySelector(${JSON.stringify(selector)});
    const run = () => { const began = performance.now(); for (let i = 0; i < ${EVENTS}; i += 1) target.dispatchEvent(${make}); return (performance.now() - began) / ${EVENTS}; };
    const all = { ours: [], without: [] };
    for (let round = 0; round < 7; round += 1) {
      gate.onEvent = real; all.ours.push(run());
      gate.onEvent = () => false; all.without.push(run());
    }
    gate.onEvent = real;
    return all;
  })()`;
  const { result, exceptionDetails } = await tab.send("Runtime.evaluate", { contextId, expression, returnByValue: true });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

/** A round trip of 1 KB to a host that gives back what it gets, from the extension's worker. @param {Seat} seat */
async function echoes(seat) {
  const program = path.join(seat.directory, "echo.sh");
  fs.writeFileSync(program, `#!/bin/sh\nexec '${process.execPath}' '${ECHO_HOST}' "$@"\n`, { mode: 0o755 });
  const manifest = { name: "lastlook_echo", description: "echo", path: program, type: "stdio", allowed_origins: [`chrome-extension://${EXTENSION_ID}/`] };
  fs.writeFileSync(path.join(seat.profile, "NativeMessagingHosts", "lastlook_echo.json"), JSON.stringify(manifest));
  const cdp = /** @type {import("../e2e/gmail/lib/cdp.mjs").Cdp} */ (seat.cdp);
  const { targetId } = await seat.workerTarget();
  const { sessionId } = await cdp.send("Target.attachToTarget", { targetId, flatten: true });
  const expression = `(async () => {
    const port = chrome.runtime.connectNative("lastlook_echo"), text = "x".repeat(1000), all = [];
    for (let i = 0; i < 60; i += 1) {
      const began = performance.now();
      await new Promise((resolve, reject) => { const hear = () => { port.onMessage.removeListener(hear); resolve(); }; port.onMessage.addListener(hear); port.onDisconnect.addListener(reject); port.postMessage({ id: i, text }); });
      if (i >= 10) all.push(performance.now() - began);
    }
    port.disconnect();
    return all;
  })()`;
  const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
  await cdp.send("Target.detachFromTarget", { sessionId });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value;
}

const work = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-bench-"));
fs.chmodSync(work, 0o755);
const seat = await Seat.start({ hostBinary, policy: POLICY, extension: build("gmail", work).folder });
try {
  const to = Array.from({ length: 10 }, (_, index) => `Person ${index} <p${index}@c${index}.example>`);
  const tab = await seat.open({ people: { to }, subject: "offer", body: "Good morning,\nplease find the file attached." });
  const times = [];
  for (let round = 0; round < rounds + 3; round += 1) {
    const time = await sendToPainted(tab);
    // The first ones are not warm.
    if (round >= 3) times.push(time);
    await sleep(150);
  }
  line("Send to the painted question, 10 recipients", times);
  const echo = await echoes(seat);
  line("1 KB to an echo host and back, from the worker", echo);
  console.log(`${"the question, in round trips to the echo host".padEnd(58)} ${(median(times) / median(echo)).toFixed(1)}`);
  for (const [what, make, selector] of [
    ["an ordinary key in the text", 'new KeyboardEvent("keydown", { key: "a", code: "KeyA", bubbles: true, composed: true })', "[g_editable]"],
    ["Enter in the text", 'new KeyboardEvent("keydown", { key: "Enter", code: "Enter", bubbles: true, composed: true })', "[g_editable]"],
    ["a click in the text", 'new MouseEvent("click", { bubbles: true, composed: true })', "[g_editable]"],
    ["a click outside the mail", 'new MouseEvent("click", { bubbles: true, composed: true })', "#search"],
  ]) {
    const { ours, without } = await perEvent(seat, tab, make ?? "", selector ?? "");
    console.log(`${`the listener, ${what}`.padEnd(58)} ${(median(ours) - median(without)).toFixed(4)} ms (${median(ours).toFixed(4)} against ${median(without).toFixed(4)} without it)`);
  }
} finally {
  await seat.close();
  fs.rmSync(work, { recursive: true, force: true });
}
