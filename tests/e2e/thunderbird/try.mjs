// SPDX-License-Identifier: MPL-2.0
// @ts-check
// Lastlook in a real Thunderbird, for trying: throw-away profile, extension, host, policy, and a mail server on the
// loopback that delivers nothing. Used by `sh packaging/try.sh --thunderbird`.
//   LASTLOOK_HOST=/path/to/lastlook-host node try.mjs [--headless] [--xpi FILE]
// With a display Thunderbird stays open for you; without one it is driven, and every step is told.
import fs from "node:fs";
import path from "node:path";
import { buildExtension } from "./lib/build_extension.mjs";
import { Case } from "./lib/case.mjs";
import { sleep } from "./lib/marionette.mjs";
import { parseMail, textOf } from "./lib/received_mail.mjs";
import { Seat } from "./lib/seat.mjs";
import { INSIDE, PEOPLE, PLAIN_POLICY } from "./policies.mjs";

const TEXT = "Dear Mr Ito,\nplease find our offer attached.\nYamada";

/** @param {import("./lib/smtp_sink.mjs").Received} received */
function describe(received) {
  const mail = parseMail(received.raw);
  const header = (/** @type {string} */ name) => mail.headers.get(name) ?? "(none)";
  return [
    `  envelope from  ${received.from}`,
    `  envelope to    ${received.to.join(", ")}`,
    `  To             ${header("to")}`,
    `  Cc             ${header("cc")}`,
    `  Subject        ${header("subject")}`,
    `  text           ${textOf(mail).trim().split("\n")[0]}`,
  ].join("\n");
}

/** @param {Seat} seat @param {string} xpi */
async function forThePerson(seat, xpi) {
  const { thunderbird } = /** @type {{thunderbird: import("./lib/thunderbird.mjs").Thunderbird}} */ (seat);
  await thunderbird.start();
  await thunderbird.ready();
  await thunderbird.install(xpi);
  console.log(`
Thunderbird is open. You are ${PEOPLE[0].name} <${PEOPLE[0].email}>; nothing you send leaves this machine.
Try this:
  1. Write to hanako@${INSIDE}: a colleague. The mail leaves at once, nothing is asked.
  2. Write to ito@c-corp.example: outside. Lastlook asks before it leaves.
  3. Press Esc, or "Back", in that window: nothing was sent, and you write on.
The policy in force names ${INSIDE} as inside, and nothing else.
What the mail server receives is printed here. Close Thunderbird to end.
`);
  seat.sink.onMail = (mail) => console.log(`The mail server received:\n${describe(mail)}\n`);
  await thunderbird.exited;
}

/** @param {Seat} seat @param {string} xpi */
async function driven(seat, xpi) {
  const { thunderbird } = /** @type {{thunderbird: import("./lib/thunderbird.mjs").Thunderbird}} */ (seat);
  console.log("No display: Thunderbird runs headless and is driven with mouse and keys.");
  await thunderbird.start();
  await thunderbird.ready();
  await thunderbird.install(xpi);
  const t = new Case(seat, "try");
  t.tag = ""; // the one who reads along needs no case's name in the subject
  const compose = await t.compose({
    to: ["Ito Ichiro <ito@c-corp.example>"],
    cc: [`Hanako <hanako@${INSIDE}>`],
    subject: "Our offer",
    body: TEXT,
    attachments: [seat.file("offer.txt", "100,000 yen\n")],
  });
  console.log(`\nA mail is written by ${PEOPLE[0].email} to ito@c-corp.example (outside), Cc hanako@${INSIDE} (inside).\nSend is pressed. Lastlook asks:\n`);
  await compose.send();
  let popup = await t.popup({ states: ["ready"] });
  const shown = (await popup.text()).replace(/\n{2,}/g, "\n").trim();
  console.log(shown.replace(/^/gm, "  | "));
  console.log("\nBack is pressed.");
  await popup.click("#back");
  await popup.closed();
  await compose.usable();
  await t.nothingSent();
  console.log("  The mail server received nothing; the mail is open and can be changed.");
  console.log("\nSend is pressed again, the outside recipient is ticked, and the confirmation is given.");
  await compose.send();
  popup = await t.popup({ states: ["ready"] });
  await t.confirm(popup);
  await t.delivered();
  console.log(`  The mail server received:\n${describe(seat.sink.mails[0])}`);
  const inside = await t.compose({ to: [`hanako@${INSIDE}`], subject: "Lunch", body: "At noon?" });
  console.log(`\nA mail is written to hanako@${INSIDE} (inside). Send is pressed.`);
  await inside.send();
  await t.delivered({ having: "Lunch" });
  await t.noPopup();
  console.log("  Nothing was asked, and the mail server received it.");
  await sleep(200);
}

async function main() {
  const words = process.argv.slice(2);
  const hostBinary = process.env.LASTLOOK_HOST;
  if (!hostBinary || !fs.existsSync(hostBinary)) throw new Error("LASTLOOK_HOST must name the built lastlook-host");
  const display = !words.includes("--headless") && Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
  const given = words.indexOf("--xpi");
  const seat = await Seat.make({ hostBinary: path.resolve(hostBinary), policy: PLAIN_POLICY, people: PEOPLE.slice(0, 1), headless: !display });
  try {
    const xpi = given >= 0 ? path.resolve(words[given + 1]) : buildExtension(path.join(seat.directory, "extension"));
    await (display ? forThePerson : driven)(seat, xpi);
  } finally {
    await seat.close();
  }
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
