// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Changes the page around the mail as an update of Gmail might, presses Send, and looks: the mail may be stopped, or asked about
// with everybody in it named, and never leave unseen. A run is told by its seed.
import assert from "node:assert/strict";
import { sleep } from "../../thunderbird/lib/marionette.mjs";

const OUTCOME_WITHIN_MS = 12_000;
/** No question and no mail by now: what was pressed did nothing. */
const QUIET_MS = 700;

/** @param {number} seed Mulberry32, a public-domain generator by Tommy Ettinger */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let value = Math.imul(state ^ (state >>> 15), 1 | state);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Runs in the page. @param {number[]} numbers from 0 to 1 */
function mutate(numbers) {
  let at = 0;
  const next = () => numbers[at++ % numbers.length] ?? 0;
  const pick = (/** @type {any[]} */ list) => list[Math.floor(next() * list.length)];
  const { root, shell, send } = /** @type {any} */ (window).composes[0];
  const interesting = [
    "[role=button]", "[role=option]", ".anm", ".GS", ".agb", "[role=combobox]", "[name=subjectbox]", "[g_editable]", ".M9", ".IZ", ".Up", ".dC", "form",
    "[role=option] *", "[name=from]", ".aoD", "[role=dialog]", "[selector]",
  ];
  const attributes = ["role", "name", "data-hovercard-id", "data-name", "g_editable", "contenteditable", "aria-label", "data-tooltip", "tabindex", "class", "peoplekit-id", "id", "selector", "aria-haspopup"];
  const one = () => (next() < 0.25 ? send : pick([root, ...shell.querySelectorAll(pick(interesting) || "*"), ...root.querySelectorAll(pick(interesting))]));
  const done = [];
  for (let count = 1 + Math.floor(next() * 4); count > 0; count -= 1) {
    const element = one();
    if (!element?.parentElement) continue;
    const kind = pick(["attribute", "attribute", "class", "wrap", "move", "twin", "text", "shell"]);
    const name = element.className?.toString().slice(0, 20) ?? "";
    if (kind === "attribute") {
      const attribute = pick(attributes.filter((one) => element.hasAttribute(one)));
      if (attribute) element.removeAttribute(attribute);
      done.push(`-${attribute} of ${element.tagName}.${name}`);
    } else if (kind === "class") {
      element.className = "x" + Math.floor(next() * 1e6);
      done.push(`class of ${element.tagName}.${name}`);
    } else if (kind === "wrap") {
      const wrapper = document.createElement("div");
      element.replaceWith(wrapper);
      wrapper.append(element);
      done.push(`wrap ${element.tagName}.${name}`);
    } else if (kind === "move" && element !== root && element.parentElement.parentElement && root.contains(element.parentElement.parentElement)) {
      element.parentElement.after(element);
      done.push(`move ${element.tagName}.${name}`);
    } else if (kind === "twin" && element !== root) {
      element[next() < 0.5 ? "before" : "after"](element.cloneNode(true));
      done.push(`twin ${element.tagName}.${name}`);
    } else if (kind === "text") {
      element.before(document.createTextNode(" x "));
      done.push(`text before ${element.tagName}.${name}`);
    } else if (kind === "shell") {
      send.replaceChildren(Object.assign(document.createElement("span"), { textContent: "Send" }));
      done.push("span in Send");
    }
  }
  return done;
}

/**
 * @param {import("./case.mjs").Case} t
 * @param {import("./tab.mjs").Tab} tab
 * @param {number} seed
 * @returns {Promise<"blocked" | "asked" | "quiet">}
 */
export async function fuzzOnce(t, tab, seed) {
  const random = randomOf(seed);
  const before = t.sent.length;
  await tab.run(() => /** @type {any} */ (window).fresh());
  const done = await tab.run(mutate, Array.from({ length: 40 }, random));
  const what = `seed ${seed} (${done.join("; ")})`;
  const gesture = Math.floor(random() * 3);
  const place = await tab.run(() => {
    const { send, body } = /** @type {any} */ (window).composes[0];
    const middle = (/** @type {Element} */ element) => {
      element.scrollIntoView({ block: "center", behavior: "instant" });
      const box = element.getBoundingClientRect();
      return box.width > 0 ? { x: box.left + Math.min(20, box.width / 2), y: box.top + Math.min(10, box.height / 2) } : null;
    };
    body.focus();
    return middle(send);
  });
  if (gesture === 0) await tab.press("Enter", { ctrl: true });
  else if (gesture === 1 && place) await tab.clickAt(place);
  else {
    await tab.run(() => /** @type {any} */ (window).composes[0].send.focus());
    await tab.press(" ");
  }
  const began = Date.now();
  let open = /** @type {string[]} */ ([]);
  for (;;) {
    open = (await tab.dialogs()).filter((kind) => kind === "confirm" || kind === "failure");
    assert.equal(t.sent.length, before, `${what}: the mail left unseen`);
    if (open.length > 0 || Date.now() - began > QUIET_MS) break;
    await sleep(20);
  }
  if (open.length === 0) return "quiet";
  const dialog = await settled(tab).catch((error) => {
    throw new Error(`${what}: ${error.message}`);
  });
  if (dialog.kind === "failure") {
    assert.equal(await dialog.failure(), "page_unknown", what);
    await dialog.click("#back");
    await dialog.closed();
    assert.equal(t.sent.length, before, `${what}: the mail left though it was stopped`);
    return "blocked";
  }
  const shown = await dialog.text();
  const people = await tab.run(() => Object.values(/** @type {any} */ (window).composes[0].fields).flatMap((field) => field.people.map((/** @type {any} */ one) => one.address)));
  for (const address of people) assert.ok(shown.includes(address), `${what}: ${address} would get the mail and is not named`);
  if (random() < 0.25) {
    await dialog.confirm();
    for (let waited = 0; waited < 2_000 && t.sent.length === before && !(await tab.dialogs()).includes("failure"); waited += 40) await sleep(40);
    assert.ok(t.sent.length <= before + 1, `${what}: the mail left twice`);
    if ((await tab.dialogs()).includes("failure")) {
      const failure = await tab.dialog("failure");
      await failure.click("#back");
      await failure.closed();
      assert.equal(t.sent.length, before, `${what}: the mail left though it was stopped`);
      return "blocked";
    }
  } else {
    await dialog.click("#back");
    await dialog.closed();
  }
  return "asked";
}

/** The dialog that a check ends in; a slow one shows another before. @param {import("./tab.mjs").Tab} tab */
async function settled(tab) {
  for (let began = Date.now(); ; ) {
    const kind = (await tab.dialogs()).includes("failure") ? "failure" : "confirm";
    try {
      return await tab.dialog(kind, { timeout: 400 });
    } catch (error) {
      if (Date.now() - began > OUTCOME_WITHIN_MS) throw error;
    }
  }
}
