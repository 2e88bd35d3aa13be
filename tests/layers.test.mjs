// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Who may include whom in host/. The table is the architecture; a change here is a change of the architecture.
import assert from "node:assert/strict";
import fs from "node:fs";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

const HOST = fileURLToPath(new URL("../host", import.meta.url));

/** Each folder and the folders under it that it may use. @type {Record<string, string[]>} */
const MAY_USE = (() => {
  const base = ["base"];
  const mail = [...base, "mail"];
  const policy = [...mail, "policy"];
  const detect = [...mail, "detect"];
  const conditions = [...policy, "detect", "conditions"];
  const effects = [...conditions, "zip", "effects"];
  const engine = [...effects, "engine"];
  return {
    base,
    zip: [...base, "zip"],
    mail,
    mail_file: [...mail, "mail_file"],
    content: [...mail, "mail_file", "content"], // a process of its own reads attachments
    policy,
    detect,
    conditions,
    inspect_link: [...conditions, "inspect_link"],
    effects,
    engine,
    store: [...engine, "store"],
    key_program: ["key_program"], // a program of its own
    wire: [...engine, "store", "inspect_link", "wire"],
    cli: [...engine, "store", "inspect_link", "mail_file", "cli"],
    main: [...engine, "store", "inspect_link", "mail_file", "content", "wire", "cli", "key_program"],
  };
})();

