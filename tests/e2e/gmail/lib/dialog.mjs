// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Lastlook's dialog over the page. Its shadow root is closed to the page; the debugger may look in.
import { sleep, waitFor } from "../../thunderbird/lib/marionette.mjs";

/** Nobody reads a new dialog faster; it ignores keys that come earlier. */
const SEEN_MS = 500;

export class Dialog {
  /** @param {import("./tab.mjs").Tab} tab @param {string} kind @param {string} objectId of the shadow root */
  constructor(tab, kind, objectId) {
    this.tab = tab;
    this.kind = kind;
    this.objectId = objectId;
    this.seenAt = Date.now();
  }

  /** @param {import("./tab.mjs").Tab} tab @param {string} kind @param {{timeout?: number, states?: string[]}} [options] */
  static async wait(tab, kind, { timeout = 20_000, states = ["ready", "block", "failure"] } = {}) {
    let state = "none";
    const found = waitFor(
      `a ${kind} dialog in state ${states.join(" or ")}`,
      async () => {
        const objectId = await rootOf(tab, kind).catch(() => undefined);
        if (!objectId) return undefined;
        const dialog = new Dialog(tab, kind, objectId);
        if (kind === "late") return dialog;
        state = await dialog.run((root) => root.querySelector(".page").dataset.state).catch(() => "");
        return states.includes(state) ? dialog : undefined;
      },
      { timeout, every: 60 },
    );
    return found.catch(async (error) => {
      const others = await tab.dialogs().catch(() => []);
      throw new Error(`${error.message}; it was in state ${state}; open: ${others}`);
    });
  }

  /** @template {any[]} A @param {(root: any, ...all: A) => any} script @param {A} all @returns {Promise<any>} */
  async run(script, ...all) {
    const { result, exceptionDetails } = await this.tab.send("Runtime.callFunctionOn", {
      objectId: this.objectId,
      functionDeclaration: `function (...all) { return (${script})(this, ...all); }`,
      arguments: all.map((value) => ({ value })),
      returnByValue: true,
    });
    if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
    return result.value;
  }

  /** @returns {Promise<string>} */
  state() {
    return this.run((root) => root.querySelector(".page").dataset.state);
  }

  /** @returns {Promise<string>} */
  failure() {
    return this.run((root) => root.querySelector(".page").dataset.failure);
  }

  /** @param {string} [selector] @returns {Promise<string>} */
  text(selector = "dialog") {
    return this.run((root, wanted) => root.querySelector(wanted)?.innerText ?? "", selector);
  }

  /** @param {string} selector */
  async click(selector) {
    const at = await this.run((root, wanted) => {
      const element = root.querySelector(wanted);
      if (!element) throw new Error(`${wanted} is not in the dialog`);
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      if (box.width === 0) throw new Error(`${wanted} is not shown`);
      const point = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      const there = root.elementFromPoint(point.x, point.y);
      if (there !== element && !element.contains(there) && !there?.contains(element)) throw new Error(`${wanted} is covered by ${there?.tagName}.${there?.className}`);
      return point;
    }, selector);
    await this.tab.clickAt(at);
  }

  /** @param {string} key @param {object} [held] */
  async press(key, held) {
    await sleep(Math.max(0, this.seenAt + SEEN_MS - Date.now()));
    await this.tab.press(key, held);
  }

  /** Ticks every box that stands for something to acknowledge. */
  async tickAll() {
    const names = await this.run((root) => [...root.querySelectorAll("input[type=checkbox][data-acknowledge]")].filter((box) => !box.checked).map((box) => box.dataset.acknowledge));
    for (const name of names) await this.click(`input[type=checkbox][data-acknowledge=${JSON.stringify(name)}]`);
  }

  /** Ticks everything and sends. */
  async confirm() {
    await this.tickAll();
    await waitFor("Send to open", () => this.run((root) => !root.querySelector("#send").disabled));
    await this.click("#send");
  }

  async closed() {
    await waitFor(`the ${this.kind} dialog to close`, async () => !(await this.tab.dialogs()).includes(this.kind));
  }
}

/** @param {import("./tab.mjs").Tab} tab @param {string} kind @returns {Promise<string | undefined>} */
async function rootOf(tab, kind) {
  const { root } = await tab.send("DOM.getDocument", { depth: 0 });
  const { nodeIds } = await tab.send("DOM.querySelectorAll", { nodeId: root.nodeId, selector: `div[data-lastlook=${kind}]` });
  const nodeId = nodeIds.at(-1);
  if (!nodeId) return undefined;
  const { node } = await tab.send("DOM.describeNode", { nodeId, depth: 1, pierce: true });
  const shadow = node.shadowRoots?.[0];
  if (!shadow) return undefined;
  const { object } = await tab.send("DOM.resolveNode", { backendNodeId: shadow.backendNodeId });
  return object.objectId;
}
