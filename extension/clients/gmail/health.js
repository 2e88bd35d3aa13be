// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the organisation should know of how well Gmail is understood: told to the host's records, each thing once a page. It says
// what of the page did not fit, and nothing of a mail.

/** @typedef {"page_unknown" | "selectors_refused" | "sent_around"} Problem */

export class Health {
  #link;
  #version = "";
  /** @type {Set<string>} */
  #told = new Set();

  /**
   * @param {{request: (method: string, params: object) => Promise<any>}} link
   */
  constructor(link) {
    this.#link = link;
  }

  /** @param {import("./selector_table.js").Table} table by which the page is read from now on */
  table({ selectors, from }) {
    this.#version = `selectors ${selectors.version} (${from})`;
  }

  /**
   * @param {Problem} problem
   * @param {string} detail
   */
  tell(problem, detail) {
    const key = `${problem} ${detail}`;
    if (this.#told.has(key)) return;
    this.#told.add(key);
    this.#link.request("client.problem", { problem, detail: `${detail} - ${this.#version}`.slice(0, 500) }).catch(() => {
      // Met again at the next page.
      this.#told.delete(key);
    });
  }
}
