// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The host, as the held mails of one tab see it: each tab lets go what lies in its own composes, and shows besides those of tabs
// that are gone, which nobody else would ask about.

/** @typedef {import("../../core/types").Hold} Hold */

/** Between "it is to wait" and the note where it lies, a hold names no tab: only one that is older was left behind. */
const NOTED_WITHIN_MS = 30_000;

export class TabHost {
  #link;
  #session;
  /** @type {Map<string, string>} hold id → compose id */
  #mine = new Map();

  /**
   * @param {{request: (method: string, params: object) => Promise<any>}} link
   * @param {string} session of this tab
   */
  constructor(link, session) {
    this.#link = link;
    this.#session = session;
  }

  /**
   * @param {import("../../core/types").Method} method
   * @param {any} params
   * @returns {Promise<any>}
   */
  async request(method, params) {
    if (method === "hold.put") return this.#put(params);
    if (method !== "hold.list") return this.#link.request(method, params);
    const [{ holds }, { tabs }] = await Promise.all([this.#link.request(method, params), this.#link.request("tabs", {})]);
    return { holds: /** @type {Hold[]} */ (holds).filter((hold) => this.isMine(hold.hold_id) || isOrphan(hold, tabs)).map(watched) };
  }

  /** @param {any} params */
  async #put({ where, ...params }) {
    if (params.compose_id !== undefined) this.#mine.set(params.hold_id, params.compose_id);
    const { hold } = await this.#link.request("hold.put", where ? { ...params, where: { ...where, tab: this.#session } } : params);
    return { hold: watched(hold) };
  }

  /** @param {string} id */
  isMine(id) {
    return this.#mine.has(id);
  }

  /** @param {string} composeId @returns {string[]} the mails that were held in this compose */
  heldIn(composeId) {
    return [...this.#mine].filter(([, one]) => one === composeId).map(([id]) => id);
  }

  /** @param {string} id @returns {string} the compose it was held in, "" when that is in no compose of this tab */
  composeIdOf(id) {
    return this.#mine.get(id) ?? "";
  }
}

/** Every mail stays in its compose, whatever the policy's measure for a window with a countdown is. @param {Hold} hold @returns {Hold} */
function watched(hold) {
  return { ...hold, form: "countdown" };
}

/** @param {Hold} hold @param {string[]} tabs that are there */
function isOrphan({ where, hold_seconds, remaining_ms }, tabs) {
  const tab = /** @type {{tab?: string}} */ (where).tab;
  if (tab === undefined) return hold_seconds * 1_000 - remaining_ms > NOTED_WITHIN_MS;
  return !tabs.includes(tab);
}
