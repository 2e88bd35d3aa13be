// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the status page is told, and what it may ask for.

import { asFailure } from "./failure.js";

/** @typedef {import("./types").GuardStatus} GuardStatus */
/** @typedef {import("./types").PortLike} PortLike */
/** @typedef {import("./types").StatusClient} StatusClient */

export const STATUS_PORT = "status";

/**
 * @param {PortLike} port
 * @param {object} parts
 * @param {StatusClient} parts.client
 * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
 */
export function serveStatus(port, { client, host }) {
  let open = true;
  const post = (/** @type {object} */ message) => {
    if (open) port.postMessage(message);
  };
  port.onDisconnect.addListener(() => {
    open = false;
  });
  const look = async () => post({ type: "status", status: await readStatus(client, host) });
  const setDomains = async (/** @type {string[]} */ domains) => {
    try {
      post({ type: "domains", own: await host.request("own_domains", { addresses: await client.ownAddresses(), domains }) });
    } catch (error) {
      post({ type: "domains_refused", message: asFailure(error).message });
    }
  };
  port.onMessage.addListener((message) => {
    if (message?.type === "look") look();
    else if (message?.type === "set_domains" && Array.isArray(message.domains)) setDomains(message.domains.map(String));
  });
  look();
}

/**
 * @param {StatusClient} client
 * @param {Pick<import("./host_link.js").HostLink, "request">} host
 * @returns {Promise<GuardStatus>}
 */
async function readStatus(client, host) {
  const { version, program, os } = await client.aboutItself();
  const about = { extension: version, program, os };
  try {
    const status = await host.request("status", {});
    // A host of an older version does not know this question, and guards all the same.
    const own = await host.request("own_domains", { addresses: await client.ownAddresses() }).catch(() => null);
    return { ...about, failure: null, host: status, own };
  } catch (error) {
    const { kind, code, message, remedy } = asFailure(error);
    return { ...about, failure: { kind, code, message, remedy }, host: null, own: null };
  }
}
