// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Hands the attachments of mails that are being written over to the host: each when it is attached, piece by piece, and again
// only when it has changed. A check waits for nothing here: it says of each attachment how far it is.

import { PART_TOO_LARGE } from "./error_codes.js";
import { asFailure } from "./failure.js";

/** @typedef {import("./types").ComposeKey} ComposeKey */
/** @typedef {import("./types").FileLike} FileLike */

/**
 * Pieces that the host has not answered yet. With one the pipe would stand still while the next is read; with many, a check would
 * wait behind all of them.
 */
export const PIECES_IN_FLIGHT = 2;

/** Where the host does not say: the size Thunderbird takes fastest (measured). */
const PIECE_BYTES = 384 * 1024;

/**
 * @typedef {object} Part
 * @property {string} partId
 * @property {string} name
 * @property {string} version another one is another file
 * @property {FileLike | null} file null: it could not be opened
 * @property {"waiting" | "sending" | "sent" | "failed"} state
 * @property {string} sha256
 * @property {number} attempts
 */

/** @typedef {{sha256?: string, arriving?: true}} PartFacts what a draft says of an attachment's bytes */

export class PartSender {
  #host;
  #session;
  /** @type {Map<ComposeKey, Map<string, Part>>} by the client's id of the attachment */
  #mails = new Map();
  /** @type {Part[]} */
  #queue = [];
  #busy = false;
  /** @type {(() => void)[]} */
  #waiting = [];

  /**
   * @param {object} parts
   * @param {Pick<import("./host_link.js").HostLink, "request" | "ready">} parts.host
   * @param {string} parts.session tells this run of the program from others
   */
  constructor({ host, session }) {
    this.#host = host;
    this.#session = session;
  }

  /**
   * This file is attached. Said as often as it is looked at: the same one is sent once.
   * @param {ComposeKey} compose
   * @param {{id: string, name: string, version: string, file: FileLike | null}} attachment
   */
  attached(compose, { id, name, version, file }) {
    const mail = this.#mails.get(compose) ?? new Map();
    this.#mails.set(compose, mail);
    const known = mail.get(id);
    if (known?.version === version) {
      known.name = name;
      return;
    }
    /** @type {Part} */
    const part = {
      partId: `${this.#session}/${compose}/${id}`,
      name,
      version,
      file,
      state: file ? "waiting" : "failed",
      sha256: "",
      attempts: 0,
    };
    mail.set(id, part);
    if (file) this.#enqueue(part);
    else if (known) this.#drop([known]);
    this.#changed();
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} id
   */
  removed(compose, id) {
    const mail = this.#mails.get(compose);
    const part = mail?.get(id);
    if (!mail || !part) return;
    mail.delete(id);
    this.#drop([part]);
    this.#changed();
  }

