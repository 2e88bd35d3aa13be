// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the status page wants to know of Thunderbird (core/status_port.js), and when it is shown.

/** @typedef {import("../../core/types").StatusClient} StatusClient */

const WELCOMED_KEY = "welcomed";

/** @implements {StatusClient} */
export class ThunderbirdAbout {
  async aboutItself() {
    const [{ name, version: programVersion }, { os }] = await Promise.all([browser.runtime.getBrowserInfo(), browser.runtime.getPlatformInfo()]);
    return { version: browser.runtime.getManifest().version, program: `${name} ${programVersion}`, os };
  }

  async ownAddresses() {
    return (await browser.identities.list()).map(({ email }) => email ?? "").filter(Boolean);
  }

  /**
   * Once after the installation, and not where an administrator installed it: there is nothing to be chosen then.
   * @param {boolean} managed
   */
  async welcome(managed) {
    const stored = await browser.storage.local.get(WELCOMED_KEY);
    if (managed || stored[WELCOMED_KEY]) return;
    await browser.storage.local.set({ [WELCOMED_KEY]: true });
    await browser.tabs.create({ url: browser.runtime.getURL("ui/status.html?welcome") });
  }
}
