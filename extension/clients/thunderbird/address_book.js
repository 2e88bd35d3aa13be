// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the address book knows about the recipients of one mail: the members of its lists, and contacts.

import { joinMailbox, splitMailbox } from "../../core/mailbox.js";

/** @typedef {{id: string, name: string, description?: string, members: () => Promise<{name: string, email: string}[]>}} ListEntry */

/** A flag is one word (a category, a custom field, a line of the notes); what is longer is prose and stays here. */
const FLAG = /^\S{1,100}$/;

/** Beyond this many recipients contacts are not looked up: each is a query of its own. */
const MOST_CONTACT_QUERIES = 20;

/** Contacts only help; a slow address book must not hold the mail up. Late means absent, and absent is not empty. */
const CONTACTS_WITHIN_MS = 300;

/** Lists decide who gets the mail: without them the check fails rather than passing over somebody. */
const LISTS_WITHIN_MS = 5_000;

/**
 * @param {any} recipient a string, or a node of the address book, which only another extension could have put there: that is
 *   written out as no address at all, so that the host counts somebody whom it cannot name, and asks
 * @returns {string}
 */
export function mailboxText(recipient) {
  if (recipient === undefined || recipient === null) return "";
  return typeof recipient === "string" ? recipient : `? ${Object.values(recipient).join(" ").replace(/[^\w ]/g, "_")}`;
}

/**
 * vCard (RFC 6350, and the 3.0 of older address books): only what is asked for here.
 * @param {string} vCard
 * @returns {{name: string, emails: string[], organisation: string, flags: string[]}} `emails[0]` is the preferred one
 */
