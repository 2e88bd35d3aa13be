// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What is asked because of habits, and because of the mail that is answered: every condition whose input the client gives.
// One person's Thunderbird with a history in its Sent folder; the first case watches it being learnt.
import assert from "node:assert/strict";
import { createContact, createMailingList } from "../lib/address_book.mjs";
import { sleep, waitFor } from "../lib/marionette.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */
/** @typedef {import("../lib/popup.mjs").Popup} Popup */
/** @typedef {import("../lib/thunderbird.mjs").Thunderbird} Thunderbird */

const ME = `taro@${INSIDE}`;
const SALES = `sales@${INSIDE}`;
const COLLEAGUE = `hanako@${INSIDE}`;
const HANAKO = "Ito Hanako <ito.hanako@c-corp.example>";
const JIRO = "Ito Jiro <ito.jiro@c-corp.example>";

/** Enough that the learning takes some seconds, so that it can be stopped and a mail be sent meanwhile. */
const NEWSLETTERS = 4_000;

/** @param {number} days ago */
const daysAgo = (days) => new Date(Date.now() - days * 86_400_000).toUTCString().replace("GMT", "+0000");

let count = 0;
/** @param {{from?: string, to: string, cc?: string, bcc?: string, days?: number, subject?: string, id?: string, more?: string}} mail */
function stored({ from = `Taro <${ME}>`, to, cc = "", bcc = "", days = 20, subject = `mail ${++count}`, id = `stored-${++count}@${INSIDE}`, more = "" }) {
  const copies = `${cc && `Cc: ${cc}\r\n`}${bcc && `Bcc: ${bcc}\r\n`}`;
  return `From: ${from}\r\nTo: ${to}\r\n${copies}Subject: ${subject}\r\nMessage-ID: <${id}>\r\nDate: ${daysAgo(days)}\r\n${more}MIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nGood morning.\r\n`;
}

/** @param {number} times @param {Parameters<typeof stored>[0]} mail */
const repeated = (times, mail) => Array.from({ length: times }, (_, n) => stored({ ...mail, days: (mail.days ?? 20) + n }));

/** What lies in the folders before Lastlook comes. @param {Thunderbird} thunderbird */
export async function fillFolders(thunderbird) {
  const sent = [
    ...repeated(41, { to: HANAKO }),
    ...repeated(12, { to: "Mori Aya <mori@d-shoji.example>", cc: "Noda <noda@d-shoji.example>" }),
    ...repeated(3, { to: "Abe <abe@old.example>", days: 800 }),
    ...repeated(12, { to: "Kato <kato@e-corp.example>" }),
    // Not the person's own: it teaches nothing.
    ...repeated(5, { from: `Hanako <${COLLEAGUE}>`, to: JIRO }),
    ...Array.from({ length: NEWSLETTERS }, (_, n) => stored({ to: `reader${n % 40}@reader-${n % 40}.example`, days: 30 + (n % 200) })),
  ];
  await thunderbird.run((tools, mails) => tools.fillFolder("Sent", "sent", mails), sent);
}

/** From now on there are habits. @param {Case} t */
const learnt = (t) =>
  waitFor("the sent mail to be learnt", () => /taro@\S+: learnt/.test(t.lastlook("history", "status")), { timeout: 120_000 });

/** What is asked, by rule. @param {Popup} popup @returns {Promise<Record<string, string>>} */
const findings = (popup) =>
  popup.run(() =>
    Object.fromEntries(
      [...document.querySelectorAll("li[data-finding]")].map((item) => [item.getAttribute("data-finding"), /** @type {HTMLElement} */ (item).innerText.replace(/\s+/g, " ")]),
    ),
  );

/** Sends, reads what is asked, goes back. @param {Case} t @param {import("../lib/compose.mjs").Compose} compose */
async function asked(t, compose) {
  const before = t.mails().length;
  await compose.send();
  const popup = await t.popup({ states: ["ready"] });
  const found = await findings(popup);
  await popup.click("#back");
  await popup.closed();
  await compose.usable();
  await sleep(300);
  assert.equal(t.mails().length, before, "mails at the SMTP server");
  return found;
}

/** Milliseconds from pressing Send to the mail server. @param {Case} t @param {string} word */
async function timeToSend(t, word) {
  const compose = await t.compose({ to: [COLLEAGUE], subject: word });
  const started = Date.now();
  await compose.send();
  await t.delivered({ having: word });
  return Date.now() - started;
}

/** The page about learning, as a person has it in a tab. */
class LearningPage {
  /** @param {Case} t */
  constructor(t) {
    this.t = t;
  }

  /** @template {any[]} A @param {(...args: A) => any} script @param {A} args @returns {Promise<any>} */
  run(script, ...args) {
    return this.t.thunderbird.run(
      async (tools, source, values) => tools.inBrowsingContext((await tools.extensionTab("ui/status.html")).browser.browsingContext, source, values),
      String(script),
      args,
    );
  }

