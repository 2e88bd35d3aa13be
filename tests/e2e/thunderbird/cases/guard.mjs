// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The guard with a healthy host: what is asked, what leaves, and what the SMTP server gets.
import assert from "node:assert/strict";
import { createMailingList } from "../lib/address_book.mjs";
import { waitFor, sleep } from "../lib/marionette.mjs";
import { openPopups } from "../lib/popup.mjs";
import { leaves, textOf } from "../lib/received_mail.mjs";
import { INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const COLLEAGUE = `hanako@${INSIDE}`;
const CUSTOMER = "ito@c-corp.example";

/** `guards` marks the cases that must fail when the guard is taken away (--prove). */
/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "allow-inside",
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "lunch" });
      await compose.send();
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE]);
      await compose.closed();
      await t.noPopup();
    },
  },
  {
    name: "confirm-then-send",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], cc: [COLLEAGUE], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.match(await popup.text(`[data-recipient="to[0]"]`), /ito@c-corp\.example/);
      assert.equal(await popup.enabled("#send"), false, "send is enabled before anything is ticked");
      await t.nothingSent();
      assert.equal((await compose.state()).locked, true, "the compose window is held");
      assert.deepEqual(await popup.tickAll(), ["to[0]"], "only the outside recipient needs a tick");
      assert.equal(await popup.enabled("#send"), true, "send is enabled after the tick");
      await popup.click("#send");
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, CUSTOMER].sort());
      await compose.closed();
      await popup.closed();
    },
  },
  {
    name: "said-while-writing",
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await waitFor("the number on the button", async () => (await compose.button()).badge === "1", { timeout: 15_000 });
      assert.match((await compose.button()).title, /1 thing deserves a look/);
      assert.match(await compose.page(), /Before you send[\s\S]*outside/i);
      // Nothing is asked, and nothing recorded, before Send.
      await t.noPopup();
      assert.equal(t.mails().length, 0);
      // Its name, and that it is marked as internal.
      await compose.write({ subject: "極秘計画" });
      await waitFor("what was added to be seen", async () => (await compose.button()).badge === "3", { timeout: 15_000 });
      await compose.discard();
      const quiet = await t.compose({ to: [COLLEAGUE], subject: "lunch" });
      await sleep(3_000);
      assert.equal((await quiet.button()).badge, "");
      assert.match(await quiet.page(), /Nothing stands out/);
    },
  },
  {
    name: "confirm-then-back",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "draft of the offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await popup.click("#back");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      await t.saysNotSent(compose);
      // Written on, and sent after all.
      await compose.write({ cc: [COLLEAGUE] });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, CUSTOMER].sort());
    },
  },
  {
    name: "escape-means-back",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await popup.tickAll();
      await popup.press("Escape");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
    },
  },
  {
    name: "closing-means-back",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await popup.tickAll();
      await popup.closeWindow();
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
    },
  },
  {
    name: "enter-at-opening-does-nothing",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.run(() => document.activeElement?.id), "heading", "focus at opening");
      for (const key of ["Enter", " ", "Enter"]) await popup.press(key, { atOnce: true });
      for (const key of ["Enter", " ", "Enter"]) await popup.press(key);
      await t.nothingSent();
      assert.equal(await popup.isOpen(), true, "the confirmation stays open");
      // Also with everything ticked: only a focused button answers to Enter.
      await popup.tickAll();
      await popup.run(() => document.getElementById("heading")?.focus());
      await popup.press("Enter");
      await t.nothingSent();
      assert.equal(await popup.isOpen(), true, "the confirmation stays open");
      await popup.run(() => document.getElementById("send")?.focus());
      await sleep(100);
      await popup.press("Enter");
      await t.delivered();
    },
  },
  {
    name: "block",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "news", body: "今週の極秘計画について。" });
      await compose.send();
      const popup = await t.popup({ states: ["block"] });
      assert.match(await popup.text(`li[data-finding="secret-plan"]`), /secret plan|極秘計画/);
      assert.equal(await popup.enabled("#send"), false, "a blocked mail has no way out");
      await popup.click("#back");
      await popup.closed();
      await compose.usable();
      await t.nothingSent();
      // Once the reason is gone, it leaves.
      await compose.write({ body: "今週の予定について。" });
      await compose.send();
      await t.delivered();
    },
  },
  {
    name: "forced-bcc",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "minutes-of-meeting" });
      await compose.send();
      const { envelope, raw } = await t.delivered();
      assert.deepEqual(envelope, [`archive@${INSIDE}`, COLLEAGUE].sort());
      assert.ok(!raw.toString("latin1").includes("archive@"), "the hidden copy shows in the mail");
      await compose.closed();
    },
  },
  {
    name: "forced-bcc-with-confirmation",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "minutes-of-meeting" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.match(await popup.text("#changes"), new RegExp(`archive@${INSIDE}`), "the change is announced");
      await t.confirm(popup);
      const { envelope, raw } = await t.delivered();
      assert.deepEqual(envelope, [`archive@${INSIDE}`, CUSTOMER].sort());
      assert.ok(!raw.toString("latin1").includes("archive@"), "the hidden copy shows in the mail");
    },
  },
  {
    name: "hold-is-not-dropped",
    guards: true,
    keeps: true,
    async run(t) {
      // A hold of five minutes is long; held.mjs has what becomes of it.
      const compose = await t.compose({ to: [COLLEAGUE], subject: "cooling-off-2026" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      await compose.closed();
      await t.nothingSent();
      assert.match(t.lastlook("hold", "list"), /cooling-off-2026/);
    },
  },
  {
    name: "cc-to-bcc",
    guards: true,
    async run(t) {
      const readers = ["a@reader-a.example", "b@reader-b.example"];
      const compose = await t.compose({ to: [COLLEAGUE], cc: readers, subject: "newsletter-2026" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { envelope, mail, raw } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, ...readers].sort());
      assert.equal(mail.headers.get("cc") ?? "", "");
      assert.ok(!raw.toString("latin1").includes("@reader-"), "a hidden reader shows in the mail");
    },
  },
  {
    name: "one-click-fix",
    guards: true,
    async run(t) {
      const people = ["x@one.example", "y@two.example", "z@three.example"];
      const compose = await t.compose({ to: [COLLEAGUE], cc: people, subject: "invitation" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.count(`li[data-finding="many-visible"]`), 1, "the finding is shown");
      await popup.click(`button[data-fix="move_to_bcc"][data-rule="many-visible"]`);
      await waitFor("the finding to go", async () => (await popup.state()) === "ready" && (await popup.count(`li[data-finding="many-visible"]`)) === 0);
      await t.confirm(popup);
      const { envelope, mail } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, ...people].sort());
      assert.equal(mail.headers.get("cc") ?? "", "");
    },
  },
  {
    name: "mailing-list-is-expanded",
    guards: true,
    async run(t) {
      await createMailingList(t.thunderbird, "ProjectTeam", [
        { name: "花子", email: COLLEAGUE },
        { name: "Outside Member", email: "member@c-corp.example" },
      ]);
      const compose = await t.compose({ to: ["ProjectTeam <ProjectTeam>"], subject: "kick-off" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.match(await popup.text(), /member@c-corp\.example/, "the outside member is named");
      await t.confirm(popup);
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE, "member@c-corp.example"].sort());
    },
  },
  {
    // Names that an address parser would read as a comment, a group and a person.
    name: "mailing-lists-with-awkward-names",
    guards: true,
    async run(t) {
      const names = ["Team", "Team (Tokyo)", "Project: Alpha", "all@kodama.example"];
      const members = names.map((_, at) => `member${at}@c-corp.example`);
      for (const [at, name] of names.entries()) {
        await createMailingList(t.thunderbird, name, [{ name: `Member ${at}`, email: members[at] ?? "" }]);
      }
      const compose = await t.compose({ to: names.map((name) => `"${name}" <${name}>`), subject: "kick-off" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      const shown = await popup.text();
      const { envelope } = await t.confirm(popup).then(() => t.delivered());
      for (const address of envelope) assert.ok(shown.includes(address), `${address} got the mail, so it was shown`);
      assert.deepEqual(envelope, members);
    },
  },
  {
    name: "bare-address-is-no-list",
    guards: true,
    async run(t) {
      await createMailingList(t.thunderbird, "every@kodama.example", [{ name: "Member", email: "member@c-corp.example" }]);
      const compose = await t.compose({ to: ["every@kodama.example"], subject: "kick-off" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.match(await popup.text(), /every@kodama\.example/);
      await t.confirm(popup);
      const { envelope } = await t.delivered();
      assert.deepEqual(envelope, ["every@kodama.example"], "Thunderbird does not take it for the list either");
    },
  },
  {
    name: "two-windows-crossed",
    guards: true,
    keeps: true,
    async run(t) {
      const first = await t.compose({ to: ["one@first.example"], subject: "number-one" });
      const second = await t.compose({ to: ["two@second.example"], subject: "number-two" });
      await first.send();
      const firstPopup = await t.popup({ states: ["ready"], having: "one@first.example" });
      await second.send();
      const secondPopup = await t.popup({ states: ["ready"], having: "two@second.example" });
      assert.notEqual(firstPopup.id, secondPopup.id, "each mail has its own window");
      assert.ok(!(await secondPopup.text()).includes("one@first.example"), "the second window names the first mail's recipient");
      // The second question is answered first, with yes; the first one with no.
      await t.confirm(secondPopup);
      const { envelope } = await t.delivered({ having: "number-two" });
      assert.deepEqual(envelope, ["two@second.example"]);
      await t.nothingSent("number-one");
      assert.equal((await first.state()).locked, true, "the first mail still waits for its answer");
      await firstPopup.click("#back");
      await first.usable();
      await t.nothingSent("number-one");
    },
  },
  {
    name: "focus-raises-the-confirmation",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await sleep(300);
      await compose.focus();
      await waitFor("the confirmation to come to the front", () =>
        t.thunderbird.run((tools, id) => Services.focus.activeWindow !== null && tools.idOf(Services.focus.activeWindow) === id, popup.id),
      );
      await popup.press("Escape");
      await compose.usable();
      await t.nothingSent();
    },
  },
  {
    name: "japanese-arrives-intact",
    guards: true,
    async run(t) {
      const content = "金額：百万円\n髙橋様\n";
      const name = "御見積書（改訂版）①.txt";
      const compose = await t.compose({
        to: ["伊藤 一郎 <ito@c-corp.example>"],
        subject: "【至急】御見積の件 ～髙橋様～ 😀",
        body: "伊藤様\nお世話になっております。\n㈱光の山田です。",
        attachments: [t.seat.file(name, content)],
      });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      const shown = await popup.text();
      for (const part of ["伊藤 一郎", name, "【至急】御見積の件"]) assert.ok(shown.includes(part), `the confirmation does not show ${part}`);
      await t.confirm(popup);
      const { mail } = await t.delivered();
      assert.equal(mail.headers.get("subject"), `${t.tag} 【至急】御見積の件 ～髙橋様～ 😀`);
      assert.match(mail.headers.get("to") ?? "", /伊藤 一郎 <ito@c-corp\.example>/);
      assert.match(textOf(mail), /㈱光の山田です。/);
      const attachment = leaves(mail).find((part) => part.name === name);
      assert.ok(attachment, `no attachment of that name: ${leaves(mail).map((part) => part.name)}`);
      assert.equal(attachment.body.toString("utf8").replace(/\r\n/g, "\n"), content);
    },
  },
  {
    name: "refused-by-the-server",
    guards: true,
    async run(t) {
      t.seat.sink.refuse = "rcpt";
      const compose = await t.compose({ to: [CUSTOMER], subject: "offer" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const text = await t.dismissDialog();
      assert.match(text, /no such person here|5\.1\.1/, "Thunderbird shows the server's reason");
      await compose.usable();
      const state = await compose.state();
      assert.deepEqual(state.to, [CUSTOMER], "recipients after the failed send");
      await t.nothingSent();
      t.seat.sink.refuse = "";
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      await t.delivered();
    },
  },
  {
    name: "reply-to-outside",
    guards: true,
    async run(t) {
      const compose = await t.reply({
        from: "Ito Ichiro <ito@c-corp.example>",
        to: `taro@${INSIDE}`,
        subject: `${t.tag} question`,
        body: "Can you send the offer?",
      });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { envelope, mail } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER]);
      assert.match(mail.headers.get("in-reply-to") ?? "", /original-/, "the thread is kept");
      assert.deepEqual(await openPopups(t.thunderbird), []);
    },
  },
];
