// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What rules do to recipients and text, up to what the SMTP server gets.
import assert from "node:assert/strict";
import { waitFor } from "../lib/marionette.mjs";
import { leaves, textOf } from "../lib/received_mail.mjs";
import { EFFECTS, INSIDE } from "../policies.mjs";

/** @typedef {import("../lib/case.mjs").Case} Case */

const COLLEAGUE = `hanako@${INSIDE}`;
const CUSTOMER = "ito@c-corp.example";

/** A picture of one pixel, made longer than what is taken out of a draft before it goes to the host. */
const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";
const PICTURE = Buffer.concat([Buffer.from(PIXEL, "base64"), Buffer.alloc(300)]).toString("base64");

/** @type {{name: string, guards?: boolean, keeps?: boolean, run: (t: Case) => Promise<void>}[]} */
export default [
  {
    name: "text-and-header-arrive",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "footer-2026", body: "花子様\n明日の件、承知しました。" });
      await compose.send();
      const { mail, envelope } = await t.delivered();
      assert.deepEqual(envelope, [COLLEAGUE]);
      const text = textOf(mail).replace(/\s+/g, "");
      assert.ok(text.endsWith(`明日の件、承知しました。${EFFECTS.footer.ja}`), `the text is: ${text}`);
      assert.equal(mail.headers.get("x-hikari-label"), EFFECTS.label);
      await compose.closed();
      await t.noPopup();
    },
  },
  {
    name: "text-into-a-plain-text-mail",
    guards: true,
    async run(t) {
      await t.thunderbird.run(() => Services.prefs.setBoolPref("mail.identity.id1.compose_html", false));
      try {
        const compose = await t.compose({ to: [COLLEAGUE], subject: "footer-2026", body: "The plan is as we said." });
        await compose.send();
        const { mail } = await t.delivered();
        assert.equal(mail.type, "text/plain");
        assert.match(textOf(mail).replace(/\s+/g, " "), /The plan is as we said\. For you & nobody else\. Hikari/);
      } finally {
        await t.thunderbird.run(() => Services.prefs.setBoolPref("mail.identity.id1.compose_html", true));
      }
    },
  },
  {
    name: "inline-picture-survives-added-text",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], subject: "footer-2026", body: "See the picture." });
      await t.thunderbird.run(
        (tools, id, source) => {
          const page = tools.byId(id).document.getElementById("messageEditor").contentDocument;
          const picture = page.createElement("img");
          picture.src = source;
          page.body.append(picture);
        },
        compose.id,
        `data:image/png;base64,${PICTURE}`,
      );
      await compose.send();
      const { mail } = await t.delivered();
      const picture = leaves(mail).find((part) => part.type === "image/png");
      assert.ok(picture, `the parts are ${leaves(mail).map((part) => part.type)}`);
      assert.deepEqual(picture.body, Buffer.from(PICTURE, "base64"));
      assert.match(textOf(mail).replace(/\s+/g, " "), /nobody else/);
    },
  },
  {
    name: "removed-and-hidden-recipients",
    guards: true,
    async run(t) {
      const people = { to: [CUSTOMER, EFFECTS.gone], cc: ["mori@c-corp.example", "ken@d-shoji.example"] };
      const compose = await t.compose({ ...people, subject: "keep-one-2026" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      const changes = await popup.text("#changes");
      assert.ok(changes.includes(EFFECTS.gone) && changes.includes("ken@d-shoji.example"), `announced: ${changes}`);
      await t.confirm(popup);
      const { envelope, mail, raw } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER, "ken@d-shoji.example", "mori@c-corp.example"].sort());
      assert.match(mail.headers.get("to") ?? "", /^ito@c-corp\.example$/);
      assert.match(mail.headers.get("cc") ?? "", /^mori@c-corp\.example$/);
      assert.ok(!raw.toString("latin1").includes("d-shoji"), "a hidden recipient shows in the mail");
    },
  },
  {
    name: "the-sender-stands-in-an-empty-to",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER, "ken@d-shoji.example"], subject: "hide-all-2026" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { envelope, mail } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER, "ken@d-shoji.example", `taro@${INSIDE}`].sort());
      assert.match(mail.headers.get("to") ?? "", new RegExp(`taro@${INSIDE}`));
    },
  },
  {
    name: "undisclosed-recipients",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [CUSTOMER, "ken@d-shoji.example"], subject: "undisclosed-2026" });
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { envelope, mail, raw } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER, "ken@d-shoji.example"].sort());
      assert.match(mail.headers.get("to") ?? "", /^undisclosed-recipients: ?;$/);
      assert.ok(!raw.toString("latin1").includes("d-shoji"), "a hidden recipient shows in the mail");
    },
  },
  {
    name: "nobody-left",
    guards: true,
    keeps: true,
    async run(t) {
      const compose = await t.compose({ to: [EFFECTS.gone], subject: "keep-one-2026" });
      await compose.send();
      const popup = await t.popup({ states: ["block"] });
      assert.match(await popup.text("[data-problem]"), /nobody left|送る相手がいなくなります/);
      assert.equal(await popup.enabled("#send"), false, "there is no way out");
      await popup.click("#back");
      await compose.usable();
      assert.deepEqual((await compose.state()).to, [EFFECTS.gone]);
      await t.nothingSent();
    },
  },
  {
    name: "names-are-typed",
    guards: true,
    async run(t) {
      const compose = await t.compose({
        to: [COLLEAGUE],
        subject: "names-2026",
        attachments: [t.seat.file("readme.txt", "x"), t.seat.file("Members 2026.csv", "a,b\n")],
      });
      await compose.send();
      let popup = await t.popup({ states: ["ready"] });
      assert.equal(await popup.count("#typed-names input"), 1, "only the file that the rule means");
      assert.match(await popup.text("#typed-names label"), /2/, "the field says which file");
      assert.equal(await popup.enabled("#send"), false, "send is enabled before anything is typed");
      await popup.type("#typed-names input", "members.csv");
      await popup.click("#send");
      await waitFor("the page to say so", async () => /not the name|合っていません/.test(await popup.text("#note")));
      await t.nothingSent();
      await popup.run(() => void (/** @type {HTMLInputElement} */ (document.querySelector("#typed-names input")).value = ""));
      await popup.type("#typed-names input", "members 2026.CSV");
      await popup.click("#send");
      await t.delivered();
    },
  },
  {
    name: "the-number-is-typed",
    guards: true,
    async run(t) {
      const compose = await t.compose({ to: [COLLEAGUE], cc: [`jiro@${INSIDE}`], subject: "count-2026" });
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      await popup.type("#typed-count", "3");
      await popup.click("#send");
      await waitFor("the page to say so", async () => /not the number|合っていません/.test(await popup.text("#note")));
      await t.nothingSent();
      await popup.run(() => void (/** @type {HTMLInputElement} */ (document.querySelector("#typed-count")).value = ""));
      await popup.type("#typed-count", "2");
      await popup.click("#send");
      await t.delivered();
    },
  },
  {
    name: "a-refused-mail-is-as-it-was",
    guards: true,
    async run(t) {
      t.seat.sink.refuse = "rcpt";
      const compose = await t.compose({ to: [CUSTOMER, EFFECTS.gone], subject: "footer-2026 keep-one-2026", body: "Here is the plan." });
      const before = await compose.text();
      await compose.send();
      const popup = await t.popup({ states: ["ready"] });
      assert.match(await popup.text("#changes"), /nobody else/, "the text is announced");
      await t.confirm(popup);
      await t.dismissDialog();
      await compose.usable();
      await waitFor("the recipients to be put back", async () => (await compose.state()).to.length === 2);
      await waitFor("the text to be put back", async () => (await compose.text()) === before);
      await t.nothingSent();
      t.seat.sink.refuse = "";
      await compose.send();
      await t.confirm(await t.popup({ states: ["ready"] }));
      const { mail, envelope } = await t.delivered();
      assert.deepEqual(envelope, [CUSTOMER]);
      assert.equal(textOf(leaves(mail)[0] ?? mail).split("nobody else").length, 2, "the text is there once");
    },
  },
];
