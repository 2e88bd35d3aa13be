// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Writes policy/README.md: the manual (reference/manual.md) and, from the schemas, what conditions, effects and settings there
// are. usage: node policy/generate-readme.mjs [--check], which writes nothing and fails when the page is not current.
import fs from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const FOLDER = path.dirname(fileURLToPath(import.meta.url));
const PAGE = path.join(FOLDER, "README.md");

/** @param {string} file @returns {any} */
const readJson = (file) => JSON.parse(fs.readFileSync(path.join(FOLDER, file), "utf8"));

/** @param {string} text @returns {string} for a cell of a table */
const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ");

/** @param {any} value */
const code = (value) => `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;

/** @param {any} schema @returns {string} what a value may be, in a few words */
function kindOf(schema) {
  if (schema.enum) return schema.enum.map(code).join(", ");
  if (schema.const !== undefined) return code(schema.const);
  const several = schema.oneOf ?? schema.anyOf;
  if (several) return [...new Set(several.map(kindOf))].join(" or ");
  switch (schema.type) {
    case "integer": {
      const { minimum, maximum } = schema;
      if (minimum !== undefined && maximum !== undefined && maximum < 1e9) return `number, ${minimum} to ${maximum}`;
      return "number";
    }
    case "array":
      return schema.items ? `[${kindOf(schema.items)}, …]` : "[…]";
    case "boolean":
      return "`true`, `false`";
    case "object":
      return "{…}";
    default:
      return schema.type ?? "any";
  }
}

const HEAD = ["| key | value | means |", "|---|---|---|"];

/** @param {any} schema @returns {[string, any][]} */
function propertiesOf(schema) {
  const shapes = schema.oneOf?.filter((/** @type {any} */ shape) => shape.properties) ?? [];
  return Object.entries(schema.properties ?? Object.assign({}, ...shapes.map((/** @type {any} */ shape) => shape.properties)));
}

/** @param {[string, any]} property @returns {string} */
function row([name, schema]) {
  const words = [schema.title, schema.description].filter(Boolean).map((text) => text.replace(/\.?$/, "."));
  return `| \`${name}\` | ${cell(kindOf(schema))} | ${cell(words.join(" "))} |`;
}

/** @param {any} schema @returns {string[]} */
const rowsOf = (schema) => propertiesOf(schema).map(row);

/** @param {any} schema @param {string[]} shared rows that stand elsewhere @returns {string[]} lines */
function parameters(schema, shared) {
  const own = propertiesOf(schema).filter((property) => !shared.includes(row(property)));
  const other = propertiesOf(schema).filter((property) => shared.includes(row(property)));
  const names = other.map(([name]) => `\`${name}\``).join(" ");
  const table = own.length > 0 ? [...HEAD, ...own.map(row), ""] : [];
  return names ? [...table, `${own.length > 0 ? "Also" : "Keys"}, as [many others](#keys-that-many-share): ${names}`, ""] : table;
}

/** @param {string} name @param {any} schema */
function example(name, schema) {
  const examples = (schema.examples ?? []).map((/** @type {any} */ one) => `\`${JSON.stringify({ [name]: one })}\``);
  return examples.length > 0 ? [`For example ${examples.join(", ")}`, ""] : [];
}

/** @param {string} folder @returns {{name: string, schema: any}[]} */
function schemasIn(folder) {
  return fs
    .readdirSync(path.join(FOLDER, folder))
    .filter((file) => file.endsWith(".schema.json"))
    .sort()
    .map((file) => ({ name: file.replace(".schema.json", ""), schema: readJson(path.join(folder, file)) }));
}

// A parameter that so many conditions share is told once.
const SHARED_BY = 4;

/** @param {string} folder @returns {string[]} rows that many have word for word */
function sharedRows(folder) {
  const rows = schemasIn(folder).flatMap(({ schema }) => rowsOf(schema));
  return [...new Set(rows)].filter((row) => rows.filter((other) => other === row).length >= SHARED_BY);
}

/** @param {string} folder @returns {string} */
function chapter(folder) {
  const shared = sharedRows(folder);
  const intro = shared.length > 0 ? ["### Keys that many share", "", ...HEAD, ...shared, ""] : [];
  const sections = schemasIn(folder).flatMap(({ name, schema }) => {
    const needs = (schema["x-needs"] ?? []).map(code).join(", ");
    return [
      `### \`${name}\``,
      "",
      schema.description ?? "",
      ...(needs ? ["", `Says nothing unless it is told: ${needs}.`] : []),
      "",
      ...parameters(schema, shared),
      ...example(name, schema),
    ];
  });
  return [...intro, ...sections].join("\n");
}

function settings() {
  const rows = Object.entries(readJson("settings.schema.json").properties).map(([name, setting]) => {
    const stricter = setting["x-tightening"] === "none" ? "no" : "yes";
    return `| \`${name}\` | ${cell(kindOf(setting))} | ${code(setting.default)} | ${cell(setting["x-texts"]?.en ?? setting.description ?? "")} | ${stricter} |`;
  });
  return ["| name | value | default | means | a user's own file may tighten it |", "|---|---|---|---|---|", ...rows].join("\n");
}

function page() {
  const parts = {
    conditions: `## Conditions\n\nGenerated from [conditions/](conditions); \`lastlook policy schema NAME\` prints one.\n\n${chapter("conditions")}`,
    effects: `## Effects\n\nGenerated from [effects/](effects).\n\n${chapter("effects")}`,
    settings: `## Settings\n\nGenerated from [settings.schema.json](settings.schema.json).\n\n${settings()}`,
  };
  let text = fs.readFileSync(path.join(FOLDER, "reference/manual.md"), "utf8");
  for (const [name, part] of Object.entries(parts)) text = text.replace(`<!-- ${name} -->`, () => part.trimEnd());
  return `<!-- Generated by policy/generate-readme.mjs from reference/manual.md and the schemas; do not edit. -->\n${text}`;
}

const wanted = page();
if (!process.argv.includes("--check")) {
  fs.writeFileSync(PAGE, wanted);
} else if (fs.readFileSync(PAGE, "utf8") !== wanted) {
  console.error("policy/README.md is not current: run node policy/generate-readme.mjs");
  process.exitCode = 1;
}
