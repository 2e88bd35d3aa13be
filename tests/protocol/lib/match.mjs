// SPDX-License-Identifier: MPL-2.0
// @ts-check

/**
 * What in `value` differs from `pattern`. "*" stands for anything that is there; a member "..." in an object allows
 * further members.
 * @param {any} pattern
 * @param {any} value
 * @param {string} [at]
 * @returns {string[]}
 */
export function differences(pattern, value, at = "") {
  if (pattern === "*") return value === undefined ? [`${at} is missing`] : [];
  if (Array.isArray(pattern)) {
    if (!Array.isArray(value)) return [`${at} is not an array but ${JSON.stringify(value)}`];
    if (value.length !== pattern.length) return [`${at} has ${value.length} items, not ${pattern.length}: ${JSON.stringify(value).slice(0, 300)}`];
    return pattern.flatMap((item, i) => differences(item, value[i], `${at}/${i}`));
  }
  if (typeof pattern === "object" && pattern !== null) {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${at} is not an object but ${JSON.stringify(value)}`];
    const known = Object.keys(pattern).filter((key) => key !== "...");
    const found = known.flatMap((key) => differences(pattern[key], value[key], `${at}/${key}`));
    const extra = Object.hasOwn(pattern, "...") ? [] : Object.keys(value).filter((key) => !Object.hasOwn(pattern, key)).map((key) => `${at}/${key} was not expected: ${JSON.stringify(value[key])}`);
    return [...found, ...extra];
  }
  return pattern === value ? [] : [`${at} is ${JSON.stringify(value)}, not ${JSON.stringify(pattern)}`];
}