export function readVCard(vCard) {
  let name = "";
  let organisation = "";
  /** @type {string[]} */
  const flags = [];
  /** @type {{address: string, preference: number}[]} */
  const emails = [];
  for (const line of vCard.replace(/\r?\n[ \t]/g, "").split(/\r?\n/)) {
    const match = /^(?:[\w-]+\.)?([\w-]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(line);
    if (!match) continue;
    const [, property = "", parameters = "", raw = ""] = match;
    const value = raw.replace(/\\n/gi, " ").replace(/\\(.)/g, "$1").trim();
    const words = (/** @type {RegExp} */ between) => raw.split(between).map((word) => word.replace(/\\(.)/g, "$1").trim());
    switch (property.toUpperCase()) {
      case "FN":
        name ||= value;
        break;
      case "ORG":
        organisation ||= value.split(";").filter(Boolean).join(" ");
        break;
      case "CATEGORIES":
        flags.push(...words(/(?<!\\),/).filter(Boolean));
        break;
      case "NOTE":
      case "X-CUSTOM1":
      case "X-CUSTOM2":
      case "X-CUSTOM3":
      case "X-CUSTOM4":
        flags.push(...words(/\\n/i).filter((word) => FLAG.test(word)));
        break;
      case "EMAIL": {
        const numbered = /;PREF=(\d+)/i.exec(parameters);
        const preference = numbered ? Number(numbered[1]) : /TYPE=[^;:]*pref/i.test(parameters) ? 1 : 101;
        if (value) emails.push({ address: value, preference });
        break;
      }
    }
  }
  emails.sort((one, other) => one.preference - other.preference);
  return { name, emails: emails.map(({ address }) => address), organisation, flags };
}

/** @returns {Promise<ListEntry[]>} every list of every address book */
async function allLists() {
  const books = await browser.addressBooks.list();
  const perBook = await Promise.all(books.map((book) => browser.addressBooks.mailingLists.list(book.id)));
  return perBook.flat().map((list) => ({
    id: list.id,
    name: list.name,
    description: list.description,
    members: async () => {
      const contacts = await browser.addressBooks.mailingLists.listMembers(list.id);
      return contacts.map((contact) => {
        const { name, emails } = readVCard(contact.vCard ?? "");
        return { name, email: emails[0] ?? "" };
      });
    },
  }));
}

/**
 * The lists among the recipients, each with its members, members of lists inside it included.
 * The host gets them under names of our own: a list may bear any name, and `Team (Tokyo)`, `Project: A` or an address
 * would be read as a comment, a group or a person.
 * @param {string[]} recipients
 * @param {() => Promise<ListEntry[]>} [readLists]
 * @returns {Promise<{lists: {name: string, members: string[]}[], listNames: import("../../core/types").ListNames}>}
 */
export async function listsAmong(recipients, readLists = allLists) {
  const byName = groupByName(await within(LISTS_WITHIN_MS, readLists()));
  /** @type {Map<string, {name: string, members: string[]}>} */
  const found = new Map();
  /** @type {Record<string, string>} */
  const listNames = {};
  for (const recipient of recipients) {
    const { name, address } = splitMailbox(recipient);
    const entries = listsMeantBy(name, address, byName);
    if (entries.length === 0) continue;
    const wireName = wireNameOf(entries);
    listNames[recipient] = `${wireName} <${wireName}>`;
    if (found.has(wireName)) continue;
    const members = await within(LISTS_WITHIN_MS, membersOfAll(entries, byName, new Set()));
    found.set(wireName, { name: wireName, members: [...new Set(members)] });
  }
  return { lists: [...found.values()], listNames };
}

/**
 * @param {ListEntry[]} entries
 * @returns {Map<string, ListEntry[]>} two address books may have lists of one name
 */
function groupByName(entries) {
  /** @type {Map<string, ListEntry[]>} */
  const byName = new Map();
  for (const entry of entries) {
    const key = foldName(entry.name);
    byName.set(key, [...(byName.get(key) ?? []), entry]);
  }
  return byName;
}

/**
 * Thunderbird (nsMsgMailListComparator in nsMsgCompose.cpp) takes for a list whatever bears its name, with its description
 * or, where it has none, its name again in place of the address, and of several such lists the first. Which one comes
 * first is not told to extensions, so all of them count. Without an `@` nothing else can be meant: then the name is enough.
 * With one, a person may bear the name of a list, and the address tells them apart; a bare address is never expanded.
 * @param {string} name
 * @param {string} address
 * @param {Map<string, ListEntry[]>} byName
 * @returns {ListEntry[]}
 */
function listsMeantBy(name, address, byName) {
  const isAddress = address.includes("@");
  const named = byName.get(foldName(isAddress ? name : name || address)) ?? [];
  const exact = named.filter((entry) => foldName(address) === foldName(entry.description || entry.name));
  return exact.length > 0 || isAddress ? exact : named;
}

/**
 * The same for the same lists, in whatever order they are found and wherever among the recipients they stand. Characters
 * that an address parser or case folding could change are written as their number.
 * @param {ListEntry[]} entries
 */
function wireNameOf(entries) {
  const ids = [...new Set(entries.map(({ id }) => id.replace(/[^0-9a-z]/g, (c) => `_${c.charCodeAt(0)}_`)))];
  return ["lastlook-list", ...ids.sort()].join("-");
}

/**
 * @param {ListEntry[]} entries
 * @param {Map<string, ListEntry[]>} byName
 * @param {Set<ListEntry>} above the lists these stand in; a list inside itself adds nobody
 * @returns {Promise<string[]>}
 */
async function membersOfAll(entries, byName, above) {
  const members = [];
  for (const entry of entries) {
    if (above.has(entry)) continue;
    const inside = new Set([...above, entry]);
    for (const { name, email } of await entry.members()) {
      const nested = listsMeantBy(name, email, byName);
      if (nested.length > 0) members.push(...(await membersOfAll(nested, byName, inside)));
      else members.push(joinMailbox(name, email || name));
    }
  }
  return members;
}

/** @param {string} name */
function foldName(name) {
  return name.trim().toLowerCase();
}

/**
 * @param {string[]} recipients
 * @returns {Promise<{address: string, name: string, organisation: string, flags: string[]}[] | undefined>} absent when it is not known
 */
export async function contactsAmong(recipients) {
  const addresses = [...new Set(recipients.map((text) => splitMailbox(text).address.toLowerCase()))];
  const asked = addresses.filter((address) => address.includes("@"));
  if (asked.length > MOST_CONTACT_QUERIES) return undefined;
  try {
    const look = async () => {
      const books = asked.length > 0 ? await browser.addressBooks.list() : [];
      const bookNames = new Map(books.map(({ id, name }) => [id, name]));
      return Promise.all(asked.map((address) => contactOf(address, bookNames)));
    };
    const found = await within(CONTACTS_WITHIN_MS, look());
    return found.flat();
  } catch {
    return undefined;
  }
}

/**
 * One entry for one address, whatever the number of books it stands in; its flags are those of all of them, and the books.
 * @param {string} address
 * @param {Map<string, string>} bookNames
 */
async function contactOf(address, bookNames) {
  // Local books only: a directory server is neither cheap nor ours to ask about every mail.
  const nodes = await browser.addressBooks.contacts.query({ searchString: address, includeRemote: false });
  const cards = nodes
    .map((node) => ({ ...readVCard(node.vCard ?? ""), book: bookNames.get(node.parentId ?? "") }))
    .filter(({ emails }) => emails.some((email) => email.toLowerCase() === address));
  const [first] = cards;
  if (!first) return [];
  const flags = cards.flatMap(({ flags: own, book }) => [...own, ...(book ? [`book:${book}`] : [])]);
  return [{ address, name: first.name, organisation: first.organisation, flags: [...new Set(flags)] }];
}

/**
 * @template T
 * @param {number} ms
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
function within(ms, promise) {
  /** @type {any} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The address book did not answer within ${ms} ms.`)), ms);
  });
  return /** @type {Promise<T>} */ (Promise.race([promise, late])).finally(() => clearTimeout(timer));
}
