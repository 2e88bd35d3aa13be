// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Makes a picture of the confirmation in a real Thunderbird; no display is needed.
//   LASTLOOK_HOST=/path/to/lastlook-host node screenshot.mjs [--lang ja|en|zh] [--findings] [--xpi FILE] OUT.png
// --findings: a mail in which a lot is wrong. --scene habit | held | countdown | status | welcome | missing. --dark
import fs from "node:fs";
import path from "node:path";
import { buildExtension } from "./lib/build_extension.mjs";
import { Case } from "./lib/case.mjs";
import { sleep, waitFor } from "./lib/marionette.mjs";
import { Seat } from "./lib/seat.mjs";
import { INSIDE, PEOPLE, PLAIN_POLICY } from "./policies.mjs";

/** Pixels of the picture for one CSS pixel: sharp on a dense screen. */
const SCALE = 2;

const MAILS = {
  ja: {
    to: ["伊藤 一郎 <ito@c-corp.example>", `花子 <hanako@${INSIDE}>`],
    cc: ["佐藤 <sato@c-corp.example>", "加藤 <kato@d-shoji.example>"],
    subject: "御見積の件",
    body: "伊藤様\n\nお世話になっております。\n御見積書をお送りします。\n\n光 山田",
    file: "御見積書.pdf",
  },
  en: {
    to: ["Ichiro Ito <ito@c-corp.example>", `Hanako <hanako@${INSIDE}>`],
    cc: ["Sato <sato@c-corp.example>", "Kato <kato@d-trading.example>"],
    subject: "Our offer",
    body: "Dear Mr Ito,\n\nplease find our offer attached.\n\nYamada",
    file: "offer.pdf",
  },
  zh: {
    to: ["伊藤 一郎 <ito@c-corp.example>", `花子 <hanako@${INSIDE}>`],
    cc: ["佐藤 <sato@c-corp.example>", "加藤 <kato@d-shoji.example>"],
    subject: "报价",
    body: "伊藤先生：\n\n报价单请见附件。\n\n山田",
    file: "报价单.pdf",
  },
};

const WITH_FINDINGS = {
  ja: {
    to: ["伊藤 一郎 <ito@c-corp.example>"],
    subject: "お打合せの件",
    body: "田中様\n\nお世話になっております。\n打合せは2026年11月25日(月)にお願いいたします。D商事様の条件は○○円です。\n担当の個人番号は 123456789018、解凍パスワードは kV93#nnq1 です。\n\n光 山田",
    file: "資料.zip",
  },
  en: {
    to: ["Ichiro Ito <ito@c-corp.example>"],
    subject: "Our meeting",
    body: "Dear Ms Tanaka,\n\nlet us meet on Monday, 25 November 2026. The terms for D Trading are {{amount}}.\nMy Number: 123456789018, the password of the file: kV93#nnq1\n\nYamada",
    file: "papers.zip",
  },
  zh: {
    to: ["伊藤 一郎 <ito@c-corp.example>"],
    subject: "会议",
    body: "尊敬的田中先生：\n\n会议定于2026年11月25日（星期一）。D商事的价格为{{金额}}。\n个人番号 123456789018，解压密码：kV93#nnq1\n\n山田",
    file: "资料.zip",
  },
};

/** Whom the sender always wrote to, and whom they write to now. */
const ITOS = {
  ja: ["伊藤 花子 <ito.hanako@c-corp.example>", "伊藤 次郎 <ito.jiro@c-corp.example>"],
  en: ["Hanako Ito <ito.hanako@c-corp.example>", "Jiro Ito <ito.jiro@c-corp.example>"],
  zh: ["伊藤 花子 <ito.hanako@c-corp.example>", "伊藤 次郎 <ito.jiro@c-corp.example>"],
};

/** @param {string} to @param {number} n */
const sentMail = (to, n) =>
  `From: ${PEOPLE[0]?.email}\r\nTo: =?UTF-8?B?${Buffer.from(to.split(" <")[0] ?? "").toString("base64")}?= <${to.split(" <")[1]}\r\nSubject: mail ${n}\r\n` +
  `Message-ID: <${n}@${INSIDE}>\r\nDate: ${new Date(Date.UTC(2026, 7, 1 + n)).toUTCString()}\r\n\r\nGood morning.\r\n`;

const LOCALES = { ja: "ja", en: "en-US", zh: "zh-CN" };

