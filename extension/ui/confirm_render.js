// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The confirmation page's content, part by part.

import { byId, element, icon } from "./dom.js";
import { fileKind, kindMessage } from "./file_kind.js";
import { fileSize, plural, t } from "./i18n.js";
import { markedPieces } from "./marked_text.js";

/** @typedef {import("../core/types").ConfirmationModel} ConfirmationModel */
/** @typedef {import("../core/types").Finding} Finding */
/** @typedef {import("../core/types").Side} Side */
/** @typedef {import("./view_model.js").Change} Change */
/** @typedef {import("./view_model.js").Field} Field */
/** @typedef {import("./view_model.js").Row} Row */
/** @typedef {import("./view_model.js").SideGroup} SideGroup */
/** @typedef {ReturnType<typeof import("./view_model.js").pageModel>} PageModel */

/** A finding about everybody need not name everybody: the recipients stand below. */
const EVIDENCE_SHOWN = 5;

/** An organisation with more people than this, none of whom is to be ticked, is folded up. */
const FOLD_ABOVE = 8;

const NOTES = {
  none: "",
  mail_changed: "noteMailChanged",
  policy_changed: "notePolicyChanged",
  not_covered: "noteNotCovered",
  count_wrong: "noteCountWrong",
  names_wrong: "noteNamesWrong",
  fix_refused: "noteFixRefused",
  fixed: "noteFixed",
  silenced: "noteSilenced",
  silence_refused: "noteSilenceRefused",
};

const MODES = {
  block: ["modeBlock", "icon-block"],
  approve: ["modeApprove", "icon-ask"],
  hold: ["modeHold", "icon-ask"],
  justify: ["modeJustify", "icon-ask"],
  confirm: ["modeConfirm", "icon-ask"],
  warn: ["modeWarn", "icon-note"],
  simulate: ["modeWarn", "icon-note"],
};

const SIDE_WORDS = { outside: "sideOutside", unknown: "sideUnknown", inside: "sideInside" };
const FIELD_WORDS = { to: "fieldTo", cc: "fieldCc", bcc: "fieldBcc" };

/** What a recipient is marked with. @type {Record<import("./view_model.js").Mark, string>} */
const MARK_WORDS = {
  lookalike: "markLookalike",
  opted_out: "markOptedOut",
  leftover: "markLeftover",
  hidden: "markHidden",
  joined: "markJoined",
  similar: "markSimilar",
  new: "markNew",
  dormant: "markDormant",
};

/** Where a piece of evidence stands. @type {Record<string, string>} */
const PLACE_WORDS = {
  to: "fieldTo",
  cc: "fieldCc",
  bcc: "fieldBcc",
  from: "placeSender",
  sender: "placeSender",
  subject: "placeSubject",
  body: "placeBody",
  attachments: "placeAttachments",
};

/**
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 * @param {import("./dom.js").PageRoot} root where the elements of confirm.html stand
 */
export function renderPage(model, page, root) {
  const verdict = model.verdict;
  if (!verdict) return;
  const note = NOTES[model.note];
  byId("heading", root).textContent = headingOf(model, page);
  byId("lead", root).textContent = leadOf(model, page);
  byId("top-message", root).textContent = page.topMessage;
  byId("top-message", root).hidden = page.topMessage === "";
  byId("note", root).textContent = note ? t(note) : "";
  fill(root, "notices", "notices-list", page.notices.map(noticeItem));
  fill(root, "findings", "findings-list", [...page.problems.map(problemItem), ...verdict.findings.map((one) => findingItem(one, model.silenceable))]);
  fill(root, "changes", "changes-list", [...page.changes.map(changeItem), ...page.additions.map(additionItem)]);
  const everybody = page.everybody && tickLabel(page.everybody, plural("tickSide", verdict.recipients.length));
  fill(root, "recipients", "recipients-groups", [...(everybody ? [everybody] : []), ...page.groups.map(sideSection)]);
  fill(root, "mail", "mail-parts", mailParts(model, page));
  fill(root, "seen", "seen-parts", seenParts(model, page));
  fill(root, "others", "others-list", page.others.map((id) => element("li", {}, tickLabel(id, t("otherTick", id)))));
  renderAnswers(model, page, root);
}

