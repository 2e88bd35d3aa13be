// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Makes pictures of the confirmation, of a failure and of held mails over a compose window; no display is needed.
//   LASTLOOK_HOST=/path/to/lastlook-host node screenshot.mjs [--lang ja|en|zh] [--failure | --held] OUT.png
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { build } from "../../../extension/build.mjs";
import { sleep, waitFor } from "../thunderbird/lib/marionette.mjs";
import { Seat } from "./lib/seat.mjs";
import { HELD, INSIDE, POLICY } from "./policies.mjs";

const MAILS = {
  ja: {
    samples: ["12"],
    people: { to: ["伊藤 一郎 <ito@c-corp.example>", `花子 <hanako@${INSIDE}>`], cc: ["加藤 <kato@d-shoji.example>"] },
    subject: "御見積の件",
    body: "伊藤様\n\nお世話になっております。\n御見積書をお送りします。\n\n光 山田",
  },
  en: {
    samples: ["11"],
    people: { to: ["Ichiro Ito <ito@c-corp.example>", `Hanako <hanako@${INSIDE}>`], cc: ["Kato <kato@d-trading.example>"] },
    subject: "Our offer",
    body: "Dear Mr Ito,\n\nplease find our offer below.\n\nYamada",
  },
  zh: {
    samples: ["11"],
    people: { to: ["伊藤 一郎 <ito@c-corp.example>", `花子 <hanako@${INSIDE}>`], cc: ["加藤 <kato@d-shoji.example>"] },
    subject: "报价",
    body: "伊藤先生：\n\n报价如下。\n\n山田",
  },
};
const LOCALES = { ja: "ja", en: "en-US", zh: "zh-CN" };

const words = process.argv.slice(2);
const at = words.indexOf("--lang");
const lang = /** @type {"ja" | "en" | "zh"} */ (at < 0 ? "en" : words.splice(at, 2)[1]);
const failing = words.includes("--failure");
const held = words.includes("--held");
const out = words.filter((word) => !word.startsWith("--"))[0];
const hostBinary = process.env.LASTLOOK_HOST;
if (!hostBinary || !out || !(lang in MAILS)) {
  console.error("usage: LASTLOOK_HOST=… node screenshot.mjs [--lang ja|en|zh] [--failure | --held] OUT.png");
  process.exit(64);
}
const work = fs.mkdtempSync(path.join(os.tmpdir(), "lastlook-gmail-build-"));
fs.chmodSync(work, 0o755);
const seat = await Seat.start({ hostBinary: path.resolve(hostBinary), policy: POLICY, extension: build("gmail", work).folder, lang: LOCALES[lang], host: failing ? "missing" : "direct" });
try {
  const mail = MAILS[lang];
  const tab = await seat.open({ lang, ...mail, ...(held ? { body: `${mail.body}\n${HELD.five}`, scheduleForm: "odd" } : {}) });
  await tab.click(".aoO");
  const dialog = await tab.dialog(failing ? "failure" : "confirm");
  if (held) {
    await dialog.confirm();
    const panel = await tab.dialog("held", { states: ["held"] });
    await waitFor("the panel to speak", async () => (await panel.text(".said p")) !== "");
  } else {
    if (!failing) await dialog.click("input[data-acknowledge]");
    await dialog.run((root) => root.querySelector(".page").scrollTo(0, 0));
  }
  await sleep(300);
  await tab.picture(out);
  console.log(`${out}: ${lang}`);
} finally {
  await seat.close();
  fs.rmSync(work, { recursive: true, force: true });
}