  /** @param {string} phase */
  phase(phase) {
    return waitFor(`the page to say ${phase}`, () => this.run((wanted) => document.body.dataset.phase === wanted, phase), { timeout: 60_000 });
  }

  /** @param {string} selector */
  press(selector) {
    return this.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).click(), selector);
  }

  /** @param {string} selector @returns {Promise<string>} */
  text(selector) {
    return this.run((wanted) => /** @type {HTMLElement} */ (document.querySelector(wanted)).innerText, selector);
  }
}

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "learning-stops-and-goes-on",
    async run(t) {
      const page = new LearningPage(t);
      await page.phase("running");
      assert.match(await page.text("#learning-status"), /of 4,0\d\d mails/);
      await page.press("#learning-stop");
      await page.phase("stopped");
      const stoppedAt = await page.run(() => /** @type {HTMLProgressElement} */ (document.getElementById("learning-bar")).value);
      await sleep(400);
      assert.equal(await page.run(() => /** @type {HTMLProgressElement} */ (document.getElementById("learning-bar")).value), stoppedAt, "it has stopped");
      assert.ok(!/: learnt/.test(t.lastlook("history", "status")), "nothing is complete");
      // Whoever has not learnt everybody calls nobody new.
      const compose = await t.compose({ to: [JIRO], subject: "first-2026" });
      await compose.send();
      await t.delivered();
      await page.press("#learning-resume");
      await page.phase("running");
    },
  },
  {
    name: "learning-delays-nothing",
    async run(t) {
      const during = [];
      let whileLearning = 0;
      for (const word of ["one", "two", "three"]) {
        during.push(await timeToSend(t, `while-${word}`));
        if (!/taro@\S+: learnt/.test(t.lastlook("history", "status"))) whileLearning++;
      }
      await learnt(t);
      const after = [];
      for (const word of ["one", "two", "three"]) after.push(await timeToSend(t, `after-${word}`));
      t.notes.push({ level: "info", text: `Send to server ${during.join(", ")} ms (${whileLearning} of them wholly while learning), ${after.join(", ")} ms afterwards` });
      // The best of each, and wide: a busy machine delays some mails, a check that waits for the learning delays all of them for seconds.
      const best = Math.min(...during.slice(0, Math.max(1, whileLearning)));
      assert.ok(best <= 4 * Math.min(...after) + 1500, `${during} ms while learning, ${after} ms afterwards`);
    },
  },
  {
    name: "wrong-ito",
    guards: true,
    async run(t) {
      await learnt(t);
      const other = "Ito Saburo <ito.saburo@c-corp.example>";
      const compose = await t.compose({ to: [other], subject: "offer" });
      await compose.send();
      let popup = await t.popup({ states: ["ready"] });
      assert.match(
        await popup.text(`li[data-finding="similar-recipient"]`),
        /You have written to ito\.hanako@c-corp\.example 41 times, never to Ito Saburo/,
      );
      await popup.click("#back");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      // It is the right person after all, and is not to be asked about again.
      await compose.send();
      popup = await t.popup({ states: ["ready"], known: [popup.id] });
      await popup.click(`button[data-silence="similar_recipient"][data-recipient="to[0]"]`);
      await waitFor("the finding to go", async () => (await popup.state()) === "ready" && (await popup.count(`li[data-finding="similar-recipient"]`)) === 0);
      await popup.click("#send");
      await t.delivered();
      assert.match(t.lastlook("history", "status"), /ito\.saburo@c-corp\.example/);
      const again = await t.compose({ to: [other], subject: "second mail" });
      await again.send();
      await t.delivered({ having: "second mail" });
      // Undone in the page, it is asked again.
      const page = new LearningPage(t);
      await waitFor("the list", async () => (await page.text("#silenced-list")).includes("ito.saburo@c-corp.example"));
      await page.press(`#silenced-list button[data-address="ito.saburo@c-corp.example"]`);
      await waitFor("the list to be empty", async () => (await page.text("#silenced-none")) !== "");
      const third = await t.compose({ to: [other], subject: "third mail" });
      assert.match((await asked(t, third))["similar-recipient"] ?? "", /41 times, to .*Saburo.* 2 times/);
      // Every step of the first mail is on record, and the record is whole.
      const events = t.lastlook("decisions", "list", "--format", "json").split("\n").flatMap((line) => /"event":"(\w+)"/.exec(line)?.[1] ?? []);
      for (const event of ["found", "shown", "answered", "sent", "cancelled"]) assert.ok(events.includes(event), `${event} is on record`);
      assert.match(t.lastlook("decisions", "verify"), /complete and unchanged/);
    },
  },
  {
    name: "habits-of-one-sender",
    guards: true,
    keeps: true,
    async run(t) {
      await learnt(t);
      const compose = await t.compose({ to: ["abe@old.example", "mori@d-shoji.example", "kato@e-corp.example", "newcomer@f-corp.example"], subject: "first-2026" });
      await compose.sendFrom(SALES);
      const found = await asked(t, compose);
      assert.match(found["dormant"] ?? "", /abe@old\.example/);
      assert.match(found["first-time"] ?? "", /newcomer@f-corp\.example/);
      assert.match(found["unusual-group"] ?? "", /mori@d-shoji\.example|kato@e-corp\.example/);
      assert.match(found["wrong-account"] ?? "", /taro@hikari/);
      // From the usual account, to one of them, nothing is asked.
      const usual = await t.compose({ to: ["mori@d-shoji.example"], subject: "usual" });
      await usual.send();
      await t.delivered({ having: "usual" });
    },
  },
  {
    name: "origin-of-an-answer-to-all",
    guards: true,
    keeps: true,
    async run(t) {
      const id = "asked-by-bcc@c-corp.example";
      const [uri] = await t.thunderbird.run((tools, mail) => tools.fillFolder("received", "", [mail]), stored({
        from: "Ono <ono@c-corp.example>", to: "Sato <sato@c-corp.example>", cc: "Mori <mori@d-shoji.example>", id, days: 1, subject: "budget",
        more: "Reply-To: Ono <desk@elsewhere.example>\r\n",
      }));
      // A colleague has answered it, from the account they share.
      await t.thunderbird.run((tools, mail) => tools.fillFolder("Sent", "sent", [mail]), stored({
        from: `Hanako <${COLLEAGUE}>`, to: "ono@c-corp.example", days: 0.5, subject: "Re: budget", more: `In-Reply-To: <${id}>\r\nReferences: <${id}>\r\n`,
      }));
      const compose = await t.openFrom("reply_all", uri);
      const noted = await t.noted(compose);
      assert.equal(noted.kind, "reply_all");
      assert.equal(noted.original.hidden, true);
      await compose.write({ cc: ["extra@g-corp.example"] });
      const found = await asked(t, compose);
      assert.match(found["hidden-original"] ?? "", /sato@c-corp\.example/);
      assert.match(found["reply-to-differs"] ?? "", /desk@elsewhere\.example/);
      assert.match(found["joins-reply"] ?? "", /extra@g-corp\.example/);
      assert.match(found["double-reply"] ?? "", /Hanako/);
      // To its author alone: an answer, and nobody learns of the copy.
      const [usual] = await t.thunderbird.run((tools, mail) => tools.fillFolder("received", "", [mail]), stored({ from: "Mori Aya <mori@d-shoji.example>", to: ME, cc: "kato@e-corp.example", days: 1, subject: `${t.tag} lunch` }));
      const answer = await t.openFrom("reply", usual);
      assert.equal((await t.noted(answer)).kind, "reply");
      await answer.send();
      await t.delivered({ having: "lunch" });
    },
  },
  {
    name: "answered-from-a-shared-address",
    guards: true,
    keeps: true,
    async run(t) {
      const id = "asked-at-sales@c-corp.example";
      const [uri] = await t.thunderbird.run((tools, mail) => tools.fillFolder("received", "", [mail]), stored({ from: HANAKO, to: SALES, id, days: 1, subject: "price list" }));
      // From the same address, under another name: a colleague who writes from it too.
      await t.thunderbird.run((tools, mail) => tools.fillFolder("Sent", "sent", [mail]), stored({
        from: `Jun Mita <${SALES}>`, to: HANAKO, days: 0.25, subject: "Re: price list", more: `In-Reply-To: <${id}>\r\n`,
      }));
      const compose = await t.openFrom("reply", uri);
      await compose.sendFrom(SALES);
      assert.match((await asked(t, compose))["double-reply"] ?? "", /Jun Mita/);
    },
  },
  {
    name: "pasted-from-another-mail",
    guards: true,
    keeps: true,
    async run(t) {
      const body = Array.from({ length: 6 }, (_, n) => `Line ${n} of an offer that was made to the people of D-Shoji alone.`).join("\r\n");
      const mail = stored({ from: "Mori Aya <mori@d-shoji.example>", to: ME, days: 2, subject: "offer" }).replace("Good morning.", body);
      const [uri] = await t.thunderbird.run((tools, one) => tools.fillFolder("received", "", [one]), mail);
      await t.thunderbird.run((tools, one) => tools.copyAllOf(one), uri);
      const compose = await t.compose({ to: ["kato@e-corp.example"], subject: "our offer", body: "Kato-san,\n" });
      await compose.paste();
      assert.match((await asked(t, compose))["pasted-from-other"] ?? "", /mori@d-shoji\.example/);
      // Whoever had that mail may have its text again; and what was taken out again is not there.
      const same = await t.compose({ to: ["mori@d-shoji.example"], subject: "your offer", body: "Mori-san,\n" });
      await same.paste();
      await same.send();
      await t.delivered({ having: "your offer" });
      const without = await t.compose({ to: ["kato@e-corp.example"], subject: "no offer", body: "Kato-san,\n" });
      await without.paste();
      await without.write({ body: "Kato-san,\ngood morning." });
      await without.send();
      await t.delivered({ having: "no offer" });
    },
  },
  {
    name: "back-in-the-conversation",
    guards: true,
    keeps: true,
    async run(t) {
      const first = await t.compose({ to: ["mori@d-shoji.example"], cc: ["noda@d-shoji.example"], subject: "conversation" });
      await first.send();
      const { mail } = await t.delivered({ having: "conversation" });
      const id = mail.headers.get("message-id") ?? "";
      assert.match(id, /^<.+>$/);
      // The answer leaves out Noda, who had the first mail; a third person never had one.
      const [uri] = await t.thunderbird.run((tools, one) => tools.fillFolder("received", "", [one]), stored({
        from: "Mori Aya <mori@d-shoji.example>", to: ME, days: 0, subject: "Re: conversation", more: `In-Reply-To: ${id}\r\nReferences: ${id}\r\n`,
      }));
      const joined = await t.openFrom("reply", uri);
      await joined.write({ cc: ["kato@e-corp.example"], subject: `Re: ${t.tag} conversation, joined` });
      assert.match((await asked(t, joined))["joins-reply"] ?? "", /kato@e-corp\.example/);
      await joined.discard();
      const back = await t.openFrom("reply", uri);
      await back.write({ cc: ["noda@d-shoji.example"], subject: `Re: ${t.tag} conversation, back` });
      await back.send();
      await t.delivered({ having: "conversation, back" });
    },
  },
  {
    name: "origin-of-a-template",
    guards: true,
    keeps: true,
    async run(t) {
      const mail = stored({ to: "reader1@reader-1.example", bcc: "mori@d-shoji.example", subject: "monthly news" });
      const [template] = await t.thunderbird.run((tools, one) => tools.fillFolder("Templates", "templates", [one]), mail);
      const [former] = await t.thunderbird.run((tools, one) => tools.fillFolder("former", "", [one]), mail);
      for (const [how, uri] of /** @type {const} */ ([["template", template], ["edit_as_new", former]])) {
        const compose = await t.openFrom(how, uri);
        assert.equal((await t.noted(compose)).kind, "template", how);
        const found = await asked(t, compose);
        assert.match(found["leftover-recipients"] ?? "", /mori@d-shoji\.example/, how);
        await compose.discard();
      }
    },
  },
  {
    name: "marks-lists-and-fields",
    guards: true,
    keeps: true,
    async run(t) {
      await createContact(t.thunderbird, { email: "mori@d-shoji.example", name: "Mori Aya", vCard: "CATEGORIES:NO-EMAIL" });
      await createMailingList(t.thunderbird, "HabitTeam", [{ name: "Kato", email: "kato@e-corp.example" }]);
      const compose = await t.compose({ to: ["Projekt Omega <Projekt-Omega>", "HabitTeam <HabitTeam>", "mori@d-shoji.example"], subject: "kick-off" });
      const found = await asked(t, compose);
      assert.match(found["contact-flag"] ?? "", /NO-EMAIL/);
      assert.match(found["contact-flag"] ?? "", /mori@d-shoji\.example/);
      assert.match(found["unexpanded-list"] ?? "", /Projekt/);
      assert.ok(!/HabitTeam/.test(found["unexpanded-list"] ?? ""), "a list of the address book is opened");
      const hidden = await t.compose({ bcc: ["kato@e-corp.example"], subject: "only hidden" });
      assert.ok((await asked(t, hidden))["only-bcc"], "everybody is in Bcc");
    },
  },
  {
    name: "burst-and-recall",
    guards: true,
    keeps: true,
    async run(t) {
      const readers = [1, 2, 3, 4, 5, 6].map((n) => `reader${n}@reader-${n}.example`);
      const recall = await t.compose({ to: readers, subject: "Please delete my previous mail", body: "It was sent by mistake." });
      assert.ok((await asked(t, recall))["group-recall"], "six outsiders are asked to delete a mail");
      for (const number of [1, 2]) {
        const one = await t.compose({ to: [COLLEAGUE], subject: `invoice ${number}` });
        await one.send();
        await t.delivered({ having: `invoice ${number}` });
      }
      const third = await t.compose({ to: [COLLEAGUE], subject: "invoice 3" });
      assert.ok((await asked(t, third))["burst"], "the third of a kind within a minute");
    },
  },
];
