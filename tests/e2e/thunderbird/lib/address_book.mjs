// SPDX-License-Identifier: MPL-2.0
// @ts-check

/**
 * Makes a mailing list with these members in the personal address book.
 * @param {import("./thunderbird.mjs").Thunderbird} thunderbird @param {string} name @param {{name: string, email: string}[]} members
 */
export function createMailingList(thunderbird, name, members) {
  return thunderbird.run(
    (_tools, listName, people) => {
      const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
      const book = MailServices.ab.getDirectory("jsaddrbook://abook.sqlite");
      const empty = Cc["@mozilla.org/addressbook/directoryproperty;1"].createInstance(Ci.nsIAbDirectory);
      empty.isMailList = true;
      empty.dirName = listName;
      const list = book.addMailList(empty);
      for (const person of people) {
        const card = Cc["@mozilla.org/addressbook/cardproperty;1"].createInstance(Ci.nsIAbCard);
        card.displayName = person.name;
        card.primaryEmail = person.email;
        list.addCard(book.addCard(card));
      }
    },
    name,
    members,
  );
}

/**
 * Makes a contact in the personal address book; `vCard`: further lines of it.
 * @param {import("./thunderbird.mjs").Thunderbird} thunderbird @param {{email: string, name: string, vCard?: string}} contact
 */
export function createContact(thunderbird, { email, name, vCard = "" }) {
  return thunderbird.run(
    (_tools, text) => {
      const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
      const { VCardUtils } = ChromeUtils.importESModule("resource:///modules/VCardUtils.sys.mjs");
      MailServices.ab.getDirectory("jsaddrbook://abook.sqlite").addCard(VCardUtils.vCardToAbCard(text));
    },
    ["BEGIN:VCARD", "VERSION:4.0", `FN:${name}`, `EMAIL;PREF=1:${email}`, ...(vCard ? [vCard] : []), "END:VCARD"].join("\r\n"),
  );
}
