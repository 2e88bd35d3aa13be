// SPDX-License-Identifier: MPL-2.0
// @ts-check
// axe-core (MPL-2.0, a tool of extension/package.json) on one of Lastlook's dialogs. It cannot look into a closed shadow root, so it
// looks at the same elements under the same styles in an open one, in light and in dark.
import fs from "node:fs";
import { fileURLToPath } from "node:url";

const AXE = fileURLToPath(new URL("../../../../extension/node_modules/axe-core/axe.min.js", import.meta.url));
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Runs in an empty page. @param {{html: string, css: string, lang: string}} copy @param {string[]} tags */
async function look({ html, css, lang }, tags) {
  document.documentElement.lang = lang;
  document.title = "Lastlook";
  const host = document.createElement("div");
  const root = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [sheet];
  root.innerHTML = html;
  document.body.append(host);
  const results = await /** @type {any} */ (window).axe.run(host, { runOnly: { type: "tag", values: tags } });
  return {
    passed: results.passes.length,
    violations: results.violations.map((/** @type {any} */ one) => `${one.id}: ${one.nodes.map((/** @type {any} */ node) => `${node.target.flat().join(" ")} ${node.failureSummary}`).join("; ")}`),
  };
}

/**
 * @param {import("./dialog.mjs").Dialog} dialog
 * @returns {Promise<string[]>} what is wrong, in axe's words
 */
export async function violationsOf(dialog) {
  if (!fs.existsSync(AXE)) throw new Error("axe-core is not there: npm ci --prefix extension");
  const copy = await dialog.run((root) => ({
    html: root.innerHTML,
    css: [...root.adoptedStyleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText)).join("\n"),
    lang: document.documentElement.lang,
  }));
  const cdp = /** @type {import("./cdp.mjs").Cdp} */ (dialog.tab.seat.cdp);
  const found = [];
  for (const scheme of ["light", "dark"]) {
    const { targetId } = await cdp.send("Target.createTarget", { url: "about:blank" });
    const { sessionId } = await cdp.send("Target.attachToTarget", { targetId, flatten: true });
    const run = async (/** @type {string} */ expression) => {
      const { result, exceptionDetails } = await cdp.send("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true }, sessionId);
      if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
      return result.value;
    };
    await cdp.send("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: scheme }] }, sessionId);
    await run(`${fs.readFileSync(AXE, "utf8")}; undefined`);
    const { passed, violations } = await run(`(${look})(${JSON.stringify(copy)}, ${JSON.stringify(RULES)})`);
    if (passed < 5) throw new Error(`axe looked at next to nothing: ${passed} rules applied`);
    found.push(...violations.map((/** @type {string} */ one) => `${scheme}: ${one}`));
    await cdp.send("Target.closeTarget", { targetId });
  }
  return found;
}