  /**
   * These are all attachments of this mail.
   * @param {ComposeKey} compose
   * @param {string[]} ids
   */
  only(compose, ids) {
    for (const id of [...(this.#mails.get(compose)?.keys() ?? [])]) if (!ids.includes(id)) this.removed(compose, id);
  }

  /** @param {ComposeKey} compose the window is gone */
  forget(compose) {
    const mail = this.#mails.get(compose);
    if (!mail) return;
    this.#mails.delete(compose);
    this.#drop([...mail.values()]);
    this.#changed();
  }

  /**
   * @param {ComposeKey} compose
   * @param {string} id
   * @returns {PartFacts} empty: the host does not get it
   */
  facts(compose, id) {
    const part = this.#mails.get(compose)?.get(id);
    if (part?.state === "sent") return { sha256: part.sha256 };
    return part?.state === "waiting" || part?.state === "sending" ? { arriving: true } : {};
  }

  /**
   * The host that had them is gone, or has forgotten some: nothing is believed of it any more.
   * @param {ComposeKey} [compose] only this mail's
   */
  again(compose) {
    const mails = compose === undefined ? [...this.#mails.values()] : [this.#mails.get(compose) ?? new Map()];
    for (const part of mails.flatMap((mail) => [...mail.values()])) {
      if (part.state === "failed") continue;
      // A new object, so that whatever is on its way for the former one comes to nothing.
      this.#replace(part, { ...part, state: "waiting", sha256: "", attempts: 0 });
    }
    this.#changed();
  }

  /** @returns {Promise<void>} settles when something became of a file, of whichever mail */
  change() {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  /**
   * @param {Part} former
   * @param {Part} part
   */
  #replace(former, part) {
    for (const mail of this.#mails.values()) {
      for (const [id, one] of mail) if (one === former) mail.set(id, part);
    }
    this.#enqueue(part);
  }

  /** @param {Part} part */
  #isWanted(part) {
    return [...this.#mails.values()].some((mail) => [...mail.values()].includes(part));
  }

  #changed() {
    this.#waiting.splice(0).forEach((resume) => resume());
  }

  /** @param {Part} part */
  #enqueue(part) {
    this.#queue.push(part);
    if (!this.#busy) this.#work();
  }

  async #work() {
    this.#busy = true;
    for (let part = this.#queue.shift(); part; part = this.#queue.shift()) {
      if (!this.#isWanted(part)) continue;
      part.state = "sending";
      try {
        await this.#send(part);
      } catch (error) {
        this.#failed(part, error);
      }
      this.#changed();
    }
    this.#busy = false;
  }

  /**
   * @param {Part} part
   * @param {unknown} error
   */
  #failed(part, error) {
    const failure = asFailure(error);
    part.attempts += 1;
    if (failure.kind === "host_error" && failure.code !== PART_TOO_LARGE && part.attempts < 2) {
      part.state = "waiting";
      this.#queue.push(part);
      return;
    }
    // Without a host it waits for the next one: again().
    const isOfHost = failure.kind !== "internal" && failure.kind !== "host_error";
    part.state = isOfHost ? "waiting" : "failed";
    // Not what the file is called, nor what is in it.
    if (!isOfHost) console.warn("lastlook: an attachment could not be handed over", failure.kind, failure.code);
  }

  /** @param {Part} part */
  async #send(part) {
    const { capabilities, limits } = await this.#host.ready();
    const file = /** @type {FileLike} */ (part.file);
    if (!capabilities.includes("part.put") || file.size > (limits.part_bytes ?? Infinity)) {
      part.state = "failed";
      return;
    }
    const pieceBytes = limits.part_chunk_bytes ?? PIECE_BYTES;
    const { partId, name } = part;
    /** @type {Promise<import("./types").Results["part.put"]>[]} */
    const inFlight = [];
    for (let offset = 0, last = false; !last; offset += pieceBytes) {
      const end = Math.min(offset + pieceBytes, file.size);
      last = end === file.size;
      const bytes = new Uint8Array(await file.slice(offset, end).arrayBuffer());
      if (bytes.length !== end - offset) throw new Error("the file is not as long as it said");
      if (!this.#isWanted(part)) {
        if (!this.#queue.some((one) => one.partId === partId)) this.#drop([part]);
        return;
      }
      // In this order the host need not read it all as JSON: PROTOCOL.md, part.put.
      const params = { data: toBase64(bytes), part_id: partId, name, offset, size_bytes: file.size, last };
      const answer = this.#host.request("part.put", params);
      answer.catch(() => {});
      inFlight.push(answer);
      if (inFlight.length >= PIECES_IN_FLIGHT) await inFlight.shift();
    }
    const ends = await Promise.all(inFlight);
    const sha256 = ends.at(-1)?.sha256 ?? "";
    if (!this.#isWanted(part)) return;
    part.sha256 = sha256;
    part.state = sha256 ? "sent" : "failed";
  }

  /**
   * What it costs the host to keep them is all that this is about.
   * @param {Part[]} parts
   */
  #drop(parts) {
    const part_ids = parts.filter(({ state }) => state === "sending" || state === "sent").map(({ partId }) => partId);
    if (part_ids.length === 0) return;
    this.#host
      .ready()
      .then(({ capabilities }) => (capabilities.includes("part.drop") ? this.#host.request("part.drop", { part_ids }) : undefined))
      .catch(() => {});
  }
}

/** A multiple of three, so that the pieces can be put behind each other; few enough arguments for a call. */
const BYTES_AT_ONCE = 24_576;

/**
 * @param {Uint8Array} bytes
 * @returns {string}
 */
export function toBase64(bytes) {
  const native = /** @type {any} */ (bytes).toBase64;
  if (typeof native === "function") return native.call(bytes);
  let text = "";
  for (let at = 0; at < bytes.length; at += BYTES_AT_ONCE) {
    text += btoa(String.fromCharCode(...bytes.subarray(at, at + BYTES_AT_ONCE)));
  }
  return text;
}
