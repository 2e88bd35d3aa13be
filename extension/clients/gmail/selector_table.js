// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The table of selectors: the one that ships, or a newer one that the organisation hands out between two releases when Gmail has
// changed (managed storage, "gmailSelectors"). It is data that can only say where things are. A table with anything wrong in it is
// refused as a whole, and the one that ships stays.

/** @typedef {typeof import("./selectors.json")} Selectors */

/** Not selectors but names of attributes. */
const ATTRIBUTES = ["chipAddress", "chipName"];

/** Longer than any list of selectors that a person would write. */
const LONGEST = 2_000;

/**
 * @typedef {object} Table
 * @property {Selectors} selectors
 * @property {"built_in" | "policy"} from
 * @property {string} refused why the organisation's table is not used; "" when there is none, or it is
 */

/**
 * @param {Selectors} builtIn
 * @param {unknown} given of the managed storage: `{"version": 2, "selectors": {"send": "…", "field.to": "…"}}`; undefined: none
 * @param {(selector: string) => boolean} parses whether the browser takes it
 * @returns {Table}
 */
export function tableOf(builtIn, given, parses) {
  /** @type {Table} */
  const ours = { selectors: builtIn, from: "built_in", refused: "" };
  if (given === undefined || given === null) return ours;
  try {
    const selectors = merged(builtIn, given, parses);
    // The extension has caught up with it.
    return selectors.version > builtIn.version ? { selectors, from: "policy", refused: "" } : ours;
  } catch (error) {
    return { ...ours, refused: error instanceof Error ? error.message : String(error) };
  }
}

/**
 * @param {Selectors} builtIn
 * @param {any} given
 * @param {(selector: string) => boolean} parses
 * @returns {Selectors}
 */
function merged(builtIn, given, parses) {
  if (typeof given !== "object" || Array.isArray(given)) throw new Error("gmailSelectors is not an object");
  const { version, selectors, ...rest } = given;
  const [unknown] = Object.keys(rest);
  if (unknown !== undefined) throw new Error(`gmailSelectors has a key that means nothing: ${unknown}`);
  if (!Number.isSafeInteger(version)) throw new Error("gmailSelectors.version is not a whole number");
  if (typeof selectors !== "object" || selectors === null || Array.isArray(selectors)) throw new Error("gmailSelectors.selectors is not an object");
  const result = structuredClone(builtIn);
  for (const [path, value] of Object.entries(selectors)) {
    const names = path.split(".");
    const last = names.pop() ?? "";
    /** @type {any} */
    let place = result;
    for (const name of names) place = typeof place === "object" && Object.hasOwn(place, name) ? place[name] : undefined;
    if (typeof place !== "object" || !Object.hasOwn(place, last) || typeof place[last] !== "string") throw new Error(`there is no selector ${path}`);
    if (typeof value !== "string" || value.trim() === "" || value.length > LONGEST) throw new Error(`${path} is not a selector`);
    if (ATTRIBUTES.includes(path) ? !/^[a-z][a-z0-9-]*$/.test(value) : !parses(value)) throw new Error(`${path} is not valid: ${value}`);
    place[last] = value;
  }
  result.version = version;
  return result;
}
