// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the confirmation shows, worked out of the verdict and nothing else: sides, organisations, ticks and changes are
// the host's. Pure, so that it is tested without a window.

/** @typedef {import("../core/types").Verdict} Verdict */
/** @typedef {import("../core/types").Side} Side */
/** @typedef {import("../core/types").VerdictRecipient} VerdictRecipient */
/** @typedef {"to" | "cc" | "bcc"} Field */

/** @typedef {{id: string, field: Field, name: string, address: string, tick: string | null, movesTo: Field | null, removed: boolean, marks: Mark[]}} Row */
/** @typedef {{name: string, tick: string | null, rows: Row[]}} OrganisationGroup */
/** @typedef {{side: Side, count: number, tick: string | null, organisations: OrganisationGroup[]}} SideGroup */
/** @typedef {{name: string, address: string}} Person */
/**
 * The header as readers see it; those in Bcc see the same, and nobody sees them.
 * @typedef {object} Seen
 * @property {Person[]} to
 * @property {Person[]} cc
 * @property {number} visible readers in To and Cc
 * @property {number} hidden readers in Bcc
 */
/** @typedef {{kind: "moved" | "added" | "removed", name: string, address: string, from: Field | null, to: Field | null}} Change */

/** What deserves a look comes first. @type {readonly Side[]} */
const SIDES = ["outside", "unknown", "inside"];

/** @type {readonly Field[]} */
const FIELDS = ["to", "cc", "bcc"];

/** What a recipient is marked with beside the address, by the condition that found them; the gravest first. */
const MARKS = /** @type {const} */ ({
  lookalike_domain: "lookalike",
  opted_out: "opted_out",
  leftover_recipients: "leftover",
  hidden_original_recipient: "hidden",
  added_in_reply: "joined",
  similar_recipient: "similar",
  first_time: "new",
  dormant: "dormant",
});

/** @typedef {typeof MARKS[keyof typeof MARKS]} Mark */

/** Items of `acknowledge` that have a place of their own on the page. */
const PLACES = ["sender", "subject", "body", "attachments"];

/**
 * @param {Verdict} verdict
 */
export function pageModel(verdict) {
  const open = new Set(verdict.acknowledge);
  /** @param {string} id */
  const take = (id) => (open.delete(id) ? id : null);

  const changes = changesOf(verdict);
  const everybody = take("everybody");
  const marks = marksOf(verdict);
  const groups = SIDES.map((side) => sideGroup(side, verdict.recipients, take, changes, marks)).filter(({ count }) => count > 0);
  const files = new Map(
    verdict.acknowledge.flatMap((id) => {
      const index = attachmentIndex(id);
      return index === null || !take(id) ? [] : [[index, id]];
    }),
  );
  const places = Object.fromEntries(PLACES.map((place) => [place, take(place)]));
  const count = (/** @type {Side} */ side) => verdict.recipients.filter((recipient) => recipient.side === side).length;
  return {
    counts: { outside: count("outside"), unknown: count("unknown"), inside: count("inside") },
    everybody,
    groups,
    places,
    /** Ticks of single attachments, by their place in the mail. */
    files,
    /** Never lost: what has no place is asked in a list of its own. */
    others: [...open],
    changes,
    seen: seenOf(verdict),
    /** Beyond the recipients; label and text are the host's. */
    additions: verdict.changes ?? [],
    notices: verdict.notices ?? [],
    /** Why the mail cannot leave, whatever is answered. */
    problems: verdict.obligations.flatMap(({ problem }) => (problem === undefined ? [] : [problem])),
    holdMinutes: Math.ceil(verdict.hold_seconds / 60),
    asks: {
      approval: verdict.needs.includes("approve"),
      reason: verdict.needs.includes("justify"),
      count: verdict.needs.includes("type_count"),
      names: verdict.needs.includes("retype_names"),
    },
    /** The organisation's word on top of the window; "" for none. */
    topMessage: verdict.top_message ?? "",
    /** Only the policy gives the button that ticks everything. */
    tickAll: verdict.tick_all === true,
    /** How many attachments are still being looked into: until then nothing is sent. */
    pending: verdict.pending.length,
    /** What was found in each attachment, by its place in the mail. */
    inFiles: inFilesOf(verdict),
    /** How long Send waits. */
    countdownSeconds: verdict.countdown_seconds ?? 0,
    /** Whose number is typed. */
    countOf: verdict.count_of ?? "everybody",
    /** The attachments whose names are typed, by their place in the mail. */
    retype: (verdict.retype ?? []).flatMap((id) => attachmentIndex(id) ?? []),
  };
}

/**
 * @param {Verdict} verdict
 * @returns {Map<string, Mark[]>} by recipient
 */
function marksOf({ findings }) {
  /** @type {Map<string, Set<Mark>>} */
  const found = new Map();
  for (const [condition, mark] of /** @type {[string, Mark][]} */ (Object.entries(MARKS))) {
    for (const { where } of findings.filter((one) => one.condition === condition).flatMap((one) => one.evidence)) {
      found.set(where, (found.get(where) ?? new Set()).add(mark));
    }
  }
  return new Map([...found].map(([where, all]) => [where, [...all]]));
}

/**
 * @param {Verdict} verdict
 * @returns {Seen}
 */
function seenOf({ result }) {
  const [to, cc, bcc] = FIELDS.map((field) => result[field].map(mailboxOf));
  return { to: to ?? [], cc: cc ?? [], visible: (to?.length ?? 0) + (cc?.length ?? 0), hidden: bcc?.length ?? 0 };
}

/**
 * @param {Verdict} verdict
 * @returns {Map<number, import("../core/types").Evidence[]>}
 */
