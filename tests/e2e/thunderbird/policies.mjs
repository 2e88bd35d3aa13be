// SPDX-License-Identifier: MPL-2.0
// @ts-check
// The policies of the seats. Rules are picked by words and addresses, so that one running host serves many cases.

export const INSIDE = "hikari.example.co.jp";

/** @type {import("./lib/profile.mjs").Person[]} */
export const PEOPLE = [
  { email: `taro@${INSIDE}`, name: "山田 太郎" },
  { email: `sales@${INSIDE}`, name: "Hikari Sales" },
];

const header = { schema: 1, policy: { id: "e2e", serial: 1, issued: "2026-11-01T09:00:00+09:00" } };

/** No more than where "inside" is: every rule in force is a built-in one. */
export const PLAIN_POLICY = { ...header, lists: { internal: [INSIDE] } };

// The cases of a file share one Thunderbird, and nobody stays new in it: outsiders are asked about, known or not.
const ASK_ALWAYS = { id: "external", if: { recipients: { not_in: "internal" } } };
export const ASKING_POLICY = { ...PLAIN_POLICY, rules: [ASK_ALWAYS] };

export const GUARD_POLICY = {
  ...PLAIN_POLICY,
  rules: [
    ASK_ALWAYS,
    {
      id: "secret-plan",
      mode: "block",
      if: { text: { any_of: ["極秘計画"] } },
      message: { ja: "極秘計画の名前を含むメールは送れません。", en: "Mails that name the secret plan may not leave." },
    },
    {
      id: "minutes-to-archive",
      mode: "warn",
      if: { text: { any_of: ["minutes-of-meeting"] } },
      do: [{ add_bcc: [`archive@${INSIDE}`] }],
      message: { en: "Minutes are archived.", ja: "議事録は保管されます。" },
    },
    {
      id: "cooling-off",
      mode: "hold",
      if: { text: { any_of: ["cooling-off-2026"] } },
      message: { en: "Such mails wait five minutes.", ja: "5分間保留されます。" },
    },
    {
      id: "newsletter",
      mode: "confirm",
      if: { text: { any_of: ["newsletter-2026"] } },
      do: [{ move_to_bcc: { not_in: "internal" } }],
      message: { en: "Readers of the newsletter do not see each other.", ja: "購読者同士には宛先が見えません。" },
    },
    {
      id: "many-visible",
      mode: "confirm",
      if: { recipients: { not_in: "internal", field: ["to", "cc"], min: 3 } },
      offer: [{ move_to_bcc: { not_in: "internal" } }],
      message: { en: "Many outside people see each other's address.", ja: "社外の多数の宛先が互いに見えます。" },
    },
  ],
};

/** Words that have a mail held, and for how long. */
export const HELD = { putAway: "put-away-2026", putAwaySeconds: 7, short: "count-down-2026", shortSeconds: 6, long: "for-an-hour-2026" };

const holdWhenSaid = (/** @type {string} */ word, /** @type {object} */ hold) => ({
  id: `hold-${word}`,
  mode: "hold",
  if: { text: { any_of: [word] } },
  do: [{ hold }, { add_bcc: [`archive@${INSIDE}`] }],
});

export const HELD_POLICY = {
  ...PLAIN_POLICY,
  settings: { "hold.countdown_seconds": HELD.shortSeconds },
  rules: [
    ASK_ALWAYS,
    holdWhenSaid(HELD.putAway, { seconds: HELD.putAwaySeconds }),
    holdWhenSaid(HELD.short, { seconds: HELD.shortSeconds }),
    holdWhenSaid(HELD.long, { minutes: 60 }),
  ],
};

export const EFFECTS = {
  footer: { en: "For you & nobody else.\nHikari", ja: "本メールは宛先の方のみを対象としています。" },
  label: "社外秘; footer",
  gone: `former@${INSIDE}`,
};

/** @param {string} word @param {object[]} effects */
const whenSaid = (word, ...effects) => ({ id: word, mode: "warn", if: { text: { any_of: [word] } }, do: effects });

export const EFFECTS_POLICY = {
  ...PLAIN_POLICY,
  lists: { ...PLAIN_POLICY.lists, partners: ["northwind.example"] },
  rules: [
    ASK_ALWAYS,
    whenSaid("footer-2026", { add_text: { at: "end", text: EFFECTS.footer } }, { add_header: { name: "X-Hikari-Label", value: EFFECTS.label } }),
    whenSaid("keep-one-2026", { remove_recipients: { in: EFFECTS.gone } }, { move_to_bcc: { not_in: "internal", keep_one_organisation: true } }),
    whenSaid("hide-all-2026", { move_to_bcc: { not_in: "internal" } }),
    whenSaid("undisclosed-2026", { move_to_bcc: { not_in: "internal", empty_to: "undisclosed" } }),
    whenSaid("names-2026", { retype_names: { name: ["*.csv", "*.xlsx"] } }),
    whenSaid("count-2026", { type_count: { of: "everybody" } }),
    {
      id: "reading-circle",
      mode: "confirm",
      if: { recipients: { in: ["circle-a.example", "circle-b.example"], field: ["to", "cc"], min: 2 } },
      offer: [{ move_to_bcc: { found: true } }],
      message: { en: "Readers do not see each other.", ja: "読書会の方同士には宛先が見えません。" },
    },
    {
      id: "from-sales",
      mode: "confirm",
      if: { all: [{ text: { any_of: ["from-sales-2026"] } }, { sender_account: { must_be_in: `sales@${INSIDE}` } }] },
      offer: [{ switch_sender: {} }],
      message: { en: "Such mails come from the sales department.", ja: "営業のアドレスから送ってください。" },
    },
  ],
};

/** The built-in rules, and a customer to take for another. */
export const EVIDENCE_POLICY = {
  ...PLAIN_POLICY,
  lists: {
    ...PLAIN_POLICY.lists,
    organisations: [
      { name: "C社", domains: ["c-corp.example"] },
      { name: "D商事", domains: ["d-shoji.example"] },
    ],
  },
};

/** What the built-in rules ask about habits and answers, and nothing else: an outside recipient alone asks nothing. */
export const HABITS_POLICY = {
  ...PLAIN_POLICY,
  rules: [
    { id: "external", mode: "off" },
    { id: "first-time", mode: "confirm", if: { all: [{ text: { in: ["subject"], any_of: ["first-2026"] } }, { first_time: {} }] } },
    { id: "dormant", mode: "confirm" },
    { id: "unusual-group", mode: "confirm" },
    { id: "burst", if: { burst: { min: 2 } } },
    { id: "contact-flag", if: { contact_flag: { flags: ["NO-EMAIL", "book:Personal Address Book"] } } },
  ],
};