const POLICY = {
  ...PLAIN_POLICY,
  lists: {
    ...PLAIN_POLICY.lists,
    organisations: [
      { name: "C社", domains: ["c-corp.example"] },
      { name: "D商事", domains: ["d-shoji.example"] },
      { name: "D Trading", domains: ["d-trading.example"] },
    ],
  },
};

/** @param {Case} t @param {import("./lib/popup.mjs").Popup} popup @returns {Promise<string>} */
function pictureOf(t, popup) {
  return t.thunderbird.run(
    async (tools, id, scale) => {
      const win = tools.byId(id);
      const context = tools.popupBrowser(win).browsingContext;
      const [width, height] = await tools.inPopup(win, String(() => [innerWidth, innerHeight]), []);
      const bitmap = await context.currentWindowGlobal.drawSnapshot(new win.DOMRect(0, 0, width, height), scale, "white");
      const canvas = win.document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
      canvas.width = bitmap.width;
      canvas.height = bitmap.height;
      canvas.getContext("2d").drawImage(bitmap, 0, 0);
      return canvas.toDataURL("image/png").split(",")[1];
    },
    popup.id,
    SCALE,
  );
}

/** Everything outside is held: ten minutes, or seconds for the countdown. @param {boolean} countdown */
const holdRule = (countdown) => ({ id: "hold", mode: "hold", if: { recipients: { not_in: "internal" } }, do: [{ hold: { minutes: countdown ? 1 : 10 } }] });

const HOLDING = { ...PLAIN_POLICY, rules: [holdRule(false)] };

/**
 * Two held mails, one of which has to be asked about; or one that is counted down.
 * @param {Case} t @param {import("./lib/compose.mjs").Mail} mail @param {string} scene @returns {Promise<string>}
 */
async function pictureOfHeld(t, mail, scene) {
  if (scene === "countdown") t.seat.etc?.writePolicy({ ...HOLDING, settings: { "hold.countdown_seconds": 60 }, rules: [holdRule(true)] });
  for (const subject of scene === "countdown" ? [mail.subject] : [mail.subject, `Re: ${mail.subject}`]) {
    const compose = await t.compose({ ...mail, subject });
    await compose.send();
    await t.confirm(await t.popup({ states: ["ready"] }));
    if (scene !== "countdown") await compose.closed();
  }
  if (scene === "countdown") {
    const popup = await t.popup({ states: ["held"] });
    await sleep(1_500);
    return pictureOf(t, popup);
  }
  await waitFor("both to be held", () => t.lastlook("hold", "list").trim().split("\n").length === 2);
  await t.inBackground(async () => {
    const { browser } = /** @type {any} */ (globalThis);
    const port = browser.runtime.connectNative("lastlook");
    const owner = (await browser.storage.local.get("holds-owner"))["holds-owner"];
    const ask = (/** @type {number} */ id, /** @type {string} */ method, /** @type {object} */ params) =>
      new Promise((resolve) => {
        port.onMessage.addListener((/** @type {any} */ reply) => reply.id === id && resolve(reply.result));
        port.postMessage({ jsonrpc: "2.0", id, method, params });
      });
    await ask(1, "hello", { protocol: 1, client: { name: "picture", version: "0" } });
    const { holds } = /** @type {any} */ (await ask(2, "hold.list", { owner }));
    await ask(3, "hold.ask", { hold_id: holds[0].hold_id, owner, why: "overdue" });
    port.disconnect();
    browser.windows.create({ type: "popup", url: browser.runtime.getURL("ui/held.html?window"), width: 620, height: 620 });
  });
  const popup = await t.popup({ states: ["asks"] });
  await sleep(800);
  return pictureOf(t, popup);
}

/**
 * The status page, in a window so that it can be drawn. `missing`: there is no host; `welcome`: right after the installation, without
 * an organisation's policy.
 * @param {Case} t @param {string} scene @returns {Promise<string>}
 */
async function pictureOfStatus(t, scene) {
  await t.inBackground((query) => {
    const { browser } = /** @type {any} */ (globalThis);
    browser.windows.create({ type: "popup", url: browser.runtime.getURL(`ui/status.html?${query}`), width: 860, height: 700 });
  }, scene === "welcome" ? "welcome" : "window");
  const popup = await t.popup({ states: [scene === "missing" ? "off" : "on"] });
  await sleep(1_000);
  await t.thunderbird.run((tools, id, missing) => tools.byId(id).resizeBy(0, missing), popup.id, await popup.run(() => document.documentElement.scrollHeight - innerHeight));
  await sleep(500);
  return pictureOf(t, popup);
}

