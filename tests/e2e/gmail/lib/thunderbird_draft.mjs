// SPDX-License-Identifier: MPL-2.0
// @ts-check
// What the Thunderbird client makes of a mail, with the API's answers given here: the same code that runs in Thunderbird.

/** The client's own types are checked with it, and not here. @param {string} path @returns {Promise<any>} */
const client = (path) => import(new URL(`../../../../extension/${path}`, import.meta.url).href);

/** Whatever is asked for, there is nothing to it. @returns {any} */
const nothing = () => new Proxy(() => {}, { get: (_, key) => (key === "then" ? undefined : nothing()), apply: () => Promise.resolve([]) });

/**
 * @param {{from: string, to: string[], cc: string[], subject: string, html: string, text: string}} mail
 * @returns {Promise<{draft: object, context: object}>}
 */
export async function thunderbirdDraft({ from, to, cc, subject, html, text }) {
  const details = { from, to, cc, bcc: [], replyTo: [], newsgroups: [], subject, body: html, plainTextBody: text, isPlainText: false, type: "new", customHeaders: [] };
  const api = {
    compose: { getComposeDetails: async () => details, listAttachments: async () => [] },
    tabs: { get: async () => ({ id: 1, windowId: 1 }) },
    identities: { list: async () => [{ id: "id1", email: from, name: "" }] },
    storage: { session: { get: async () => ({ "origin-1": { kind: "new", initialRecipients: [] } }) } },
  };
  /** @type {any} */ (globalThis).browser = new Proxy(api, { get: (known, key) => Reflect.get(known, key) ?? nothing() });
  try {
    const { ThunderbirdAdapter } = await client("clients/thunderbird/adapter.js");
    const { wireDraft } = await client("core/draft.js");
    const adapter = new ThunderbirdAdapter();
    const draft = await adapter.readDraft(1);
    const { context, listNames } = await adapter.readContext(1, draft);
    return { draft: wireDraft(draft, listNames), context };
  } finally {
    delete (/** @type {any} */ (globalThis).browser);
  }
}
