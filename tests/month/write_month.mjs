// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Wraps the mails of texts/*.txt and the people of people.txt into drafts with their contexts: one .jsonl a theme.
// README.md says how a text is written.   usage: node tests/month/write_month.mjs
import fs from "node:fs";
import path from "node:path";
import process from "node:process";
import { fileURLToPath, pathToFileURL } from "node:url";

const HERE = path.dirname(fileURLToPath(import.meta.url));

/** @typedef {{ key: string, name: string, address: string, organisation: string }} Person */
/** @typedef {{ theme: string, name: string, sender: string, day: string, time: string, kind: string,
 *   fields: Map<string, string>, body: string }} Text */

/** @param {string} file */
const read = (file) => fs.readFileSync(path.join(HERE, file), "utf8");

/** @returns {{ people: Map<string, Person>, groups: Map<string, string[]> }} */
function readPeople() {
  const people = new Map();
  const groups = new Map();
  for (const line of read("people.txt").split("\n")) {
    if (line === "" || line.startsWith("#")) {
      continue;
    }
    const parts = line.split("|").map((part) => part.trim());
    if (line.startsWith("group ")) {
      groups.set(parts[0].slice("group ".length), parts[1].split(" "));
    } else {
      const [key, name, address, organisation] = parts;
      people.set(key, { key, name, address, organisation });
    }
  }
  return { people, groups };
}

const { people: PEOPLE, groups: GROUPS } = readPeople();
const SENDERS = JSON.parse(read("senders.json"));

/** @param {string} key */
function person(key) {
  const found = PEOPLE.get(key);
  if (!found) {
    throw new Error(`nobody is called "${key}"`);
  }
  return found;
}

/** The keys of "ito, group dealers". @param {string | undefined} text @returns {string[]} */
const keysOf = (text) =>
  (text ?? "").split(",").map((key) => key.trim()).filter((key) => key !== "")
    .flatMap((key) => (key.startsWith("group ") ? /** @type {string[]} */ (GROUPS.get(key.slice(6))) : [key]));