async function main() {
  const words = process.argv.slice(2);
  const option = (/** @type {string} */ name) => {
    const at = words.indexOf(name);
    return at < 0 ? "" : words.splice(at, 2)[1];
  };
  const lang = /** @type {"ja" | "en" | "zh"} */ (option("--lang") || "en");
  const scene = option("--scene");
  const habit = scene === "habit";
  const holds = scene === "held" || scene === "countdown";
  const status = ["status", "welcome", "missing"].includes(scene);
  const dark = words.includes("--dark");
  if (dark) words.splice(words.indexOf("--dark"), 1);
  const xpi = option("--xpi");
  const findings = words.indexOf("--findings");
  const mails = findings < 0 ? MAILS : WITH_FINDINGS;
  if (findings >= 0) words.splice(findings, 1);
  const [out] = words;
  const hostBinary = process.env.LASTLOOK_HOST;
  if (!hostBinary || !fs.existsSync(hostBinary)) throw new Error("LASTLOOK_HOST must name the built lastlook-host");
  if (!out || !(lang in MAILS)) throw new Error("usage: screenshot.mjs [--lang ja|en|zh] [--findings] [--xpi FILE] OUT.png");
  const seat = await Seat.make({ hostBinary: path.resolve(hostBinary), policy: holds ? HOLDING : POLICY, people: PEOPLE.slice(0, 1), host: scene === "missing" ? "missing" : "direct", preferences: dark ? { "ui.systemUsesDarkTheme": 1, "layout.css.prefers-color-scheme.content-override": 0 } : {} });
  try {
    const thunderbird = /** @type {import("./lib/thunderbird.mjs").Thunderbird} */ (seat.thunderbird);
    await thunderbird.start();
    await thunderbird.ready();
    // Extensions take the program's language. Saying that a language is available is enough for them; Thunderbird's own
    // texts would need its language pack.
    await thunderbird.run((_tools, locale) => {
      Services.locale.availableLocales = [...new Set([locale, "en-US"])];
      Services.locale.requestedLocales = [locale];
    }, LOCALES[lang]);
    const [usual = "", other = ""] = ITOS[lang];
    if (habit) {
      const mails = Array.from({ length: 41 }, (_, n) => sentMail(usual, n));
      await thunderbird.run((tools, all) => tools.fillFolder("Sent", "sent", all), mails);
    }
    await thunderbird.install(xpi ? path.resolve(xpi) : buildExtension(path.join(seat.directory, "extension")));
    const t = new Case(seat, "");
    t.tag = "";
    const { file, ...mail } = mails[lang];
    if (status) {
      if (scene === "welcome") fs.rmSync(path.join(/** @type {any} */ (seat.etc).policyDirectory, "50-test.json"));
      fs.writeFileSync(out, Buffer.from(await pictureOfStatus(t, scene), "base64"));
      return console.log(`${out}: ${lang}`);
    }
    if (holds) {
      const picture = await pictureOfHeld(t, mail, scene);
      fs.writeFileSync(out, Buffer.from(picture, "base64"));
      return console.log(`${out}: ${lang}`);
    }
    if (habit) {
      mail.to = [other];
      await waitFor("the sent mail to be learnt", () => /: learnt/.test(t.lastlook("history", "status")), { timeout: 120_000 });
    }
    const compose = await t.compose({ ...mail, attachments: [seat.file(file, Buffer.alloc(184_320, "%PDF-1.7\n"))] });
    await compose.send();
    const popup = await t.popup({ states: ["ready"] });
    const unticked = await popup.run(() => [...document.querySelectorAll("input[type=checkbox][data-acknowledge]")].map((box) => box.getAttribute("data-acknowledge")));
    // One tick given: the picture shows both states.
    if (unticked.length > 0) await popup.click(`input[type=checkbox][data-acknowledge=${JSON.stringify(unticked[0])}]`);
    // Taller, as a person would pull it, so that the whole mail is in the picture.
    await thunderbird.run(
      (tools, id, missing) => tools.byId(id).resizeBy(0, missing),
      popup.id,
      await popup.run(() => document.documentElement.scrollHeight - innerHeight),
    );
    await popup.run(() => scrollTo(0, 0));
    await sleep(500);
    const picture = await pictureOf(t, popup);
    fs.writeFileSync(out, Buffer.from(picture, "base64"));
    console.log(`${out}: ${lang}`);
  } finally {
    await seat.close();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
