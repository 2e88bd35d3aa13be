// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Files on their way into a mail: picked, dropped or pasted, they are handed to the host before Gmail may upload them; those that
// lie in the mail already are fetched from Gmail. A file that a rule refuses never leaves the machine; any other goes on as it came.

import { wireDraft } from "../../core/draft.js";
import { asFailure } from "../../core/failure.js";
import { all } from "./compose_dom.js";

/** @typedef {import("../../core/types").ComposeKey} ComposeKey */
/** @typedef {import("../../core/types").NeutralDraft} NeutralDraft */
/** @typedef {import("../../core/types").Verdict} Verdict */

/** A person waits for the file to appear; what is not read by then is looked at when the mail is sent. */
const READ_WITHIN_MS = 20_000;
const LOOK_EVERY_MS = 120;

/** A file that Gmail does not give within this time is one that nobody has looked into. */
const FETCHED_WITHIN_MS = 15_000;

/** @typedef {{id: string, name: string, size: number, link: string}} Picked `link`: where Gmail has it; "" for one of this machine */

export class PickedFiles {
  #dom;
  #parts;
  #link;
  #composes;
  #read;
  #refuse;
  #composeId;
  /** @type {Map<ComposeKey, Picked[]>} */
  #picked = new Map();
  /** @type {WeakSet<Event>} made here, of files that were looked at */
  #ours = new WeakSet();
  /** @type {Set<string>} links that Gmail gives nothing for */
  #notHad = new Set();
  #lastId = 0;
  #revision = 0;

  /**
   * @param {object} parts
   * @param {import("./compose_dom.js").ComposeDom} parts.dom
   * @param {import("../../core/part_sender.js").PartSender} parts.parts
   * @param {{request: (method: string, params: object) => Promise<any>}} parts.link
   * @param {import("./composes.js").Composes} parts.composes
   * @param {(compose: ComposeKey) => Promise<{draft: NeutralDraft, context: object}>} parts.read the mail as it stands
   * @param {(verdict: Verdict, draft: NeutralDraft) => void} parts.refuse tells the person
   * @param {(compose: ComposeKey) => string} parts.composeId
   */
  constructor({ dom, parts, link, composes, read, refuse, composeId }) {
    this.#dom = dom;
    this.#parts = parts;
    this.#link = link;
    this.#composes = composes;
    this.#read = read;
    this.#refuse = refuse;
    this.#composeId = composeId;
  }

