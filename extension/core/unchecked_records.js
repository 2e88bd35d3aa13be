// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The mails that left without a check, kept in the client until the host could write them into its own records.

/** @typedef {import("./types").UncheckedRecord} UncheckedRecord */

/** Enough for years of rare events; bounded, so that a broken host cannot fill the profile. */
export const MOST_RECORDS = 500;

export class UncheckedRecords {
  #client;
  #now;
  /** @type {Promise<unknown>} changes one after the other, so that none is lost */
  #queue = Promise.resolve();

  /**
   * @param {Pick<import("./types").ClientAdapter, "loadRecords" | "saveRecords">} client
   * @param {() => Date} [now]
   */
  constructor(client, now = () => new Date()) {
    this.#client = client;
    this.#now = now;
  }

  /** @param {{compose_id: string, failure: import("./types").FailureKind}} record */
  add(record) {
    return this.#change((records) => [...records, { at: this.#now().toISOString(), reported: false, ...record }]);
  }

  /**
   * Tells a host that is back what it missed.
   * @param {Pick<import("./host_link.js").HostLink, "request">} host
   */
  report(host) {
    return this.#change(async (records) => {
      const next = [];
      for (const record of records) {
        next.push(record.reported ? record : { ...record, reported: await tell(host, record) });
      }
      return next;
    });
  }

  /** @param {(records: UncheckedRecord[]) => UncheckedRecord[] | Promise<UncheckedRecord[]>} change */
  #change(change) {
    const step = this.#queue.then(async () => {
      const records = await change(await this.#client.loadRecords());
      await this.#client.saveRecords(records.slice(-MOST_RECORDS));
    });
    this.#queue = step.catch(() => {});
    return step;
  }
}

/**
 * @param {Pick<import("./host_link.js").HostLink, "request">} host
 * @param {UncheckedRecord} record
 */
async function tell(host, record) {
  try {
    // There is no digest: nobody read the mail.
    await host.request("draft.cancelled", { compose_id: record.compose_id, why: "unchecked" });
    return true;
  } catch {
    return false;
  }
}
