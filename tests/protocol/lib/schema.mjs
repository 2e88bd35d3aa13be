// SPDX-License-Identifier: MPL-2.0
// @ts-check
// As much of JSON Schema draft-07 as protocol.schema.json uses. A keyword it does not know is an error, so that the
// schema cannot say something that is not checked.

/** @typedef {Record<string, any> | boolean} Schema */

const ANNOTATIONS = new Set(["$schema", "$comment", "title", "description", "definitions"]);

/** @type {Record<string, (value: any) => boolean>} */
const TYPES = {
  object: (value) => typeof value === "object" && value !== null && !Array.isArray(value),
  array: Array.isArray,
  string: (value) => typeof value === "string",
  integer: Number.isInteger,
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  null: (value) => value === null,
};

/** @type {Record<string, (argument: any, value: any, schema: any, check: (schema: Schema, value: any, at: string) => string[], at: string) => string[]>} */
const KEYWORDS = {
  type: (name, value, _schema, _check, at) => (TYPES[name](value) ? [] : [`${at} is not of type ${name}`]),
  const: (wanted, value, _schema, _check, at) => (value === wanted ? [] : [`${at} is not ${JSON.stringify(wanted)}`]),
  enum: (wanted, value, _schema, _check, at) => (wanted.includes(value) ? [] : [`${at} is none of ${wanted.join(", ")}`]),
  minimum: (bound, value, _schema, _check, at) => (typeof value !== "number" || value >= bound ? [] : [`${at} is below ${bound}`]),
  maximum: (bound, value, _schema, _check, at) => (typeof value !== "number" || value <= bound ? [] : [`${at} is above ${bound}`]),
  minLength: (bound, value, _schema, _check, at) => (typeof value !== "string" || [...value].length >= bound ? [] : [`${at} is too short`]),
  maxLength: (bound, value, _schema, _check, at) => (typeof value !== "string" || [...value].length <= bound ? [] : [`${at} is too long`]),
  maxItems: (bound, value, _schema, _check, at) => (!Array.isArray(value) || value.length <= bound ? [] : [`${at} has too many items`]),
  pattern: (pattern, value, _schema, _check, at) => (typeof value !== "string" || new RegExp(pattern, "u").test(value) ? [] : [`${at} does not match ${pattern}`]),
  items: (schema, value, _schema, check, at) => (Array.isArray(value) ? value.flatMap((item, i) => check(schema, item, `${at}/${i}`)) : []),
  required: (names, value, _schema, _check, at) =>
    TYPES.object(value) ? names.filter((/** @type {string} */ name) => !Object.hasOwn(value, name)).map((/** @type {string} */ name) => `${at}/${name} is missing`) : [],
  properties: (properties, value, _schema, check, at) =>
    TYPES.object(value)
      ? Object.keys(properties).filter((name) => Object.hasOwn(value, name)).flatMap((name) => check(properties[name], value[name], `${at}/${name}`))
      : [],
  additionalProperties: (allowed, value, schema, _check, at) =>
    allowed === false && TYPES.object(value)
      ? Object.keys(value).filter((name) => !Object.hasOwn(schema.properties ?? {}, name)).map((name) => `${at}/${name} is not known`)
      : [],
  oneOf: (schemas, value, _schema, check, at) => {
    const problems = schemas.map((/** @type {Schema} */ schema) => check(schema, value, at));
    const fitting = problems.filter((/** @type {string[]} */ list) => list.length === 0).length;
    return fitting === 1 ? [] : [`${at} fits ${fitting} of ${schemas.length} alternatives`, ...problems.flat()];
  },
  anyOf: (schemas, value, _schema, check, at) => {
    const problems = schemas.map((/** @type {Schema} */ schema) => check(schema, value, at));
    return problems.some((/** @type {string[]} */ list) => list.length === 0) ? [] : [`${at} fits no alternative`];
  },
};

/**
 * @param {Record<string, any>} root  the whole schema
 * @param {string} definition  a name under "definitions"
 * @param {any} value
 * @returns {string[]}  what is wrong
 */
export function problemsOf(root, definition, value) {
  /** @type {(schema: Schema, value: any, at: string) => string[]} */
  const check = (schema, at_value, at) => {
    if (typeof schema === "boolean") return schema ? [] : [`${at} must not be`];
    if (schema.$ref) {
      const name = schema.$ref.replace("#/definitions/", "");
      if (!Object.hasOwn(root.definitions, name)) throw new Error(`the schema has no ${schema.$ref}`);
      return check(root.definitions[name], at_value, at);
    }
    return Object.keys(schema).flatMap((keyword) => {
      if (ANNOTATIONS.has(keyword)) return [];
      if (!KEYWORDS[keyword]) throw new Error(`the schema uses ${keyword}, which this check does not know`);
      return KEYWORDS[keyword](schema[keyword], at_value, schema, check, at);
    });
  };
  return check({ $ref: `#/definitions/${definition}` }, value, "");
}