/**
 * @param {import("./dom.js").PageRoot} root
 * @param {string} sectionId
 * @param {string} listId
 * @param {Node[]} items
 */
function fill(root, sectionId, listId, items) {
  byId(sectionId, root).hidden = items.length === 0;
  byId(listId, root).replaceChildren(...items);
}

/**
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 */
function headingOf({ state }, { counts, asks }) {
  if (state === "checking") return t("headingChecking");
  if (asks.approval) return t("headingApproval");
  if (state === "block") return t("headingBlock");
  if (counts.unknown > 0) return plural("headingOutsideOrUnknown", counts.outside + counts.unknown);
  if (counts.outside > 0) return plural("headingOutside", counts.outside);
  return t("headingReady");
}

/**
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 */
function leadOf({ state }, { asks, holdMinutes }) {
  if (state === "checking") return t("leadChecking");
  if (asks.approval) return t("leadApproval");
  if (state === "block") return t("leadBlock");
  if (holdMinutes > 0) return plural("leadHold", holdMinutes);
  return t("leadReady");
}

/**
 * @param {Finding} finding
 * @param {import("../core/types").Silenceable[]} silenceable
 */
function findingItem(finding, silenceable) {
  const [word, symbol] = MODES[finding.mode];
  // What the mail says comes before who gets it: the recipients stand below anyhow.
  const ofRecipients = (/** @type {import("../core/types").Evidence} */ { where }) => /^(to|cc|bcc)\[/.test(where);
  const ordered = [...finding.evidence.filter((one) => !ofRecipients(one)), ...finding.evidence.filter(ofRecipients)];
  const shown = ordered.slice(0, EVIDENCE_SHOWN);
  const more = finding.evidence_total - shown.length;
  return element(
    "li",
    { "data-finding": finding.rule, "data-mode": finding.mode, class: "finding" },
    element(
      "div",
      { class: "finding-head" },
      element("h3", {}, icon(symbol ?? "icon-note"), finding.title || finding.rule),
      element("span", { class: "tag" }, t(word ?? "modeWarn")),
    ),
    finding.message && element("p", {}, finding.message),
    shown.length > 0 &&
      element(
        "ul",
        { class: "evidence" },
        ...shown.map((evidence, index) => evidenceItem(evidence, rightButton(finding, evidence, index, silenceable))),
        more > 0 && element("li", { class: "more" }, plural("evidenceMore", more)),
      ),
    finding.fixes.length > 0 &&
      element(
        "div",
        { class: "fixes" },
        ...finding.fixes.map(({ id, label }) =>
          element("button", { type: "button", "data-fix": id, "data-rule": finding.rule }, label),
        ),
      ),
    helpLink(finding.help),
  );
}

/** @param {string | undefined} address a policy is the administrator's, but a link may still only be a web page */
function helpLink(address) {
  if (!address || !/^https:\/\//i.test(address)) return null;
  return element("a", { href: address, target: "_blank", rel: "noreferrer" }, t("helpLink"));
}

/**
 * "This is right", beside what was asked. Words and right are the host's.
 * @param {Finding} finding
 * @param {import("../core/types").Evidence} evidence
 * @param {number} index
 * @param {import("../core/types").Silenceable[]} silenceable
 */
function rightButton({ rule }, { where }, index, silenceable) {
  const one = silenceable.find((each) => each.rule === rule && each.recipient === where);
  if (!one) return null;
  // To somebody who hears the button alone, what it is about is said as well.
  const about = `evidence-${rule}-${index}`;
  const attributes = { type: "button", class: "right", "data-silence": one.condition, "data-recipient": where, "aria-describedby": about };
  return { about, button: element("button", attributes, one.label) };
}

/**
 * @param {import("../core/types").Evidence} evidence
 * @param {{about: string, button: HTMLElement} | null} right
 */
function evidenceItem({ where, excerpt, why, place }, right) {
  const word = PLACE_WORDS[where.split(/[[.:]/)[0] ?? ""];
  // A reason that quotes the excerpt carries the mark itself, rather than saying it twice.
  const at = excerpt ? why.indexOf(excerpt) : -1;
  const reason =
    at < 0
      ? [element("mark", {}, excerpt), why && element("span", { class: "why" }, why)]
      : [
          element("span", { class: "why" }, why.slice(0, at), element("mark", {}, excerpt), why.slice(at + excerpt.length)),
        ];
  const shown = place || (word && t(word));
  const said = [shown && element("span", { class: "where" }, shown), ...reason];
  if (!right) return element("li", {}, ...said);
  return element("li", {}, element("span", { id: right.about, class: "said" }, ...said), right.button);
}

/** @param {string} problem */
function problemItem(problem) {
  return element(
    "li",
    { class: "finding", "data-mode": "block", "data-problem": true },
    element("div", { class: "finding-head" }, element("h3", {}, icon("icon-block"), t("problemTitle"))),
    element("p", {}, problem),
  );
}

/** @param {{id: string, text: string}} notice */
function noticeItem({ id, text }) {
  return element("li", { class: "notice", "data-notice": id }, icon("icon-note"), element("p", {}, text));
}

/** @param {import("../core/types").PlannedChange} change */
function additionItem({ where, label, text }) {
  return element(
    "li",
    { "data-change": where, class: "addition" },
    element("span", { class: "sign", "aria-hidden": "true" }, "＋"),
    element("span", { class: "change-word" }, label),
    element("bdi", { class: "added-text" }, text),
  );
}

/** @param {Change} change */
function changeItem({ kind, name, address, from, to }) {
  const words = { moved: "changeMoved", added: "changeAdded", removed: "changeRemoved" };
  const signs = { moved: "→", added: "＋", removed: "－" };
  return element(
    "li",
    { "data-change": kind },
    element("span", { class: "sign", "aria-hidden": "true" }, signs[kind]),
    element("span", { class: "change-word" }, t(words[kind], t(FIELD_WORDS[to ?? from ?? "to"]))),
    person(name, address),
  );
}

/** @param {SideGroup} group */
function sideSection({ side, count, tick, organisations }) {
  const title = element("h3", { class: "side-title" }, icon(`icon-${side}`), plural(SIDE_WORDS[side], count));
  return element(
    "section",
    { class: "side", "data-side-group": side },
    title,
    tick && tickLabel(tick, plural("tickSide", count)),
    ...organisations.map((organisation) => organisationBlock(organisation, side)),
  );
}

/**
 * @param {import("./view_model.js").OrganisationGroup} organisation
 * @param {Side} side
 */
function organisationBlock({ name, tick, rows }, side) {
  const list = element("ul", { class: "people" }, ...rows.map((row) => recipientRow(row, side)));
  const count = rows.length > 1 && element("span", { class: "count" }, plural("people", rows.length));
  // Where the organisation is to be ticked, the tick's own words name it.
  const title = tick ? null : name && element("span", { class: "organisation-name" }, name);
  const folded = rows.length > FOLD_ABOVE && rows.every((row) => row.tick === null);
  const head = folded
    ? element("details", {}, element("summary", {}, title, count), list)
    : (title || count) && element("h4", {}, title, count);
  return element("div", { class: "organisation" }, tick && tickLabel(tick, t("tickOrganisation", name)), head, !folded && list);
}

/**
 * @param {Row} row
 * @param {Side} side
 */
function recipientRow({ id, field, name, address, tick, movesTo, removed, marks }, side) {
  const tags = element(
    "span",
    { class: "tags" },
    ...marks.map((mark) => element("span", { class: "field found", "data-mark": mark }, t(MARK_WORDS[mark]))),
    movesTo
      ? element("span", { class: "field moves" }, t("fieldMoves", t(FIELD_WORDS[field]), t(FIELD_WORDS[movesTo])))
      : element("span", { class: "field" }, t(FIELD_WORDS[field])),
    removed && element("span", { class: "field moves" }, t("fieldRemoved")),
  );
  const content = [person(name, address), tags];
  return element(
    "li",
    { "data-recipient": id, "data-side": side },
    tick ? tickLabel(tick, ...content) : element("div", { class: "row" }, element("span", { class: "no-tick" }), ...content),
  );
}

/**
 * @param {string} name
 * @param {string} address
 */
function person(name, address) {
  return element(
    "span",
    { class: "person" },
    name && name !== address && element("span", { class: "name" }, element("bdi", {}, name)),
    element("span", { class: "address" }, element("bdi", {}, address)),
  );
}

/**
 * @param {string} id
 * @param {...(Node | string)} content
 */
function tickLabel(id, ...content) {
  return element(
    "label",
    { class: "row" },
    element("input", { type: "checkbox", "data-acknowledge": id, autocomplete: "off" }),
    ...content.map((part) => (typeof part === "string" ? element("span", {}, part) : part)),
  );
}

/**
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 * @returns {Node[]}
 */
function mailParts({ summary, verdict, parts }, { places, files: ticks, inFiles }) {
  const { from, subject, text, attachments } = summary;
  /** @type {(word: string, tick: string | null | undefined, value: Node) => Node} */
  const line = (word, tick, value) =>
    element(
      "div",
      { class: "mail-line" },
      element("h3", {}, t(word)),
      element("div", {}, value, tick && tickLabel(tick, t("tickChecked", t(word)))),
    );
  const files = element(
    "ul",
    { class: "files" },
    ...attachments.map(({ name, size, linked }, index) => {
      const { kind = undefined, state = undefined } = parts?.find(({ where }) => where === `attachments[${index}]`) ?? {};
      const content = element(
        "span",
        {},
        element("bdi", { class: "file-name" }, name),
        element("span", { class: "file-kind" }, t(kindMessage(name, kind))),
        size !== undefined && element("span", { class: "file-kind" }, fileSize(size)),
        linked && element("span", { class: "file-kind" }, t("fileLinked")),
        state === "pending" && element("span", { class: "file-state" }, t("fileChecking")),
        state === "uninspected" && element("span", { class: "file-state" }, t("fileUnchecked")),
      );
      const tick = ticks.get(index);
      const line = tick ? [tickLabel(tick, content)] : [icon("icon-file"), content];
      return element("li", { "data-file": String(index), "data-file-state": state ?? "" }, ...line, foundInFile(inFiles.get(index) ?? []));
    }),
  );
  const evidence = verdict?.findings.flatMap((finding) => finding.evidence) ?? [];
  /** @type {(shown: string, place: string) => Node[]} */
  const marked = (shown, place) =>
    markedPieces(shown, evidence.filter(({ where }) => where === place || where.startsWith(`${place}.`))).map((piece) =>
      piece.marked ? element("mark", {}, piece.text) : document.createTextNode(piece.text),
    );
  const content = marked(text, "body");
  // What a finding points at is seen without a click.
  const open = content.length > 1;
  const body = element("details", { open }, element("summary", {}, t("showText")), element("pre", {}, ...content));
  return [
    line("placeSender", places["sender"], element("bdi", {}, from)),
    line("placeSubject", places["subject"], element("bdi", {}, ...(subject ? marked(subject, "subject") : [t("noSubject")]))),
    line("placeAttachments", places["attachments"], attachments.length > 0 ? files : element("span", {}, t("noAttachments"))),
    line("placeBody", places["body"], text.trim() ? body : element("span", {}, t("noText"))),
  ];
}

/**
 * What was found in a file, beside the file itself; where it is and which rule asks for it stand above, too.
 * @param {import("../core/types").Evidence[]} found
 */
function foundInFile(found) {
  if (found.length === 0) return null;
  const more = found.length - EVIDENCE_SHOWN;
  return element(
    "ul",
    { class: "evidence in-file" },
    ...found.slice(0, EVIDENCE_SHOWN).map((evidence) => evidenceItem(evidence, null)),
    more > 0 && element("li", { class: "more" }, plural("evidenceMore", more)),
  );
}

/** Of a long list of readers the beginning is enough to see that it is one. */
const READERS_SHOWN = 20;

/**
 * What each reader gets to see: those in Bcc see who is in To and Cc, and nobody sees them.
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 * @returns {Node[]}
 */
function seenParts({ state, summary }, { seen: { to, cc, visible, hidden } }) {
  if (state === "block" || visible + hidden === 0) return [];
  /** @type {(word: string, people: import("./view_model.js").Person[]) => Node} */
  const field = (word, people) => {
    const shown = people.slice(0, READERS_SHOWN).map(({ name, address }) => element("li", {}, person(name, address)));
    const more = people.length - shown.length;
    const list = element("ul", {}, ...shown, more > 0 && element("li", { class: "more" }, plural("seenMore", more)));
    return element("div", { class: "mail-line" }, element("h4", {}, t(word)), people.length > 0 ? list : element("span", {}, t("seenNobody")));
  };
  const files = summary.attachments.map(({ name }) => name).join(", ");
  /** @type {(group: string, count: number, note: string) => Node | null} */
  const view = (group, count, note) =>
    count > 0
      ? element(
          "details",
          { "data-seen-by": group },
          element("summary", {}, plural(group === "visible" ? "seenByVisible" : "seenByHidden", count)),
          element("p", { class: "why" }, note),
          element("div", { class: "mail-line" }, element("h4", {}, t("placeSender")), element("bdi", {}, summary.from)),
          field("fieldTo", to),
          field("fieldCc", cc),
          element("div", { class: "mail-line" }, element("h4", {}, t("placeAttachments")), element("bdi", {}, files || t("noAttachments"))),
        )
      : null;
  const parts = [
    view("visible", visible, hidden > 0 ? plural("seenHiddenFromThem", hidden) : t("seenEachOther")),
    view("hidden", hidden, t("seenAsHidden")),
  ];
  return parts.flatMap((part) => part ?? []);
}

/**
 * @param {ConfirmationModel} model
 * @param {PageModel} page
 * @param {import("./dom.js").PageRoot} root
 */
function renderAnswers({ state, summary }, { asks, countOf, counts, retype }, root) {
  const wanted = state === "ready" && (asks.reason || asks.count || asks.names);
  byId("answers", root).hidden = !wanted;
  byId("ask-reason", root).hidden = !asks.reason;
  byId("ask-count", root).hidden = !asks.count;
  byId("ask-names", root).hidden = !asks.names;
  const outside = counts.unknown > 0 ? t("typedCountOutsideOrUnknown") : t("typedCountOutside");
  byId("typed-count-label", root).textContent = countOf === "outside" ? outside : t("typedCountLabel");
  const former = [...byId("typed-names", root).querySelectorAll("input")].map((input) => input.value);
  byId("typed-names", root).replaceChildren(
    ...retype.map((index, place) => {
      const input = /** @type {HTMLInputElement} */ (
        element("input", { id: `typed-name-${index}`, type: "text", autocomplete: "off", spellcheck: "false" })
      );
      input.value = former[place] ?? "";
      return element("div", { class: "typed-name" }, element("label", { for: input.id }, fileWords(summary, index)), input);
    }),
  );
}

/**
 * Which file is meant, without the name that is to be typed: "File 2 (spreadsheet, 18 kB)".
 * @param {ConfirmationModel["summary"]} summary
 * @param {number} index
 */
function fileWords({ attachments }, index) {
  const { name = "", size = undefined } = attachments[index] ?? {};
  const kind = t(fileKind(name).message);
  return size === undefined ? t("typedNameOfKind", index + 1, kind) : t("typedNameOfKindAndSize", index + 1, kind, fileSize(size));
}
