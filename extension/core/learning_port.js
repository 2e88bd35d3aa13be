// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the page about learning is told, and what it may ask for.

/** @typedef {import("./learning.js").Learning} Learning */
/** @typedef {import("./types").PortLike} PortLike */

export const LEARNING_PORT = "learning";

/**
 * @param {PortLike} port
 * @param {object} parts
 * @param {Learning} parts.learning
 * @param {Pick<import("./host_link.js").HostLink, "request">} parts.host
 */
export function serveLearning(port, { learning, host }) {
  let open = true;
  const post = (/** @type {object} */ message) => {
    if (open) port.postMessage(message);
  };
  const listSilenced = async () => {
    const { silenced } = await host.request("history.silenced", {});
    post({ type: "silenced", silenced });
  };
  const failed = (/** @type {unknown} */ error) => {
    console.warn("lastlook: the page about learning could not be served", error);
    post({ type: "failed" });
  };
  const unwatch = learning.watch((progress) => post({ type: "progress", progress }));
  port.onDisconnect.addListener(() => {
    open = false;
    unwatch();
  });
  port.onMessage.addListener((message) => {
    switch (message?.type) {
      case "stop":
        learning.stop().catch(failed);
        break;
      case "resume":
        learning.resume().catch(failed);
        break;
      case "ask_again":
        host
          .request("history.silence", { condition: String(message.condition), address: String(message.address), silenced: false })
          .then(listSilenced)
          .catch(failed);
        break;
    }
  });
  listSilenced().catch(failed);
}