/** Where each third-party header may be seen: a folder, or one file. @type {[RegExp, string[]][]} */
const THIRD_PARTY = [
  [/^botan\//, ["base/"]],
  [/^spdlog\//, ["base/"]],
  [/^nlohmann\//, ["base/json.h"]],
  [/^unicode\//, ["base/", "mail/"]],
  [/^gumbo\.h$/, ["mail/"]],
  [/^re2\//, ["conditions/support/"]],
  [/^libdeflate\.h$/, ["zip/"]],
  [/^gmime\//, ["mail_file/"]],
  [/^SQLiteCpp\//, ["store/"]],
  [/^sqlite3\.h$/, ["store/"]],
  [/^CLI\//, ["cli/"]],
  [/^libsecret\//, ["key_program/"]],
  [/^archive(_entry)?\.h$/, ["content/"]],
  [/^seccomp\.h$/, ["content/sandbox.cpp"]],
];

/** The operating system, beside the standard library: each header with the folders that may use it. @type {[RegExp, string[]][]} */
const SYSTEM = [
  [/^(unistd|fcntl|dirent|poll|signal|sys\/(stat|types|uio|resource))\.h$/, ["base/", "policy/", "store/", "wire/", "cli/", "main_", "key_program/", "inspect_link/", "content/sandbox.cpp"]],
  [/^(spawn|sys\/wait)\.h$/, ["base/child_process.cpp", "base/piped_child.cpp"]], // programs of our own, without a shell
  [/^(sched|sys\/(mman|prctl))\.h$/, ["content/sandbox.cpp"]], // what a process may be denied
  [/^sys\/socket\.h$/, ["main_inspect.cpp"]], // tries one, to prove that it may not
  [/^sys\/ioctl\.h$/, ["content/sandbox.cpp", "main_inspect.cpp"]], // what is denied, and the proof of it
  [/^sys\/file\.h$/, ["store/"]], // flock
  [/^arpa\/inet\.h$/, ["mail/"]], // reads address literals; opens nothing
  [/^stdlib\.h$/, ["base/crypto.cpp", "main_inspect.cpp"]], // setenv, which <cstdlib> does not promise
  [/^emmintrin\.h$/, ["mail/byte_block.h"]], // the processor's instructions for 16 bytes at once
  [/^(immintrin|arm_neon)\.h$/, ["detect/byte_sieve.cpp"]], // and for 32
];

/** Headers that the build writes, and the folder each is for. @type {[RegExp, string][]} */
const GENERATED = [
  [/^cli_(texts|policy_schema|settings_schema)\.h$/, "cli/"],
  [/^recommended_policy\.h$/, "policy/"],
  [/^surnames_text\.h$/, "detect/"],
  [/^conditions_registry\.h$/, "conditions/"],
  [/^effects_registry\.h$/, "effects/"],
];

/** What stands nowhere in the host, and the one file that is its door, if any. @type {[RegExp, string[], string][]} */
const FORBIDDEN = [
  [/\bstd::(basic_)?regex\b|#include\s*<regex>/, [], "std::regex (exponential time on hostile text)"],
  [/(?<![\w.>]|\w::)(std::)?system\s*\(/, [], "system() (no shell)"],
  [/(?<![\w.>]|\w::)popen\s*\(/, [], "popen() (no shell)"],
  [/\bstd::cout\b|(?<![\w.>]|\w::)(std::)?(printf|puts|putchar)\s*\(/, ["cli/streams.cpp"], "standard output (it belongs to the frames)"],
];

/** @param {string} file @param {string[]} places */
function standsIn(file, places) {
  return places.some((place) => (place.endsWith("/") || place.endsWith("_") ? file.startsWith(place) : file === place));
}

/** The text without comments, with strings emptied. Includes keep their names. @param {string} text */
function withoutWords(text) {
  return text
    .replace(/\/\*[\s\S]*?\*\//g, "")
    .replace(/("(?:[^"\\\n]|\\.)*")|\/\/[^\n]*/g, (_, string) => string ?? "")
    .split("\n")
    .map((line) => (/^\s*#\s*include/.test(line) ? line : line.replace(/"(?:[^"\\]|\\.)*"/g, '""')))
    .join("\n");
}

/** What is wrong with one source file. @param {string} file  relative to host/ @param {string} text @returns {string[]} */
function problemsOf(file, text) {
  const folder = file.startsWith("main_") ? "main" : file.split("/")[0];
  const allowed = MAY_USE[folder];
  if (!allowed) return [`${file}: the folder ${folder}/ has no row in the table of tests/layers.test.mjs`];
  /** @type {string[]} */
  const problems = [];
  const code = withoutWords(text);
  for (const [, quote, name] of code.matchAll(/^\s*#\s*include\s*(["<])([^">]+)[">]/gm)) {
    const known = [...THIRD_PARTY, ...SYSTEM].find(([pattern]) => pattern.test(name));
    const generated = GENERATED.find(([pattern]) => pattern.test(name));
    if (known) {
      if (!standsIn(file, known[1])) problems.push(`${file}: <${name}> may be seen in ${known[1].join(", ")} only`);
    } else if (quote === "<") {
      // The C++ standard library has no dot and no slash in its headers' names.
      if (/[./]/.test(name)) problems.push(`${file}: <${name}> is a library that the table of tests/layers.test.mjs does not know`);
    } else if (generated) {
      if (!file.startsWith(generated[1])) problems.push(`${file}: "${name}" is for ${generated[1]} only`);
    } else if (!name.includes("/")) {
      problems.push(`${file}: "${name}" must be named from host/`);
    } else if (!allowed.includes(name.split("/")[0])) {
      problems.push(`${file}: ${folder}/ may not include ${name}`);
    }
  }
  for (const [pattern, doors, what] of FORBIDDEN) {
    if (pattern.test(code) && !standsIn(file, doors)) problems.push(`${file}: ${what}`);
  }
  return problems;
}

/** @returns {string[]} relative to host/ */
function sources() {
  return fs
    .readdirSync(HOST, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(h|cpp)$/.test(name))
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name !== "headers.cpp") // empty; the precompiled headers hang on it
    .sort();
}

test("no include crosses the layers, no library leaves its folder", () => {
  const files = sources();
  assert.ok(files.length > 20, `only ${files.length} sources found`);
  assert.deepEqual(files.flatMap((file) => problemsOf(file, fs.readFileSync(path.join(HOST, file), "utf8"))), []);
});

test("every folder of the host has a row, and every row a folder", () => {
  const folders = fs
    .readdirSync(HOST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
  assert.deepEqual(folders, Object.keys(MAY_USE).filter((name) => name !== "main").sort());
});

test("the check sees what it is there for", () => {
  /** @type {[string, string, RegExp][]} */
  const wrong = [
    ["base/x.cpp", '#include "mail/draft.h"', /base\/ may not include mail\/draft\.h/],
    ["policy/x.cpp", '#include "engine/evaluate.h"', /policy\/ may not include/],
    ["wire/x.cpp", '#include "mail_file/eml_reader.h"', /wire\/ may not include/],
    ["wire/x.cpp", '#include "cli/check.h"', /wire\/ may not include/],
    ["engine/support/x.h", '#  include "wire/session.h"', /engine\/ may not include/],
    ["engine/x.cpp", '#include "verdict.h"', /must be named from host/],
    ["engine/x.cpp", "#include <nlohmann/json.hpp>", /base\/json\.h only/],
    ["base/log.cpp", "#include <nlohmann/json.hpp>", /base\/json\.h only/],
    ["conditions/x.cpp", "#include <unicode/uchar.h>", /base\/, mail\/ only/],
    ["mail/x.cpp", "#include <gmime/gmime.h>", /mail_file\/ only/],
    ["engine/x.cpp", '#include "store/store.h"', /engine\/ may not include/],
    ["store/x.cpp", '#include "wire/session.h"', /store\/ may not include/],
    ["wire/x.cpp", "#include <SQLiteCpp/SQLiteCpp.h>", /store\/ only/],
    ["base/x.cpp", "#include <CLI/CLI.hpp>", /cli\/ only/],
    ["base/x.cpp", "#include <curl/curl.h>", /does not know/],
    ["mail/x.cpp", "#include <unistd.h>", /may be seen in/],
    ["wire/x.cpp", '#include "cli_texts.h"', /for cli\/ only/],
    ["effects/x.cpp", "std::regex pattern;", /std::regex/],
    ["effects/x.cpp", 'return system("zip");', /system\(\)/],
    ["effects/x.cpp", 'auto* pipe = ::popen("zip", "r");', /popen\(\)/],
    ["wire/x.cpp", "std::cout << 1;", /standard output/],
    ["wire/x.cpp", 'std::printf("x");', /standard output/],
    ["main_host.cpp", "std::cout << 1;", /standard output/],
    ["novel/x.cpp", "", /has no row/],
  ];
  for (const [file, text, expected] of wrong) assert.match(problemsOf(file, text).join("\n"), expected, `${file}: ${text}`);
});

test("the check lets be what is right", () => {
  /** @type {[string, string][]} */
  const right = [
    ["engine/x.cpp", '#include "engine/verdict.h"\n#include "policy/mode.h"\n#include <string>'],
    ["cli/x.cpp", '#include <CLI/CLI.hpp>\n#include "mail_file/eml_reader.h"'],
    ["cli/streams.cpp", "return Streams{std::cin, std::cout};"],
    ["base/x.cpp", '// not system() and not std::regex\nconst char* text = "std::cout";'],
    ["base/x.cpp", "file_system(1); operating.system(); snprintf(buffer, 1, 0);"],
    ["main_host.cpp", '#include "wire/session.h"'],
  ];
  for (const [file, text] of right) assert.deepEqual(problemsOf(file, text), [], `${file}: ${text}`);
});
