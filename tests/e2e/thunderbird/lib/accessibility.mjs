// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Holds a page of the extension against the rules of WCAG 2.2 A and AA that a program can check (axe-core), as it stands in
// Thunderbird: with its texts, its colours and its state.
import assert from "node:assert/strict";
import fs from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(new URL("../../../../extension/package.json", import.meta.url));

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** Thunderbird draws the border of these windows, so there is no page around them that would have landmarks. */
const NOT_ASKED = ["region"];

/**
 * @param {{run: (script: any, ...args: any[]) => Promise<any>}} page a popup, or a page in a tab
 * @param {string} name
 */
export async function isAccessible(page, name) {
  const axe = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf8");
  const script = `async (tags, without) => {
    ${axe}
    const rules = Object.fromEntries(without.map((id) => [id, { enabled: false }]));
    const { violations, passes } = await window.axe.run(document, { runOnly: { type: "tag", values: tags }, rules, resultTypes: ["violations", "passes"] });
    return { passes: passes.length, problems: violations.flatMap(({ id, help, nodes }) => nodes.map(({ html, failureSummary }) => id + ": " + help + "\\n  " + html.slice(0, 200) + "\\n  " + failureSummary)) };
  }`;
  const { problems, passes } = await page.run({ toString: () => script }, TAGS, NOT_ASKED);
  assert.deepEqual(problems, [], `${name}: accessibility`);
  assert.ok(passes > 5, `${name}: axe-core looked at nothing`);
}