function inFilesOf({ findings }) {
  /** @type {Map<number, import("../core/types").Evidence[]>} */
  const found = new Map();
  for (const evidence of findings.flatMap((one) => one.evidence)) {
    const index = /^attachments\[(\d+)\]/.exec(evidence.where)?.[1];
    // Two rules may find the same; in the list of a file it stands once.
    const list = found.get(Number(index)) ?? [];
    if (index === undefined || list.some((one) => one.place === evidence.place && one.excerpt === evidence.excerpt && one.why === evidence.why)) continue;
    found.set(Number(index), [...list, evidence]);
  }
  return found;
}

/** @param {string} id "attachments[2]" @returns {number | null} */
function attachmentIndex(id) {
  const found = /^attachments\[(\d+)\]$/.exec(id);
  return found ? Number(found[1]) : null;
}

/**
 * @param {Side} side
 * @param {VerdictRecipient[]} recipients
 * @param {(id: string) => string | null} take
 * @param {Change[]} changes
 * @param {Map<string, Mark[]>} marks
 * @returns {SideGroup}
 */
function sideGroup(side, recipients, take, changes, marks) {
  const members = recipients.filter((recipient) => recipient.side === side);
  /** @type {Map<string, VerdictRecipient[]>} */
  const byOrganisation = new Map();
  for (const recipient of members) {
    const name = recipient.organisation || domainOf(recipient.address);
    byOrganisation.set(name, [...(byOrganisation.get(name) ?? []), recipient]);
  }
  const tick = members.length > 0 ? take(side) : null;
  const organisations = [...byOrganisation].map(([name, list]) => ({
    name,
    tick: firstTaken([name, ...list.map((recipient) => domainOf(recipient.address))], take),
    rows: list.map((recipient) => rowOf(recipient, take, changes, marks)),
  }));
  return { side, count: members.length, tick, organisations };
}

/**
 * @param {string[]} names
 * @param {(id: string) => string | null} take
 */
function firstTaken(names, take) {
  for (const name of names) {
    const taken = take(`organisation:${name}`);
    if (taken) return taken;
  }
  return null;
}

/**
 * @param {VerdictRecipient} recipient
 * @param {(id: string) => string | null} take
 * @param {Change[]} changes
 * @param {Map<string, Mark[]>} marks
 * @returns {Row}
 */
function rowOf({ id, name, address }, take, changes, marks) {
  const field = fieldOf(id);
  const change = changes.find((one) => one.kind !== "added" && one.address === address && one.from === field);
  return {
    id,
    field,
    name,
    address,
    tick: take(id),
    movesTo: change?.kind === "moved" ? change.to : null,
    removed: change?.kind === "removed",
    marks: marks.get(id) ?? [],
  };
}

/**
 * The verdict's result against the draft.
 * @param {Verdict} verdict
 * @returns {Change[]}
 */
export function changesOf(verdict) {
  const key = (/** @type {Field} */ field, /** @type {string} */ address) => `${field} ${address.toLowerCase()}`;
  const before = verdict.recipients.map(({ id, name, address }) => ({ field: fieldOf(id), name, address }));
  const after = FIELDS.flatMap((field) => verdict.result[field].map((text) => ({ field, ...mailboxOf(text) })));
  const inAfter = new Set(after.map(({ field, address }) => key(field, address)));
  const inBefore = new Set(before.map(({ field, address }) => key(field, address)));
  const gone = before.filter(({ field, address }) => !inAfter.has(key(field, address)));
  const come = after.filter(({ field, address }) => !inBefore.has(key(field, address)));
  /** @type {Change[]} */
  const changes = [];
  for (const { field, name, address } of gone) {
    const index = come.findIndex((one) => one.address.toLowerCase() === address.toLowerCase());
    const target = index < 0 ? null : come.splice(index, 1)[0];
    changes.push({ kind: target ? "moved" : "removed", name, address, from: field, to: target?.field ?? null });
  }
  for (const { field, name, address } of come) changes.push({ kind: "added", name, address, from: null, to: field });
  return changes;
}

/**
 * @param {string} id "to[0]"
 * @returns {Field}
 */
export function fieldOf(id) {
  const field = id.split("[")[0];
  return field === "cc" || field === "bcc" ? field : "to";
}

/** @param {string} address */
function domainOf(address) {
  const at = address.lastIndexOf("@");
  return at < 0 ? "" : address.slice(at + 1);
}

/**
 * A mailbox as the host writes it, for showing only.
 * @param {string} text
 */
function mailboxOf(text) {
  const match = /^\s*(.*?)\s*<([^<>]*)>\s*$/s.exec(text);
  if (!match) return { name: "", address: text.trim() };
  const [, name = "", address = ""] = match;
  return { name: name.replace(/^"(.*)"$/s, "$1").replace(/\\(.)/g, "$1"), address };
}

/**
 * What is still missing before the mail may be sent.
 * @param {object} given
 * @param {string[]} given.ticks the ids that must be ticked
 * @param {Set<string>} given.ticked
 * @param {{reason: boolean, count: boolean, names: boolean}} given.asks
 * @param {string} given.reason
 * @param {string} given.typedCount
 * @param {string[]} given.typedNames
 */
export function stillOpen({ ticks, ticked, asks, reason, typedCount, typedNames }) {
  return {
    ticks: ticks.filter((id) => !ticked.has(id)).length,
    reason: asks.reason && reason.trim() === "",
    count: asks.count && !/^\d+$/.test(typedCount.trim()),
    names: asks.names && (typedNames.length === 0 || typedNames.some((name) => name.trim() === "")),
  };
}