/** @param {string} key */
function mailbox(key) {
  const { name, address } = person(key);
  if (name === "") {
    return address;
  }
  return /[(),.<>@"']/.test(name) ? `"${name}" <${address}>` : `${name} <${address}>`;
}

/** A number that depends on the words alone. @param {string} words @param {number} below */
function dice(words, below) {
  let hash = 2166136261;
  for (const byte of Buffer.from(words)) {
    hash = Math.imul(hash ^ byte, 16777619) >>> 0;
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % below;
}

/** @param {string} theme @returns {Text[]} */
function readTexts(theme) {
  return read(`texts/${theme}.txt`).split(/^=== /m).slice(1).map((block) => {
    const [head, ...lines] = block.trimEnd().split("\n");
    const [name, sender, moment, kind] = head.split("|").map((part) => part.trim());
    const [day, time] = moment.split(" ");
    const fields = new Map();
    let at = 0;
    for (; at < lines.length && lines[at] !== ""; ++at) {
      const [, key, value] = /** @type {RegExpMatchArray} */ (lines[at].match(/^(\w+): ?(.*)$/) ?? fail(lines[at]));
      fields.set(key, value);
    }
    return { theme, name, sender, day, time, kind, fields, body: lines.slice(at + 1).join("\n") };
  });
}

/** @param {string} line @returns {never} */
function fail(line) {
  throw new Error(`not "field: value": ${line}`);
}

const THEMES = fs.readdirSync(path.join(HERE, "texts")).map((file) => path.parse(file).name).sort();
const TEXTS = THEMES.flatMap(readTexts);

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October"];

/** The line above a quoted mail, as the mail programs write it. @param {string} style @param {string} key
 *  @param {string} date MM/DD @param {string} time @param {Text} text */
function attribution(style, key, date, time, text) {
  const [month, day] = date.split("/").map(Number);
  const weekday = new Date(Date.UTC(2026, month - 1, day)).getUTCDay();
  const { name, address } = person(key);
  switch (style) {
    case "thunderbird-en":
      return `On ${day}/${month}/2026 ${time}, ${name || address} wrote:`;
    case "gmail":
      return `2026年${month}月${day}日(${"日月火水木金土"[weekday]}) ${time} ${name} <${address}>:`;
    case "gmail-en":
      return `On ${WEEKDAYS[weekday].slice(0, 3)}, ${MONTHS[month - 1].slice(0, 3)} ${day}, 2026 at ${time} ${name} <${address}> wrote:`;
    case "outlook":
      return ["-----Original Message-----", `From: ${name} <${address}>`,
        `Sent: ${WEEKDAYS[weekday]}, ${MONTHS[month - 1]} ${day}, 2026 ${time}`,
        `To: ${mailbox(text.sender)}`, `Subject: ${subjectOfOriginal(text)}`, ""].join("\n");
    default:
      return `2026/${date} ${time}、${name || address}のメール:`;
  }
}

/** @param {Text} text */
const subjectOfOriginal = (text) => (text.fields.get("s") ?? "").replace(/^(Re|Fw|Fwd): /i, "");

/** @param {Text} text */
function plainBody(text) {
  const sender = SENDERS[text.sender];
  const [own, ...quotes] = text.body.split(/^>>> /m);
  const parts = [own.trimEnd().replace(/^@o$/m, sender.open).replace(/^@c$/m, sender.close)];
  if (!flags(text).has("nosig")) {
    parts.push(sender.signature);
  }
  for (const quote of quotes) {
    const [head, ...lines] = quote.trimEnd().split("\n");
    const [key, date, time] = head.split(" ");
    const style = sender.quotes;
    const shown = style === "outlook" ? lines : lines.map((line) => (line.startsWith(">") ? `>${line}` : `> ${line}`.trimEnd()));
    parts.push([attribution(style, key, date, time, text), ...shown].join("\n"));
  }
  return parts.join("\n\n") + "\n";
}

/** @param {string} text */
const escape = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
/** @param {string} text */
const paragraphs = (text) => text.split(/\n\n+/).map((part) => `<p>${escape(part).replaceAll("\n", "<br>\n")}</p>`).join("\n");

/** As an HTML editor makes it: paragraphs, the signature in a block, the quote cited. @param {Text} text */
function htmlBody(text) {
  const sender = SENDERS[text.sender];
  const [own, ...quotes] = text.body.split(/^>>> /m);
  const parts = [paragraphs(own.trimEnd().replace(/^@o$/m, sender.open).replace(/^@c$/m, sender.close))];
  if (!flags(text).has("nosig")) {
    parts.push(`<div class="moz-signature">${escape(sender.signature).replaceAll("\n", "<br>\n")}</div>`);
  }
  for (const quote of quotes) {
    const [head, ...lines] = quote.trimEnd().split("\n");
    const [key, date, time] = head.split(" ");
    const cited = `<blockquote type="cite">${paragraphs(lines.join("\n"))}</blockquote>`;
    parts.push(`<div class="moz-cite-prefix">${escape(attribution(sender.quotes, key, date, time, text)).replaceAll("\n", "<br>\n")}</div>\n${cited}`);
  }
  return `<html><head><meta charset="utf-8"></head><body>\n${parts.join("\n")}\n</body></html>\n`;
}

/** @param {Text} text */
const flags = (text) => new Set((text.fields.get("x") ?? "").split(" ").filter((flag) => flag !== ""));

const TYPES = /** @type {Record<string, string>} */ ({
  pdf: "application/pdf", png: "image/png", jpg: "image/jpeg", zip: "application/zip", csv: "text/csv", txt: "text/plain",
  ics: "text/calendar", eml: "message/rfc822", mp4: "video/mp4", gz: "application/gzip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  pptx: "application/vnd.openxmlformats-officedocument.presentationml.presentation",
});

/** "name.pdf 1234; other.xlsx 99" @param {string | undefined} text */
const attachments = (text) =>
  (text ?? "").split(";").map((one) => one.trim()).filter((one) => one !== "").map((one, index) => {
    const space = one.lastIndexOf(" ");
    const name = one.slice(0, space);
    return { id: String(index + 1), name, type: TYPES[name.split(".").at(-1) ?? ""] ?? "application/octet-stream", size: Number(one.slice(space + 1)) };
  });

/** What was answered or passed on: "from; to; cc", and hidden or rt=key among the flags. @param {Text} text */
function original(text) {
  const to = keysOf(text.fields.get("t"));
  const written = text.fields.get("o");
  const [from, first, second] = written === undefined
    ? [to[0], [text.sender, ...to.slice(1)].join(","), text.fields.get("c") ?? ""]
    : written.split(";").map((part) => part.trim());
  const json = { from: [mailbox(from)], to: keysOf(first).map(mailbox), cc: keysOf(second).map(mailbox) };
  const answers = [...flags(text)].find((flag) => flag.startsWith("rt="));
  return {
    ...json,
    ...(answers ? { reply_to: [mailbox(answers.slice(3))] } : {}),
    ...(flags(text).has("hidden") ? { hidden: true } : {}),
  };
}

/** @param {Text} text */
function draftOf(text) {
  const html = flags(text).has("html");
  const addresses = (/** @type {string} */ field) => keysOf(text.fields.get(field)).map(mailbox);
  const initial = text.fields.get("i");
  const answered = ["reply", "reply_all", "forward"].includes(text.kind);
  return {
    from: mailbox(text.sender),
    to: addresses("t"),
    cc: addresses("c"),
    bcc: addresses("b"),
    subject: text.fields.get("s") ?? "",
    body: html ? { html: htmlBody(text) } : { text: plainBody(text) },
    attachments: attachments(text.fields.get("a")),
    compose: {
      kind: text.kind,
      ...(initial === undefined ? {} : { initial_recipients: keysOf(initial).map(mailbox) }),
      ...(answered ? { original: original(text) } : {}),
    },
  };
}

const isNew = (/** @type {string} */ key) => key.startsWith("new-");

/** @param {Text} text */
const recipientKeys = (text) => ["t", "c", "b"].flatMap((field) => keysOf(text.fields.get(field)));

/** Everybody a sender writes to in the month, and whom together with whom. @type {Map<string, Map<string, Set<string>>>} */
const CIRCLES = new Map();
for (const text of TEXTS) {
  const circle = CIRCLES.get(text.sender) ?? new Map();
  CIRCLES.set(text.sender, circle);
  const keys = recipientKeys(text).filter((key) => !isNew(key));
  for (const key of keys) {
    const others = circle.get(key) ?? new Set();
    circle.set(key, others);
    keys.filter((other) => other !== key && other !== text.sender).slice(0, 12).forEach((other) => others.add(other));
  }
}

/** @param {Date} date */
const stamp = (date) => new Date(date.getTime() + 9 * 3600_000).toISOString().replace(/\.\d+Z$/, "+09:00");

/** The recipients and a part of the sender's other correspondents: whoever is not new was written to before.
 *  @param {Text} text @param {Date} now */
function historyOf(text, now) {
  const circle = /** @type {Map<string, Set<string>>} */ (CIRCLES.get(text.sender));
  const mine = new Set(recipientKeys(text));
  const others = [...circle.keys()].filter((key) => !mine.has(key) && dice(text.name + key, 3) === 0).slice(0, 14);
  return [...mine, ...others].filter((key) => !isNew(key)).map((key) => {
    const { address, name } = person(key);
    const about = text.sender + key;
    const together = [...(circle.get(key) ?? [])].filter((other) => !isNew(other)).slice(0, 6);
    return {
      address,
      ...(name ? { name } : {}),
      sent: 2 + dice(about, 90),
      received: dice(`${about}r`, 80),
      last: stamp(new Date(now.getTime() - (1 + dice(about + text.day, 40)) * 86400_000 + dice(about, 7) * 3600_000)),
      account: person(text.sender).address,
      ...(together.length > 0 ? { with: together.map((other) => person(other).address) } : {}),
    };
  });
}

/** @param {Text} text */
function contextOf(text) {
  const now = new Date(`2026-10-${text.day}T${text.time}:00+09:00`);
  const self = person(text.sender);
  const known = [...new Set(recipientKeys(text))].filter((key) => !isNew(key) && dice(text.sender + key, 10) < 7).map(person);
  return {
    now: stamp(now),
    identities: [{ address: self.address, name: self.name }],
    contacts: known.slice(0, 20).map(({ address, name, organisation }) => ({
      address, ...(name ? { name } : {}), ...(organisation ? { organisation } : {}),
    })),
    history: historyOf(text, now),
    recent: { similar_last_minute: flags(text).has("again") ? 2 : 0 },
    seat: `PC-${text.sender.toUpperCase()}`,
  };
}

/** @param {string} theme */
function linesOf(theme) {
  return TEXTS.filter((text) => text.theme === theme).map((text) => JSON.stringify({
    name: text.name, ...(flags(text).has("asks") ? { asks: true } : {}), mail: draftOf(text), context: contextOf(text),
  }) + "\n").join("");
}

/** Each file with what belongs in it. @returns {Map<string, string>} */
export function monthFiles() {
  return new Map(THEMES.map((theme) => [path.join(HERE, `${theme}.jsonl`), linesOf(theme)]));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const [file, content] of monthFiles()) {
    fs.writeFileSync(file, content);
    console.log(`${path.basename(file)}: ${content.split("\n").length - 1} drafts`);
  }
}