  /**
   * @param {Event} event `change`, `drop` or `paste`, at the window
   * @returns {boolean} whether Gmail must not see it yet
   */
  onEvent(event) {
    if (this.#ours.has(event)) return false;
    const files = filesOf(event);
    const target = event.composedPath()[0];
    if (files.length === 0 || !(target instanceof Element)) return false;
    const compose = this.#dom.composeOf(target) ?? this.#composes.lastUsed();
    if (!compose) return false;
    this.#take(this.#composes.keyOf(compose), files, event, target).catch((error) => console.warn("lastlook: a file could not be passed on", error));
    return true;
  }

  /**
   * What the draft says of each of its files.
   * @param {ComposeKey} compose
   * @param {NeutralDraft["attachments"]} attachments
   * @returns {NeutralDraft["attachments"]}
   */
  named(compose, attachments) {
    const left = [...(this.#picked.get(compose) ?? [])];
    return attachments.map((attachment) => {
      const at = attachment.linked ? -1 : left.findIndex(({ name }) => name === attachment.name);
      const [picked] = at < 0 ? [] : left.splice(at, 1);
      if (!picked) return attachment;
      return { ...attachment, id: picked.id, size: picked.size, ...this.#parts.facts(compose, picked.id) };
    });
  }

  /**
   * Files that were in the mail when it opened: of a draft, or of a mail that is forwarded.
   * @param {ComposeKey} compose
   * @param {HTMLElement} element
   */
  async fetchThoseInside(compose, element) {
    const { file, fileName, fileLink } = this.#dom.selectors;
    const known = this.#picked.get(compose) ?? [];
    const unknown = all(element, file).flatMap((chip) => {
      const name = chip.querySelector(fileName)?.textContent?.trim() ?? "";
      const link = /** @type {HTMLAnchorElement | null} */ (chip.querySelector(fileLink))?.href ?? "";
      return !link || this.#notHad.has(link) || !link.startsWith(location.origin) || known.some((one) => one.link === link || (one.link === "" && one.name === name)) ? [] : [{ name, link }];
    });
    if (unknown.length === 0 || !(await this.#hostTakesFiles().catch(() => false))) return;
    await Promise.all(unknown.map(({ name, link }) => this.#fetch(compose, name, link)));
  }

  /** @param {ComposeKey} compose */
  forget(compose) {
    this.#picked.delete(compose);
    this.#parts.forget(compose);
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} name
   * @param {string} link
   */
  async #fetch(compose, name, link) {
    const picked = this.#add(compose, name, 0, link);
    try {
      const answer = await fetch(link, { signal: AbortSignal.timeout(FETCHED_WITHIN_MS) });
      if (!answer.ok) throw new Error(`Gmail answered ${answer.status}`);
      const file = await answer.blob();
      picked.size = file.size;
      this.#parts.attached(compose, { id: picked.id, name, version: link, file });
    } catch (error) {
      console.warn("lastlook: a file of the mail could not be had from Gmail", error);
      this.#notHad.add(link);
      this.#drop(compose, [picked]);
    }
  }

  /** @returns {Promise<boolean>} */
  async #hostTakesFiles() {
    return (await this.#link.request("ready", {})).capabilities.includes("part.put");
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} name
   * @param {number} size
   * @param {string} link
   */
  #add(compose, name, size, link) {
    const picked = { id: `f${++this.#lastId}`, name, size, link };
    this.#picked.set(compose, [...(this.#picked.get(compose) ?? []), picked]);
    return picked;
  }

  /** @param {ComposeKey} compose @param {Picked[]} gone */
  #drop(compose, gone) {
    this.#picked.set(compose, (this.#picked.get(compose) ?? []).filter((one) => !gone.includes(one)));
    for (const { id } of gone) this.#parts.removed(compose, id);
  }

  /**
   * @param {ComposeKey} compose
   * @param {File[]} files
   * @param {Event} event
   * @param {Element} target
   */
  async #take(compose, files, event, target) {
    const pass = copyOf(event, files);
    const picked = files.map((file) => {
      const one = this.#add(compose, file.name, file.size, "");
      this.#parts.attached(compose, { id: one.id, name: file.name, version: one.id, file });
      return one;
    });
    if (await this.#isRefused(compose, picked)) {
      this.#drop(compose, picked);
      if (target instanceof HTMLInputElement) target.value = "";
      return;
    }
    this.#ours.add(pass);
    target.dispatchEvent(pass);
  }

  /**
   * @param {ComposeKey} compose
   * @param {Picked[]} picked
   * @returns {Promise<boolean>} a rule blocks one of these files, whoever gets it
   */
  async #isRefused(compose, picked) {
    const until = performance.now() + READ_WITHIN_MS;
    const arriving = () => picked.some(({ id }) => this.#parts.facts(compose, id).arriving);
    try {
      const takesFiles = await this.#hostTakesFiles();
      while (takesFiles && arriving() && performance.now() < until) await pause();
      for (;;) {
        const { draft, context } = await this.#read(compose);
        const before = draft.attachments.length;
        const added = picked.map(({ id, name, size }) => ({ id, name, size, ...this.#parts.facts(compose, id) }));
        const whole = { ...draft, attachments: [...draft.attachments, ...added] };
        const { verdict } = await this.#link.request("draft.evaluate", {
          compose_id: `${this.#composeId(compose)}-files`,
          revision: ++this.#revision,
          purpose: "live",
          draft: wireDraft(whole),
          context,
        });
        const refused = blocksFrom(verdict, before);
        if (refused) this.#refuse(verdict, whole);
        if (refused || verdict.pending.length === 0 || performance.now() > until) return refused;
        await pause();
      }
    } catch (error) {
      // What cannot be asked here is asked at Send, and does not leave before.
      console.warn("lastlook: a file could not be looked at before its upload", asFailure(error).message);
      return false;
    }
  }
}

/**
 * @param {Verdict} verdict
 * @param {number} index of the first file it is about
 */
export function blocksFrom(verdict, index) {
  return verdict.findings.some(
    ({ mode, evidence }) => mode === "block" && evidence.some(({ where }) => Number(/^attachments\[(\d+)\]/.exec(where)?.[1] ?? -1) >= index),
  );
}

/** @param {Event} event @returns {File[]} */
function filesOf(event) {
  if (event.type === "change") return event.target instanceof HTMLInputElement && event.target.type === "file" ? [...(event.target.files ?? [])] : [];
  const data = event instanceof DragEvent ? event.dataTransfer : event instanceof ClipboardEvent ? event.clipboardData : null;
  return [...(data?.files ?? [])];
}

/**
 * The same once more, with the same files: what came with the first is gone when its turn is over.
 * @param {Event} event
 * @param {File[]} files
 * @returns {Event}
 */
function copyOf(event, files) {
  if (event.type === "change") return new Event("change", { bubbles: true });
  const data = new DataTransfer();
  for (const file of files) data.items.add(file);
  const common = { bubbles: true, cancelable: true, composed: true };
  if (!(event instanceof DragEvent)) return new ClipboardEvent("paste", { ...common, clipboardData: data });
  const { clientX, clientY, screenX, screenY } = event;
  return new DragEvent("drop", { ...common, dataTransfer: data, clientX, clientY, screenX, screenY });
}

function pause() {
  return new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
}
